"""Every version of a desk's policy is kept for the tickets that were opened under it (A-01); a holiday edit is none of them (TS-13)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core.commands import AttemptCallBack, MoveOffice
from desk_core.events import Event
from desk_core.events_of_clocks import ClockMoved
from desk_core.protocol import PolicyRow
from desk_core.resources import resource
from desk_core.tickets import Clock, Ticket
from desk_server.accounts.service import AccountProblem
from desk_server.db.migrate import migrate
from tests.support.postgres import Cluster
from tests.support.server import DESK, MONDAY, POLICY, Api, RunningServer, running_server
from tests.support.world import at

TEXT = resource(POLICY).read_text(encoding="utf-8")
ASCENSION = '    { date = 2026-05-14, name = "Christi Himmelfahrt" },\n'
TODAY_CLOSED = TEXT.replace(ASCENSION, ASCENSION + '    { date = 2026-06-08, name = "Staatstrauer" },\n', 1)
MONDAY_NOON, TUESDAY = at("2026-06-08T12:00+02:00"), at("2026-06-09T10:30+02:00")


def version(number: str, text: str = TEXT, hours: int = 2) -> str:
    """The policy as another version, with another amount."""
    text = text.replace('version = "1"', f'version = "{number}"', 1)
    return text.replace('amount = "2 open hours"', f'amount = "{hours} open hours"', 1)


def held(client: Api) -> tuple[dict[str, Ticket], list[Event], dict[str, PolicyRow]]:
    """What a client holds that begins anew: tickets, events, versions of the policy."""
    rows = [row for page in client.snapshot() for row in page.rows]

    def read(table: str, kind: type) -> list[object]:
        return [msgspec.json.decode(row.row, type=kind) for row in rows if row.table == table]

    tickets = {ticket.id: ticket for ticket in read("ticket", Ticket) if isinstance(ticket, Ticket)}
    events = [event for event in read("event", Event) if isinstance(event, Event)]
    return tickets, events, {row.version: row for row in read("policy", PolicyRow) if isinstance(row, PolicyRow)}


def call_back(client: Api, ticket: str) -> Clock:
    """The promise of a call back as a client sees it."""
    clock = held(client)[0][ticket].clock("callback")
    assert clock is not None
    return clock


def test_a01_each_ticket_keeps_the_deadline_of_its_version_also_after_a_restart(server: RunningServer) -> None:
    anna = server.client("anna")
    first = anna.log()
    server.desks.set_policy(DESK, version("2", hours=4))
    second = anna.log()
    server.desks.set_policy(DESK, version("3", hours=6))
    assert call_back(anna, first).deadline == MONDAY_NOON
    assert call_back(anna, second).deadline == at("2026-06-08T14:00+02:00")
    kept = [(each.version, each.in_force, each.open_tickets) for each in server.desks.versions(DESK)]
    assert kept == [("3", True, 0), ("1", False, 1), ("2", False, 1)]
    with running_server(server.database, server.clock, fresh=False) as restarted:
        again = restarted.client("anna")
        again.applied(MoveOffice(ticket=first, office="woking"), MoveOffice(ticket=second, office="woking"))
        tickets, _, versions = held(again)
        assert [tickets[ticket].policy_version for ticket in (first, second)] == ["1", "2"]
        assert [call_back(again, ticket).amount for ticket in (first, second)] == ["2 open hours", "4 open hours"]
        assert sorted((row.version, row.in_force) for row in versions.values()) == [
            ("1", False),
            ("2", False),
            ("3", True),
        ]
        assert again.enrolled.policy_version == "3"


def test_a01_a_version_stays_what_it_is_and_can_come_back(server: RunningServer) -> None:
    with pytest.raises(AccountProblem, match="policy of version 1 with other rules"):
        server.desks.set_policy(DESK, TEXT.replace("2 open hours", "3 open hours", 1))
    assert server.desks.set_policy(DESK, TEXT) == ("1", False, (), 0)
    server.desks.set_policy(DESK, version("2", hours=4))
    assert server.desks.set_policy(DESK, TEXT).other_version
    anna = server.client("anna")
    assert call_back(anna, anna.log()).amount == "2 open hours"


def test_ts13_a_holiday_edit_moves_running_clocks_of_every_version_and_says_from_where(server: RunningServer) -> None:
    anna = server.client("anna")
    missed, kept = anna.log(), anna.log()
    anna.applied(AttemptCallBack(ticket=kept, reached=True))
    server.clock.set(MONDAY + dt.timedelta(hours=3))
    anna.enrol("anna", device_id=anna.enrolled.device_id)
    first = anna.log()
    server.desks.set_policy(DESK, version("2"))
    second = anna.log()
    published = server.desks.set_policy(DESK, version("2", TODAY_CLOSED))
    assert published == ("2", False, ("hamburg",), 2)
    assert call_back(anna, first).deadline == call_back(anna, second).deadline == TUESDAY
    assert call_back(anna, missed).deadline == MONDAY_NOON, "it had passed when the edit came"
    assert (call_back(anna, kept).state, call_back(anna, kept).deadline) == ("met", MONDAY_NOON)
    _, events, versions = held(anna)
    told = {event.ticket: event.clocks for event in events if event.kind == "calendar.revised"}
    assert told.keys() == {first, second}
    (change,) = told[first]
    assert isinstance(change, ClockMoved)
    assert (change.old_deadline, change.deadline) == (at("2026-06-08T15:00+02:00"), TUESDAY)
    assert [len(versions[each].calendars) for each in ("1", "2")] == [1, 1]
    assert server.desks.set_policy(DESK, version("2", TODAY_CLOSED)).calendars == (), (
        "the same file again changes nothing"
    )


def test_ts13_a_deadline_that_a_holiday_edit_puts_into_the_past_is_judged_like_any_other(server: RunningServer) -> None:
    server.desks.set_policy(DESK, TODAY_CLOSED)
    anna = server.client("anna")
    ticket = anna.log()
    assert call_back(anna, ticket).deadline == TUESDAY
    server.clock.set(at("2026-06-09T09:00+02:00"))
    server.desks.set_policy(DESK, TEXT)
    assert (call_back(anna, ticket).state, call_back(anna, ticket).deadline) == ("running", MONDAY_NOON)
    server.services.jobs.look()
    assert call_back(anna, ticket).state == "missed"


def test_a_database_that_kept_one_policy_has_it_as_its_first_version(cluster: Cluster, server: RunningServer) -> None:
    """What migration 0003 makes of a desk of before: the row under its version, with its digest, and in force."""
    asked = "SELECT p.id, p.hash, d.policy_version FROM policy p JOIN desk d ON d.id = p.desk"
    with cluster.superuser(str(server.database.database)) as superuser:
        kept = superuser.execute(asked).fetchone()
        (newest,) = superuser.execute("SELECT version_num FROM alembic_version").fetchall()
        superuser.execute("UPDATE policy SET id = 'policy', hash = 0")
        superuser.execute("UPDATE desk SET policy_version = '1+0123456789abcdef'")
        superuser.execute("UPDATE alembic_version SET version_num = '0002'")
        migrate(server.services.database, "0003")
        superuser.execute("UPDATE alembic_version SET version_num = %s", newest)
        assert superuser.execute(asked).fetchone() == kept
    assert [(each.version, each.in_force) for each in server.desks.versions(DESK)] == [("1", True)]
