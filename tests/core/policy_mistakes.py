"""A small valid policy file, and the edits of it that are mistakes."""

FILE = "small.toml"
SMALL = """\
[policy]
name = "small"
version = "1"
language = "en"
effective_from = 2026-01-01

[[calendar]]
id = "office_hours"
zone = "Europe/Berlin"
mon-fri = ["08:30-17:00"]
covers = { from = 2026-01-01, to = 2026-12-31 }
holidays = [{ date = 2026-05-14, name = "Ascension" }]
bridge_days = [{ date = 2026-05-15 }]

[[calendar]]
id = "shut"
zone = "Europe/London"
covers = { from = 2026-01-01, to = 2026-12-31 }

[[office]]
id = "hamburg"
title = "Hamburg"
country = "DE"
calendar = "office_hours"

[[role]]
id = "specialist"
title = "Specialist"

[[department]]
id = "support"
title = "Support"
default = true

[[department]]
id = "sales"
title = "Sales"

[[kind]]
id = "fault"
title = "Fault"

[[category]]
id = "printer"
title = "Printer"
departments = ["support"]
kinds = ["fault"]

[[gate]]
before = "fault.saved"
requires = ["caller", "phone"]

[queue]
start = "take_next"
order = ["deadline", "received"]
lease_size = 3
lease_time = "8 open hours"

[[rule]]
id = "X-01"
level = "enforce"
text = "We call back within two hours."

[[clock]]
id = "callback"
title = "Call back"
rules = ["X-01"]
starts = "handover.not_possible"
stops = [{ event = "callback.attempted", by = "specialist" }]
amount = "2 open hours"
calendar = { by = "ticket.office", hamburg = "office_hours" }
warn = ["50 %", "15 open minutes"]
on_breach = { notify = ["specialist"] }

[[message]]
id = "reply"
starts_with = "Dear customers"
"""

