"""Work of another helpdesk is imported as of a day; then the client works that queue in the mandated order (point 5 of the issue)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from desk_client.services.records import Row, TicketView
from desk_core.import_mapping import Mapping
from desk_core.imports import read_rows
from desk_server.commands.files import read_mapping
from desk_server.imports.service import Imports, TicketSummary
from tests.journeys.office import SECONDS, Office, Seat
from tests.support.server import DESK
from tests.support.world import at

INCIDENTS = Path(__file__).parents[2].parent / "shared" / "data" / "incidents.csv"
COLUMNS = (
    "number,incident_state,reopen_count,sys_mod_count,caller_id,opened_at,sys_updated_at,location,category,subcategory,u_symptom,"
    "priority,assignment_group,assigned_to,problem_id,rfc,closed_code,resolved_at,closed_at"
)


def line(number: int, state: str, opened: str, updated: str, count: int) -> str:
    return (
        f"INC{number},{state},0,{count},Caller {number},{opened},{updated},Location 1,Category 1,Subcategory 2,Symptom 3,"
        "3 - Moderate,Group 70,?,?,?,?,?,?"
    )


# On the evening of 6 January: 3 waits for its user, 4 is closed, 6 does not exist yet; 5 came in first although its line is late.
LINES = [
    line(1, "New", "05-01-2026 13:00", "05-01-2026 13:00", 0),
    line(2, "New", "05-01-2026 10:00", "05-01-2026 10:00", 0),
    line(3, "New", "05-01-2026 09:30", "05-01-2026 09:30", 0),
    line(3, "Awaiting User Info", "05-01-2026 09:30", "06-01-2026 09:00", 1),
    line(4, "New", "05-01-2026 09:15", "05-01-2026 09:15", 0),
    line(4, "Closed", "05-01-2026 09:15", "06-01-2026 11:00", 1),
    line(5, "New", "05-01-2026 09:00", "05-01-2026 09:00", 0),
    line(6, "New", "07-01-2026 09:00", "07-01-2026 09:00", 0),
    line(5, "Closed", "05-01-2026 09:00", "09-01-2026 09:00", 1),
]


def bring(office: Office, file: Path, as_of: dt.date) -> TicketSummary:
    """Import a file into the office's desk, as ``desk-server import`` does."""
    form = read_mapping("servicenow-incidents")
    assert isinstance(form, Mapping)
    with file.open(encoding=form.file.encoding, newline="") as lines:
        rows = list(read_rows(lines, form))
    below = office.server.services
    imports = Imports(below.database, office.clock, below.policies, below.sync)
    return imports.tickets(DESK, rows, form, as_of)


def order(rows: Sequence[Row]) -> list[str]:
    """H-24: what is due first, then what came in first, then the lower number; without a promise last."""
    never = dt.datetime.max.replace(tzinfo=dt.UTC)

    def place(row: Row) -> tuple[dt.datetime, dt.datetime, str]:
        return (row.clock and row.clock.deadline) or never, row.received_at, row.reference

    return [row.reference for row in sorted(rows, key=place)]


def waiting_for(seat: Seat) -> tuple[Row, ...]:
    """What Take next can give, in the order of the list."""
    return seat.client.queue.page(waiting=True, size=2_000).rows


def take(seat: Seat) -> str:
    return seat.client.tickets.take_next().result(SECONDS).reference


def test_the_client_works_the_queue_of_that_day(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("\n".join((COLUMNS, *LINES)) + "\n", encoding="utf-8")
    brought = bring(office, file, dt.date(2026, 1, 6))
    assert (brought.taken, brought.open, brought.rejected) == (5, 4, ())
    sam = office.seat("sam")
    waiting = waiting_for(sam)
    assert [row.received_at for row in waiting] == [at(f"2026-01-05T{hour}:00+01:00") for hour in ("09", "10", "13")], (
        "what came in first, wherever its line stands; what waits for its user is not given out"
    )
    numbers = [row.reference for row in waiting]
    assert numbers == order(waiting)
    assert [row.status for row in sam.client.queue.page().rows if not row.waits] == ["waiting_customer"]

    head = take(sam)
    assert head == numbers[0]
    found = sam.client.tickets.by_reference(head)
    assert isinstance(found, TicketView)
    ticket, tickets = found.ticket, sam.client.tickets
    assert (ticket.holder, ticket.imported) == ("sam", "servicenow:INC5")
    assert sam.client.why.of_ticket(ticket.id), "its promises can be explained"
    tickets.attempt_call_back(ticket.id, reached=True).result(SECONDS)
    tickets.reply(ticket.id, tickets.whole_reply("The cause was found.")).result(SECONDS)
    tickets.resolve(ticket.id, "Part changed").result(SECONDS)
    tickets.close(ticket.id, "Part changed").result(SECONDS)
    sam.sync()
    assert sam.client.outbox.all() == ()
    assert office.colleague().ticket(head).status == "closed"
    assert take(sam) == numbers[1]


@pytest.mark.skipif(not INCIDENTS.exists(), reason="the real incidents are not on this machine")
def test_the_client_works_the_real_queue(office: Office) -> None:
    brought = bring(office, INCIDENTS, dt.date(2016, 3, 15))
    assert brought.rejected == ()
    sam = office.seat("sam")
    waiting = waiting_for(sam)
    numbers = [row.reference for row in waiting]
    assert len(numbers) > 50
    assert numbers == order(waiting)
    assert sam.client.queue.count() == brought.open
    assert [take(sam) for _ in range(5)] == numbers[:5]
