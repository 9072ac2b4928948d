"""``desk-server import``: tickets of another helpdesk and customers, in a real desk, twice."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from pathlib import Path

import msgspec
import pytest

from desk_core.commands import TakeNext
from desk_core.entitlement import find
from desk_core.people import Asset, Contract
from desk_core.tickets import Ticket
from tests.support.commands import Folder, serving
from tests.support.server import Api
from tests.support.world import at, ready_policy

INCIDENTS = Path(__file__).parents[2].parent / "shared" / "data" / "incidents.csv"
COLUMNS = (
    "number,incident_state,reopen_count,sys_mod_count,caller_id,opened_at,sys_updated_at,location,category,subcategory,u_symptom,"
    "priority,assignment_group,assigned_to,problem_id,rfc,closed_code,resolved_at,closed_at"
)


def change(number: str, state: str, opened: str, updated: str, count: int, group: str = "Group 70") -> str:
    return (
        f"{number},{state},0,{count},Caller {number[-1]},{opened},{updated},Location 1,Category 1,Subcategory 2,Symptom 3,"
        f"3 - Moderate,{group},Resolver 1,?,?,code 5,?,?"
    )


LINES = [
    change("INC1", "New", "05-01-2026 09:00", "05-01-2026 09:00", 0),
    change("INC2", "New", "05-01-2026 10:00", "05-01-2026 10:00", 0),
    change("INC3", "New", "05-01-2026 11:00", "05-01-2026 11:00", 0),
    change("INC1", "Active", "05-01-2026 09:00", "06-01-2026 09:00", 1),
    change("INC2", "Vanished", "05-01-2026 10:00", "06-01-2026 10:00", 1),
    change("INC3", "Closed", "05-01-2026 11:00", "07-01-2026 11:00", 1),
    change("INC4", "New", "08-01-2026 09:00", "08-01-2026 09:00", 0, "Group 999"),
]


def csv_file(folder: Path, *lines: str, heading: str = COLUMNS) -> Path:
    path = folder / "export.csv"
    path.write_text("\n".join((heading, *lines)) + "\n", encoding="utf-8")
    return path


def tickets_of(api: Api) -> list[Ticket]:
    """Every ticket, as a client with all departments gets them."""
    rows = [row for page in api.snapshot() for row in page.rows if row.table == "ticket"]
    return [msgspec.json.decode(row.row, type=Ticket) for row in rows]


def test_a_ticket_comes_whole_or_not_at_all_and_every_bad_line_is_told(data: Folder, tmp_path: Path) -> None:
    file = csv_file(tmp_path, *LINES)
    first = data.process("import", file, "--mapping", "servicenow-incidents", expect=1)
    assert first.sentence == f"2 lines of {file} could not be taken, as listed; everything else is in."
    assert first.out.splitlines() == [
        "line 6: The state 'Vanished' is in no list of the mapping's table [states].",
        "line 8: The group 'Group 999' is in no department of the mapping's table [groups.departments].",
        "INC2: with it these lines were left out: 3.",
        "2 tickets taken (1 open), 0 there already, 0 lines corrected, 2 lines rejected.",
    ]
    second = data("import", file, "--mapping", "servicenow-incidents", expect=1)
    assert second.out.splitlines()[-1].startswith("0 tickets taken (0 open), 2 there already")
    mended = csv_file(tmp_path, *(line.replace("Vanished", "Active").replace("Group 999", "?") for line in LINES))
    third = data("import", mended, "--mapping", "servicenow-incidents")
    assert third.out == "2 tickets taken (2 open), 2 there already, 0 lines corrected, 0 lines rejected.\n"
    with serving(data.path) as server:
        tickets = tickets_of(server.client("ada"))
    assert sorted(ticket.imported for ticket in tickets) == [f"servicenow:INC{n}" for n in (1, 2, 3, 4)]
    assert len({ticket.reference for ticket in tickets}) == 4
    assert {ticket.status for ticket in tickets if ticket.imported.endswith("3")} == {"closed"}


def test_as_of_a_day_the_client_works_the_queue_of_that_day(data: Folder, tmp_path: Path) -> None:
    file = csv_file(tmp_path, *(line for line in LINES if "INC4" not in line and "Vanished" not in line))
    done = data("import", file, "--mapping", "servicenow-incidents", "--as-of", "2026-01-06")
    assert done.out.startswith("3 tickets taken (3 open)")
    with serving(data.path) as server:
        api = server.client("ada")
        order = []
        for _ in range(3):
            (verdict,) = api.applied(TakeNext())
            order.append(verdict.result["ticket"])
        by_id = {ticket.id: ticket for ticket in tickets_of(api)}
    assert [by_id[ticket].imported[-1] for ticket in order] == ["2", "3", "1"]
    clock = by_id[order[0]].clock("callback")
    assert clock is not None
    assert clock.deadline == at("2026-01-05T12:00+01:00")


@pytest.mark.parametrize(
    ("mapping", "arguments", "said"),
    [
        ("nowhere", [], "a mapping that ships: customers, servicenow-incidents."),
        (
            "servicenow-incidents",
            [],
            "The first line of the file must name the columns of the mapping; it has no number",
        ),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence(
    data: Folder, tmp_path: Path, mapping: str, arguments: list[str], said: str
) -> None:
    file = csv_file(tmp_path, heading="a,b")
    assert said in data("import", file, "--mapping", mapping, *arguments, expect=1).sentence


def test_customers_from_a_spreadsheet_are_entitled(data: Folder, tmp_path: Path) -> None:
    """H-05, H-12: a desk that was not made with --demo has entitled customers too."""
    heading = "company,contact,phone,email,product,serial,warranty until,contract from,contract to"
    good = "Elbe Optik GmbH,Imke Petersen,040 5550177,,LabelJet 4300,LJ43-0092817,2027-03-31,2026-01-01,2026-12-31"
    file = csv_file(tmp_path, good, "Thames Labels,,,,LabelJet,,,,", heading=heading)
    first = data("import", file, "--mapping", "customers", expect=1)
    assert first.out.splitlines() == [
        "line 3: Columns product and serial belong together; fill in both, or neither.",
        "1 line taken, 1 rejected.",
        "New: 1 customer, 1 contact, 1 device, 1 contract.",
        "Changed: 0 customers, 0 contacts, 0 devices, 0 contracts.",
    ]
    file = csv_file(tmp_path, good.replace("2027-03-31", "2028-03-31"), heading=heading)
    assert (
        "Changed: 0 customers, 0 contacts, 1 device, 0 contracts." in data("import", file, "--mapping", "customers").out
    )
    with serving(data.path) as server:
        rows = [row for page in server.client("ada").snapshot() for row in page.rows]
    (asset,) = [msgspec.json.decode(row.row, type=Asset) for row in rows if row.table == "asset"]
    contracts = [msgspec.json.decode(row.row, type=Contract) for row in rows if row.table == "contract"]
    assert asset.warranty_until == dt.date(2028, 3, 31)
    assert find(ready_policy(), contracts, asset, dt.date(2026, 12, 31)).source == "contract"
    assert find(ready_policy(), contracts, asset, dt.date(2027, 1, 1)).source == "warranty"


@pytest.mark.skipif(not INCIDENTS.exists(), reason="the real incidents are not on this machine")
def test_the_real_incidents_are_in_within_20_seconds_and_once(data: Folder) -> None:
    began = time.monotonic()
    first = data.process("import", INCIDENTS, "--mapping", "servicenow-incidents", "--as-of", "2016-03-15")
    assert time.monotonic() - began < 20
    found = re.search(r"^(\d+) tickets taken \((\d+) open\), 0 there already, .* 0 lines rejected\.$", first.out, re.M)
    assert found
    taken, still_open = map(int, found.groups())
    second = data("import", INCIDENTS, "--mapping", "servicenow-incidents", "--as-of", "2016-03-15")
    assert second.out.splitlines()[-1].startswith(f"0 tickets taken (0 open), {taken} there already")
    with serving(data.path) as server:
        tickets = tickets_of(server.client("ada"))
    assert len(tickets) == taken
    assert sum(ticket.active for ticket in tickets) == still_open


def test_exported_tickets_hold_no_person_and_show_what_a_policy_would_move(data: Folder, tmp_path: Path) -> None:
    """F42, TS-13: what the server writes out, desk-policy reads."""
    data("import", csv_file(tmp_path, *LINES), "--mapping", "servicenow-incidents", expect=1)
    file = tmp_path / "tickets.jsonl"
    assert data("export", "tickets", file).out == f"2 tickets written to {file}.\n"
    written = file.read_text(encoding="utf-8")
    assert data("export", "tickets").out == written
    lines = [json.loads(line) for line in written.splitlines()]
    assert {line["status"] for line in lines} == {"open", "closed"}
    assert all(line["clocks"][0]["calendar"] == line["office"] for line in lines if line["clocks"])
    assert not {"title", "fault", "customer", "email"} & {key for line in lines for key in line}
    assert data("export", "tickets", tmp_path, expect=1).sentence.startswith(f"{tmp_path} cannot be written: ")