# What is wrong · the text replaced · by what · what the one sentence must say (table, key, hint).
MISTAKES = [
    ("unknown table", "[[message]]", "[[mesage]]", ["mesage", "no such table", 'did you mean "message"?']),
    ("key outside tables", "[policy]", 'titel = "x"\n[policy]', ["titel", "no such table"]),
    ("unknown key", 'amount = "2', 'amuont = "2', ['[[clock]] "callback", amuont', 'did you mean "amount"?']),
    (
        "unknown key, nothing near",
        "lease_size = 3",
        "qqq = 3",
        ["[queue], qqq", "the keys are holder_only, lease_size, lease_time, "],
    ),
    ("weekday misspelt", "mon-fri", "mon-fry", ['[[calendar]] "office_hours", mon-fry', 'did you mean "mon-fri"?']),
    ("policy missing", SMALL[: SMALL.index("[[calendar]]")], "", ["[policy]", "is missing", "write it as [policy]"]),
    ("single brackets", "[[message]]", "[message]", ["[[message]]", "double brackets"]),
    ("double brackets", "[queue]", "[[queue]]", ["[queue]", "write it once, as [queue]"]),
    ("text missing", 'name = "small"\n', "", ["[policy], name", "is missing", "a text in quotes"]),
    ("number for text", 'version = "1"', "version = 1", ["[policy], version", "must be a text in quotes, not 1"]),
    ("text for number", "lease_size = 3", 'lease_size = "3"', ["[queue], lease_size", 'a whole number, not "3"']),
    ("truth for number", "lease_size = 3", "lease_size = true", ["[queue], lease_size", "a whole number, not true"]),
    ("negative number", "lease_size = 3", "lease_size = -3", ["[queue], lease_size", "must be 0 or more, not -3"]),
    (
        "text for truth",
        "default = true",
        'default = "yes"',
        ['[[department]] "support", default', 'true or false, not "yes"'],
    ),
    ("text for list", '["support"]', '"support"', ['[[category]] "printer", departments', "list in square brackets"]),
    ("text for date", "= 2026-01-01\n\n", '= "2026-01-01"\n\n', ["[policy], effective_from", "without quotes"]),
    ("moment for date", "= 2026-01-01\n\n", "= 2026-01-01T00:00:00Z\n\n", ["[policy], effective_from", "a date"]),
    ("empty text", 'name = "small"', 'name = " "', ["[policy], name", "must not be empty"]),
    ("blank id", 'id = "reply"', 'id = " "', ["[[message]] no. 1, id", "not blanks alone"]),
    ("strange id", 'id = "reply"', 'id = "a reply"', ['[[message]] "a reply", id', "letters, digits"]),
    ("not a choice", '"enforce"', '"enforced"', ['[[rule]] "X-01", level', '"enforced"', 'did you mean "enforce"?']),
    ("not a language", '"en"', '"xx"', ["[policy], language", "write one of de, en, it"]),
    ("unknown requirement", '"phone"]', '"fone"]', ["[[gate]] no. 1, requires no. 2", 'did you mean "phone"?']),
    (
        "unknown event",
        '"handover.not_possible"',
        '"handover.imposible"',
        ["starts", 'did you mean "handover.not_possible"?'],
    ),
    (
        "unknown event of a stop",
        "callback.attempted",
        "callbak.attempted",
        ['[[clock]] "callback", stops no. 1, event', "did you"],
    ),
    (
        "unknown role",
        'by = "specialist"',
        'by = "expert"',
        ["stops no. 1, by", 'no role "expert"', "declare it as [[role]]"],
    ),
    (
        "unknown role told",
        'notify = ["specialist"]',
        'notify = ["boss"]',
        ["on_breach, notify no. 1", 'no role "boss"'],
    ),
    ("unknown department", '["support"]', '["suport"]', ["departments no. 1", 'did you mean "support"?']),
    (
        "unknown kind",
        'kinds = ["fault"]',
        'kinds = ["fautl"]',
        ['[[category]] "printer", kinds', 'did you mean "fault"?'],
    ),
    (
        "unknown calendar of an office",
        'calendar = "office_hours"',
        'calendar = "ofice_hours"',
        ['[[office]] "hamburg", calendar'],
    ),
    (
        "unknown calendar of a clock",
        'hamburg = "office_hours"',
        'hamburg = "x"',
        ["calendar, hamburg", 'no calendar "x"'],
    ),
    ("unknown office of a clock", "hamburg = ", "hamborg = ", ["calendar, hamborg", 'did you mean "hamburg"?']),
    ("calendar chosen by what", "ticket.office", "ticket.moon", ["calendar, by", 'did you mean "ticket.office"?']),
    ("number for an id", 'by = "specialist"', "by = 5", ["stops no. 1, by", "the id of a [[role]], in quotes, not 5"]),
    (
        "number for a choice",
        '{ by = "ticket.office", hamburg = "office_hours" }',
        "5",
        ["calendar", "or a table in braces", "not 5"],
    ),
    (
        "unknown rule",
        'rules = ["X-01"]',
        'rules = ["X-10"]',
        ['[[clock]] "callback", rules no. 1', 'did you mean "X-01"?'],
    ),
    ("no rule cited", 'rules = ["X-01"]', "rules = []", ['[[clock]] "callback", rules', "the id of a [[rule]]"]),
    (
        "the desk as a department",
        'id = "sales"',
        'id = "desk"',
        ['[[department]] "desk", id', "stands for the whole desk"],
    ),
    ("duplicate id", 'id = "sales"', 'id = "support"', ['[[department]] "support", id', "is used twice"]),
    ("duplicate calendar", 'id = "shut"', 'id = "office_hours"', ['[[calendar]] "office_hours", id', "is used twice"]),
    (
        "no amount",
        'amount = "2 open hours"\n',
        "",
        ['[[clock]] "callback", amount', "is missing", '"2 open hours", or "unset"'],
    ),
    ("which hours", "2 open hours", "2 hours", ["amount", "which time counts", '"2 open hours"']),
    ("no amount at all", "2 open hours", "soon", ["amount", '"soon" is not an amount']),
    ("warning unreadable", "15 open minutes", "15 minutes", ["warn no. 2", "which time counts"]),
    ("share too large", "50 %", "150 %", ["warn no. 1", "1 % to 99 %"]),
    ("written twice", '"15 open minutes"', '"50 %"', ["warn no. 2", "is written twice"]),
    ("nothing stops it", '{ event = "callback.attempted", by = "specialist" }', "", ["stops", "must not be empty"]),
    (
        "no open hour",
        'hamburg = "office_hours"',
        'hamburg = "shut"',
        ["amount", 'calendar "shut" cannot count', "no open hour"],
    ),
    (
        "no open hour where elapsed time counts",
        'amount = "2 open hours"\ncalendar = { by = "ticket.office", hamburg = "office_hours" }\nwarn = ["50 %", "15 open minutes"]',
        'amount = "2 elapsed hours"\ncalendar = "shut"\nwarn = ["50 %"]',
        ['[[clock]] "callback", calendar', '"shut" cannot be used', "no open hour"],
    ),
    (
        "no open hour in a category",
        'kinds = ["fault"]\n',
        'kinds = ["fault"]\ncalendar = "shut"\n',
        ['[[category]] "printer", calendar', '"shut" cannot be used', "no open hour"],
    ),
    (
        "no open hour in an office",
        'country = "DE"\ncalendar = "office_hours"',
        'country = "DE"\ncalendar = "shut"',
        ['[[office]] "hamburg", calendar', '"shut" cannot be used', "no open hour"],
    ),
    ("length of the day unknown", '"2 open hours"', '"1 working day"', ["amount", "working_day_hours"]),
    (
        "in no department",
        'departments = ["support"]',
        "departments = []",
        ['[[category]] "printer", departments', "not be empty"],
    ),
    (
        "departments missing",
        'departments = ["support"]\n',
        "",
        ['[[category]] "printer", departments', "[[department]]"],
    ),
    (
        "no default department",
        "default = true",
        "default = false",
        ["[[department]], default", "write default = true in one"],
    ),
    (
        "two defaults",
        'title = "Sales"',
        'title = "Sales"\ndefault = true',
        ['[[department]] "sales", default', "one of them alone"],
    ),
    (
        "own deputy",
        'title = "Specialist"',
        'title = "S"\ndeputy = "specialist"',
        ['[[role]] "specialist", deputy', "another role"],
    ),
    (
        "covers missing",
        "covers = { from = 2026-01-01, to = 2026-12-31 }\nhol",
        "hol",
        ['"office_hours", covers', "from and to"],
    ),
    (
        "covers turned",
        "from = 2026-01-01, to = 2026-12-31 }\nhol",
        "from = 2026-12-31, to = 2026-01-01 }\nhol",
        ["covers", "before it begins"],
    ),
    (
        "holiday outside",
        "date = 2026-05-14",
        "date = 2028-05-14",
        ["holidays", "2028-05-14 lies outside covers", "extend covers"],
    ),
    ("bridge day outside", "date = 2026-05-15", "date = 2025-05-15", ["bridge_days", "2025-05-15 lies outside covers"]),
    ("holiday without name", ', name = "Ascension"', "", ["holidays no. 1, name", "is missing"]),
    (
        "holiday twice",
        '"Ascension" }',
        '"Ascension" }, { date = 2026-05-14, name = "Again" }',
        ["holidays", "2026-05-14 is written twice"],
    ),
    ("no zone", '"Europe/Berlin"', '"Europe/Hamburg"', ['[[calendar]] "office_hours", zone', "not an IANA time zone"]),
    (
        "no region",
        'zone = "Europe/Berlin"',
        'zone = "Europe/Berlin"\nholiday_region = "Hamburg"',
        ['"office_hours", holiday_region', "is no region; write", '"DE-HH"'],
    ),
    ("no window", "08:30-17:00", "08:30", ["mon-fri no. 1", "is not a window"]),
    ("no time", "08:30-17:00", "08:30-27:00", ["mon-fri no. 1", "27:00"]),
    (
        "day in two ranges",
        "mon-fri = [",
        'thu-sat = ["10:00-12:00"]\nmon-fri = [',
        ["thu is in", "write each day in one"],
    ),
    (
        "length of a day",
        "mon-fri",
        "working_day_hours = 25\nmon-fri",
        ['[[calendar]] "office_hours"', "at most 24 hours"],
    ),
    (
        "open day without hours",
        "mon-fri",
        "open_days = [{ date = 2026-05-16 }]\nmon-fri",
        ["open_days no. 1, windows", "08:30-17:00"],
    ),
    ("no country", '"DE"', '"Germany"', ['[[office]] "hamburg", country', "two capital letters"]),
    ("not TOML", 'name = "small"', 'name = "small', ["line 2", "no closing quote"]),
    ("key twice", 'version = "1"', 'version = "1"\nversion = "2"', ["line 4", "written twice"]),
    ("text without quotes", 'name = "small"', "name = small", ["line 2", "quotes"]),
    (
        "list without end",
        'starts_with = "Dear customers"',
        "starts_with = [",
        ["line 77", "ends too early", "close the bracket"],
    ),
    (
        "nobody on a step",
        'starts_with = "Dear customers"\n',
        'starts_with = "Dear customers"\n\n[[ladder]]\nid = "boss"\ntitle = "Boss"\nrole = "specialist"\n',
        ['[[ladder]] "boss", role', "at_least = 1"],
    ),
    (
        "same contact twice",
        'starts_with = "Dear customers"\n',
        'starts_with = "Dear customers"\n\n[[route]]\nid = "r"\ntitle = "R"\nprimary = "specialist"\nsecondary = "specialist"\n',
        ['[[route]] "r", secondary', "another role"],
    ),
    (
        "empty link",
        'starts_with = "Dear customers"\n',
        'starts_with = "Dear customers"\n\n[[link]]\nid = "l"\ntitle = "L"\nurl = ""\n',
        ['[[link]] "l", url', "must not be empty"],
    ),
    (
        "unknown placeholder",
        'starts_with = "Dear customers"\n',
        'starts_with = "Dear customers"\ntext = "Quote {referense}."\n',
        ['[[message]] "reply", text', "{referense}", 'did you mean "reference"?'],
    ),
    (
        "refused without an offer",
        'starts_with = "Dear customers"\n',
        'starts_with = "Dear customers"\n\n[[channel]]\nid = "phone"\ntitle = "Phone"\nrefuses = ["fault"]\n',
        ['[[channel]] "phone", offers', "how else"],
    ),
    ("nothing begins it", 'starts = "handover.not_possible"\n', "", ["starts", "the event that begins the promise"]),
    ("unknown reading", 'amount = "2 open hours"', 'amount = "2 open hours"\nuse = "strict"', ["use", "alternatives"]),
    ("breach without effect", 'notify = ["specialist"]', "", ["on_breach", "write notify or escalate"]),
    ("nobody triages", "lease_size = 3", "lease_size = 3\ntriage = true", ["[queue], triage", "triages = true"]),
    ("lease without end", 'lease_time = "8 open hours"\n', "", ["[queue], lease_time", "without contact"]),
    ("nothing to lease", "lease_size = 3\n", "", ["[queue], lease_time", "lease_size = 1 or more"]),
    ("lease in no unit", '"8 open hours"', '"8 hours"', ["[queue], lease_time", "8 open hours"]),
    ("endless number", "lease_size = 3", "lease_size = " + "3" * 5000, ["too many digits"]),
    ("nested without end", 'name = "small"', "name = " + "[" * 5000, ["nested too deeply"]),
]
