"""Registers through the real server: stored, told to those who may read them and to nobody else, and asked by the rules."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Callable

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import registers
from desk_core.people import Member, Role
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.protocol import Verdict, WireCommand
from desk_core.records import Entry, Value
from desk_core.resources import resource
from desk_server.db.engine import Database
from tests.support.charter_desks import AKIXI, EXPANDIT, HOSTING, make_charter_desk
from tests.support.server import DESK, Api, Mirror, RunningServer, digests_of
from tests.support.world import at

NEW_YEAR = at("2026-02-17T10:00+07:00")
FEEDBACK = (Value(field="topic", value="system"), Value(field="text", value="Too slow"))


def says(**values: str) -> tuple[Value, ...]:
    return tuple(Value(field=field, value=value) for field, value in values.items())


def new_id() -> str:
    return str(uuid.uuid4())


def line(register: str = "feedback", values: tuple[Value, ...] = FEEDBACK, **fields: object) -> s.AddEntry:
    return s.AddEntry(entry=new_id(), register=register, values=values, **fields)  # type: ignore[arg-type]


def mirrored(api: Api) -> Mirror:
    mirror = Mirror()
    for page in api.snapshot():
        mirror.fold(page.rows)
    return mirror


def lines(mirror: Mirror) -> dict[str, Entry]:
    rows = {pk: row for (table, pk), row in mirror.rows.items() if table == "entry"}
    return {pk: msgspec.json.decode(row.row, type=Entry) for pk, row in rows.items()}


def agrees(api: Api, mirror: Mirror) -> Mirror:
    """The mirror after the next page, which must be what the server says that the reader holds (P13)."""
    mirror.fold(api.pull_all())
    assert mirror.digests() == digests_of(api.digest())
    return mirror


def issue(api: Api, customer: str, department: str) -> str:
    """An issue that came by mail and was sorted into a department of the hosting desk."""
    ticket = new_id()
    made = c.CreateTicket(
        ticket=ticket,
        reference=api.reference(),
        channel="email",
        kind="fault",
        title="Down",
        customer=customer,
        received_at=api.enrolled.server_time,
    )
    api.applied(made, s.Triage(ticket=ticket, category="hosting_domain", department=department))
    return ticket


# --- kept and told -----------------------------------------------------------------------------------------------------------


@pytest.mark.rule("H-25", "H-27")
def test_a_line_and_what_was_decided_on_it_reach_everybody(server: RunningServer) -> None:
    anna, carla = server.client("anna"), server.client("carla")
    seen = mirrored(carla)
    ask = line(due=dt.date(2026, 6, 30))
    (verdict,) = anna.applied(ask)
    assert verdict.result["entry"] == ask.entry
    assert lines(agrees(carla, seen))[ask.entry].value("text") == "Too slow"
    carla.applied(s.ChangeEntry(entry=ask.entry, decision="We look into it", values=says(text="Slow at noon")))
    entry = lines(agrees(anna, mirrored(anna)))[ask.entry]
    assert (entry.decision, entry.value("text"), entry.due) == ("We look into it", "Slow at noon", dt.date(2026, 6, 30))
    assert entry.history == ("topic: system; text: Too slow",)
    assert agrees(carla, seen).digests() == mirrored(carla).digests(), "the feed and the snapshot say the same"
    kinds = [msgspec.json.decode(r.row)["what"]["event"] for (t, _), r in seen.rows.items() if t == "event"]
    assert kinds == ["entry.added", "entry.changed"]


def test_p3_the_same_line_twice_is_one(server: RunningServer) -> None:
    anna = server.client("anna")
    ask = line()
    once, again, other = anna.applied(ask, ask, msgspec.structs.replace(ask, values=says(topic="system", text="Else")))
    assert (once.outcome, again.code, other.code) == ("applied", "known_already", "known_already")
    assert [e.value("text") for e in lines(mirrored(anna)).values()] == ["Too slow"]


def test_lines_are_changed_many_times_in_one_batch(server: RunningServer) -> None:
    anna = server.client("anna")
    ask = line()
    anna.applied(ask, *(s.ChangeEntry(entry=ask.entry, decision=f"step {n}") for n in range(20)))
    entry = lines(agrees(anna, mirrored(anna)))[ask.entry]
    assert (entry.decision, len(entry.history)) == ("step 19", 20)


def test_p15_a_bad_line_is_refused_alone(server: RunningServer) -> None:
    anna = server.client("anna")
    asks = [
        line("nowhere"),
        line(values=says(topic="weather", text="x")),
        line(values=says(topic="system", text=" ")),
        line(values=says(topic="system", text="a\x00b")),
        line(member="nobody"),
        line(ticket="no-such-ticket"),
        msgspec.structs.replace(line(), entry=""),
        msgspec.structs.replace(line(), entry="x" * 65),
        msgspec.structs.replace(line(), ticket="a b"),
        s.ChangeEntry(entry="no-such-line", decision="x"),
    ]
    good = line()
    first = anna.do(*asks, good)
    codes = ["unknown_register", "unknown_choice", "missing_field", "bad_text_control", "unknown_member", "not_found"]
    assert [v.code for v in first] == [*codes, "bad_args", "bad_args", "bad_args", "no_such_entry", ""]
    assert set(lines(mirrored(anna))) == {good.entry}


def test_a_poisoned_line_beside_good_ones_falls_alone(server: RunningServer) -> None:
    """The arguments cannot be read at all (R74)."""
    anna = server.client("anna")
    good = line()

    def spoilt(args: bytes) -> WireCommand:
        return msgspec.structs.replace(anna.command(line()), args=msgspec.Raw(args))

    reply = anna.push(spoilt(b'{"entry":"e","register":["feedback"]}'), anna.command(good), spoilt(b"[]"))
    assert [a.verdict.outcome for a in reply.verdicts] == ["refused", "applied", "refused"]


# --- who reads -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def hosting(server: RunningServer) -> RunningServer:
    """A hosting desk on a holiday."""
    server.clock.set(NEW_YEAR)
    make_charter_desk(server.desks, "hosting", "hosting", HOSTING)
    return server


def counted(database: Database, desk: str, scopes: tuple[str, ...]) -> tuple[int, int, int]:
    """Lines, events and changes that a reader gets who forgets every WHERE."""
    with database.reader(desk, scopes) as connection:
        found = [connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one() for t in ("entry", "event")]
        told = connection.exec_driver_sql("SELECT count(*) FROM change WHERE \"table\" = 'entry'").scalar_one()
    return found[0], found[1], int(told)


def test_r07_a_closed_register_is_read_by_those_who_supervise_and_by_nobody_else(hosting: RunningServer) -> None:
    tam, head, lead = (hosting.client(f"h-{name}") for name in ("tam", "head", "lead"))
    seen = {api: mirrored(api) for api in (tam, head, lead)}
    ask = line("quality", says(item="gentle", score="4"), member="tam")
    assert tam.do(ask)[0].code == "only_supervisor"
    head.applied(ask)
    for api, mirror in seen.items():
        assert set(lines(agrees(api, mirror))) == (set() if api is tam else {ask.entry})
        assert mirrored(api).digests() == mirror.digests()
    assert tam.do(s.ChangeEntry(entry=ask.entry, decision="no"))[0].code == "only_supervisor"
    database = hosting.services.database
    assert counted(database, "hosting", ("technical", "@tam")) == (0, 0, 0)
    assert counted(database, "hosting", ("technical", "=supervisors", "@head")) == (1, 1, 1)
    assert counted(database, "north", ("technical", "=supervisors")) == (0, 0, 0)


def test_p20_a_line_about_a_ticket_lies_where_the_ticket_lies(server: RunningServer) -> None:
    anna, carla = server.client("anna"), server.client("carla")
    seen = {api: mirrored(api) for api in (anna, carla)}
    ticket = anna.log()
    about = line(ticket=ticket)
    anna.applied(about)
    assert carla.do(line(ticket=ticket))[0].code == "out_of_scope"
    assert carla.do(s.ChangeEntry(entry=about.entry, decision="seen"))[0].code == "out_of_scope"
    assert set(lines(agrees(anna, seen[anna]))) == {about.entry}
    assert set(lines(agrees(carla, seen[carla]))) == set()
    assert counted(server.services.database, DESK, ("customer_service",))[0] == 0
    anna.applied(c.Transfer(ticket=ticket, department="customer_service", note="a bill"))
    assert set(lines(agrees(anna, seen[anna]))) == set(), "it goes with its ticket"
    assert set(lines(agrees(carla, seen[carla]))) == {about.entry}
    assert not [pk for t, pk in seen[anna].rows if t == "event" and b"entry." in bytes(seen[anna].rows[t, pk].row)]
    carla.applied(s.ChangeEntry(entry=about.entry, decision="paid"))
    assert lines(agrees(carla, seen[carla]))[about.entry].decision == "paid"


def test_p20_no_supervisor_reads_about_the_tickets_of_another_department(hosting: RunningServer) -> None:
    head, lead = hosting.client("h-head"), hosting.client("h-lead")
    ticket = issue(hosting.client("h-cleo"), "k", "technical")
    ask = line("quality", says(item="gentle"), ticket=ticket)
    head.applied(ask)
    assert set(lines(agrees(head, mirrored(head)))) == {ask.entry}
    assert set(lines(agrees(lead, mirrored(lead)))) == set()
    assert lead.do(s.ChangeEntry(entry=ask.entry, decision="x"))[0].code == "out_of_scope"


def become(role: Role, *functions: str) -> Callable[[Policy, Member], Member]:
    return lambda _, member: msgspec.structs.replace(member, role=role, functions=functions)


def test_r05_p20_who_supervises_no_more_purges_what_only_supervisors_read(hosting: RunningServer) -> None:
    head, lead = hosting.client("h-head"), hosting.client("h-lead")
    ask = line("quality", says(item="gentle"))
    head.applied(ask)
    mirror = mirrored(lead)
    assert set(lines(mirror)) == {ask.entry}
    hosting.desks.change("hosting", "lead", become("agent"))
    page = lead.pull()
    assert (set(page.scope_purge), page.scope_add) == ({"=supervisors", "=supervisors/design"}, ())
    assert page.departments == ("design",)
    mirror.purge(page.scope_purge)
    assert set(lines(agrees(lead, mirror))) == set()
    hosting.desks.change("hosting", "lead", become("manager"))
    page = lead.pull()
    assert (page.scope_purge, set(page.scope_add)) == ((), {"=supervisors", "=supervisors/design"})
    added = lead.snapshot_page(scopes=",".join(page.scope_add))
    assert {row.table for row in added.rows} == {"entry", "event"}
    mirror.fold(added.rows)
    assert set(lines(agrees(lead, mirror))) == {ask.entry}


def test_a_member_may_not_fetch_what_only_supervisors_read(hosting: RunningServer) -> None:
    tam = hosting.client("h-tam")
    assert tam.raw("GET", "/v1/snapshot", params={"scopes": "=supervisors"}).status_code == 404


def test_p20_a_policy_that_closes_a_register_takes_its_lines_from_those_who_do_not_supervise(
    server: RunningServer,
) -> None:
    anna, sam = server.client("anna"), server.client("sam")
    ask = line()
    anna.applied(ask)
    ticket = anna.log()
    about = line(ticket=ticket)
    anna.applied(about)
    seen = {api: mirrored(api) for api in (anna, sam)}
    text = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    version = re.search(r'^version = "(.*)"', text, re.MULTILINE)
    assert version is not None
    titled = 'id = "feedback"\ntitle = "Feedback and suggestions"\n'
    closed = text.replace(version[0], 'version = "closed"').replace(titled, titled + "supervisors_only = true\n")
    server.desks.set_policy(DESK, closed)
    assert set(lines(agrees(anna, seen[anna]))) == set()
    assert set(lines(agrees(sam, seen[sam]))) == {ask.entry, about.entry}
    assert anna.do(line())[0].code == "only_supervisor"
    server.desks.set_policy(DESK, closed.replace("supervisors_only = true\n", "").replace('"closed"', '"open"'))
    assert set(lines(agrees(anna, seen[anna]))) == {ask.entry, about.entry}
    assert set(lines(agrees(sam, seen[sam]))) == {ask.entry, about.entry}


# --- the rules that ask registers ------------------------------------------------------------------------------------------------


@pytest.mark.rule("V-20")
def test_on_a_holiday_the_queue_is_for_those_on_the_duty_roster(hosting: RunningServer) -> None:
    cleo, tam, tuan, head = (hosting.client(f"h-{name}") for name in ("cleo", "tam", "tuan", "head"))
    plain, common = issue(cleo, "k", "technical"), issue(cleo, "m", "technical")
    assert tam.do(c.TakeNext())[0].code == "queue_empty"
    tuan.applied(s.MarkCommon(ticket=common, common=True))
    roster = line("duty_roster", (), member="tam", due=dt.date(2026, 2, 17))
    assert tam.do(roster)[0].code == "only_supervisor"
    head.applied(roster, line("duty_roster", (), member="tuan", due=dt.date(2026, 2, 18)))
    codes = [v.code for v in tuan.do(s.Take(ticket=common), s.Take(ticket=plain), c.TakeNext())]
    assert codes == ["not_on_duty", "holiday_common_only", "queue_empty"]
    assert tam.applied(c.TakeNext())[0].result["ticket"] == common


@pytest.mark.rule("V-20")
def test_a_roster_and_the_work_that_it_allows_come_in_one_batch(hosting: RunningServer) -> None:
    """What a command writes into a register is known to the next one."""
    common = issue(hosting.client("h-cleo"), "m", "technical")
    head = hosting.client("h-head")
    roster = line("duty_roster", (), member="head", due=dt.date(2026, 2, 17))
    verdicts = head.do(s.MarkCommon(ticket=common, common=True), c.TakeNext(), roster, c.TakeNext())
    assert [v.code for v in verdicts] == ["", "queue_empty", "", ""]


@pytest.fixture
def office(server: RunningServer) -> RunningServer:
    """A desk that plans absences."""
    server.clock.set(at("2026-06-08T10:00+02:00"))
    make_charter_desk(server.desks, "expandit", "expandit", EXPANDIT)
    return server


def away(member: str, notice: str = "", **times: dt.datetime) -> s.EnterAbsence:
    span = {"begins": at("2026-06-08T09:00+02:00"), "ends": at("2026-06-10T09:00+02:00"), **times}
    return s.EnterAbsence(entry=new_id(), member=member, notice=notice, **span)


@pytest.mark.rule("E-36", "E-37")
def test_an_absence_is_entered_by_oneself_or_a_supervisor_with_a_notice_that_helps(office: RunningServer) -> None:
    anna, susi = office.client("e-anna"), office.client("e-susi")
    assert anna.do(away("lisa"))[0].code == "only_supervisor"
    assert anna.do(away("anna", "Ich bin weg."))[0].code == "notice_without_address"
    assert anna.do(away("anna", ends=at("2026-06-08T08:00+02:00")))[0].code == "bad_absence"
    mine, other = away("anna", "Bitte an sam@expandit.example."), away("lisa")
    anna.applied(mine)
    susi.applied(other)
    found = lines(mirrored(anna))
    assert {(e.member, e.value("notice")) for e in found.values()} == {("anna", mine.notice), ("lisa", "")}
    assert found[mine.entry].ends == mine.ends


@pytest.fixture
def akixi(server: RunningServer) -> RunningServer:
    """A desk with guides, reports and feedback."""
    server.clock.set(at("2026-03-16T10:00+00:00"))
    make_charter_desk(server.desks, "akixi", "akixi", AKIXI)
    return server


@pytest.mark.rule("A-20", "A-28")
def test_guides_go_with_an_answer_whether_they_are_known_or_not(akixi: RunningServer) -> None:
    anna = akixi.client("a-anna")
    guide = line("guides", says(title="First steps"), due=dt.date(2026, 3, 1))
    ticket = new_id()
    made = c.CreateTicket(
        ticket=ticket,
        reference=anna.reference(),
        channel="email",
        kind="request",
        title="x",
        customer="k",
        received_at=anna.enrolled.server_time,
    )
    anna.applied(guide, made, c.Reply(ticket=ticket, text="Please see this", articles=(guide.entry, "unknown")))
    sent = [row for row in anna.pull_all() if row.table == "event" and b"reply.sent" in bytes(row.row)]
    assert msgspec.json.decode(sent[0].row)["what"]["articles"] == [guide.entry, "unknown"]


@pytest.mark.rule("A-09", "A-14", "A-21")
def test_reports_are_signed_off_and_feedback_without_a_decision_is_overdue(akixi: RunningServer) -> None:
    anna, cora = akixi.client("a-anna"), akixi.client("a-cora")
    report = line("reports", says(period="2026-03"), member="cora")
    assert anna.do(report)[0].code == "only_supervisor"
    cora.applied(report)
    asks = [line("feedback", says(type=kind, text="x"), due=dt.date(2026, 3, 20)) for kind in ("product", "service")]
    anna.applied(*asks)
    assert anna.do(line("feedback", says(type="weather", text="x")))[0].code == "unknown_choice"
    cora.applied(s.ChangeEntry(entry=asks[0].entry, decision="done in 2.1"))
    policy = load(resource("policies/akixi.toml").read_text(encoding="utf-8"))
    feedback = policy.register("feedback")
    assert feedback is not None
    known = lines(mirrored(cora))
    assert [e.id for e in registers.overdue(feedback, known.values(), dt.date(2026, 3, 21))] == [asks[1].entry]
    assert known[report.entry].member == "cora"
    assert report.entry not in lines(mirrored(anna))


@pytest.mark.rule("K-12")
def test_an_improvement_says_from_which_feedback_it_came(server: RunningServer) -> None:
    make_charter_desk(server.desks, "ask4", "ask4", (Member(id="ugo", login="k-ugo", name="Ugo"),))
    ugo = server.client("k-ugo")
    given = line("satisfaction", says(score="2"))
    drawn = line("improvements", (Value(field="text", value="Più linee"), Value(field="from", value=given.entry)))
    assert ugo.do(line("improvements", says(text=" ")))[0].code == "missing_field"
    ugo.applied(given, drawn)
    assert lines(mirrored(ugo))[drawn.entry].value("from") == given.entry


def test_verdicts_of_lines_say_what_came_of_them(server: RunningServer) -> None:
    """A line needs no ticket: its receipt is found like any other (P3)."""
    anna = server.client("anna")
    command = anna.command(line())
    anna.push(command)
    known: tuple[Verdict, ...] = anna.receipts(command.id).verdicts
    assert [v.outcome for v in known] == ["applied"]
