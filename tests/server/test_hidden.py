"""What belongs to a complaint is hidden from the member whom it names: in feed, snapshot, digest and PostgreSQL (K-13, K-18)."""

from __future__ import annotations

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.people import Member
from desk_core.protocol import Change
from desk_core.records import Value
from tests.support.charter_desks import make_charter_desk
from tests.support.server import Api, Mirror, RunningServer, digests_of

DESK = "ask4"
MEMBERS = (
    Member(id="bob", login="k-bob", name="Bob", departments=("assistance",)),
    Member(id="carla", login="k-carla", name="Carla", departments=("assistance", "complaints")),
    Member(id="silvia", login="k-silvia", name="Silvia", role="supervisor", functions=("appeal_reviewer",)),
    Member(id="sara", login="k-sara", name="Sara", role="supervisor", functions=("appeal_reviewer",)),
)
CONTENT = ("ticket", "call", "event", "entry")


@pytest.fixture
def complaints(server: RunningServer) -> RunningServer:
    """The server with a desk that hides a complaint from those whom it names."""
    make_charter_desk(server.desks, DESK, "ask4", MEMBERS)
    return server


def mirrored(api: Api) -> Mirror:
    mirror = Mirror()
    for page in api.snapshot():
        mirror.fold(page.rows)
    return mirror


def complain(api: Api, ticket: str, about: str, department: str) -> str:
    """A complaint about a member of staff; its reference."""
    reference = api.reference()
    form = s.ComplaintForm(summary="Scortese", subject="staff", member=about)
    api.applied(
        c.CreateTicket(
            ticket=ticket,
            reference=reference,
            channel="form",
            kind="complaint",
            title="Scortese",
            department=department,
            email="ugo@customer.example",
            received_at=api.enrolled.server_time,
            complaint=form,
        )
    )
    return reference


def content(mirror: Mirror) -> set[tuple[str, str]]:
    return {key for key in mirror.rows if key[0] in CONTENT}


def agrees(api: Api, mirror: Mirror) -> list[Change]:
    """What the next pages bring; the mirror is then what the server says, and what a new client gets (P13)."""
    changes = api.pull_all()
    mirror.fold(changes)
    assert mirror.digests() == digests_of(api.digest()) == mirrored(api).digests()
    return changes


@pytest.mark.rule("K-13", "K-18")
@pytest.mark.parametrize(
    ("named", "reader"), [("bob", "carla"), ("silvia", "sara")], ids=["an agent", "a supervisor of the whole desk"]
)
def test_p20_a_complaint_never_reaches_the_member_whom_it_names(
    complaints: RunningServer, named: str, reader: str
) -> None:
    """Not in the feed, not in a snapshot, and the digest leaves it out too; what is left is the stub, as of any ticket elsewhere."""
    carla, him, other = (complaints.client(f"k-{name}") for name in ("carla", named, reader))
    seen = {him: mirrored(him), other: mirrored(other)}
    reference = complain(carla, "t1", named, "assistance")
    carla.applied(
        c.AddNote(ticket="t1", text="Ugo ha chiamato tre volte."),
        s.AddEntry(entry="e1", register="improvements", ticket="t1", values=(Value(field="text", value="Corso"),)),
    )
    changes = agrees(him, seen[him])
    assert content(seen[him]) == set()
    assert not [change for change in changes if change.table in CONTENT], "not even that there is something to let go"
    assert ("stub", "t1") in seen[him].rows
    agrees(other, seen[other])
    assert {("ticket", "t1"), ("entry", "e1")} <= content(seen[other])
    found = him.find(reference)
    assert found.stub == other.find(reference).stub
    assert "Scortese" not in msgspec.json.encode(found).decode()


@pytest.mark.rule("K-13")
def test_r07_the_database_itself_hides_it(complaints: RunningServer) -> None:
    complain(complaints.client("k-carla"), "t1", "bob", "assistance")

    def counted(member: str) -> list[int]:
        database, scopes = complaints.services.database, ("assistance", "complaints", f"@{member}")
        with database.reader(DESK, scopes, member) as connection:
            tables = ("ticket", "event", "change WHERE \"table\" IN ('ticket', 'event')")
            return [int(connection.exec_driver_sql(f"SELECT count(*) FROM {t}").scalar_one()) for t in tables]

    assert counted("bob") == [0, 0, 0]
    assert counted("") == [0, 0, 0], "who does not say who reads is shown nothing that is hidden from anybody"
    assert all(counted("carla"))


@pytest.mark.rule("K-13")
def test_p20_a_call_that_becomes_part_of_the_complaint_leaves_the_member_whom_it_names(
    complaints: RunningServer,
) -> None:
    """The call and its history were everybody's before; they go where the complaint is."""
    carla, bob = complaints.client("k-carla"), complaints.client("k-bob")
    complain(carla, "t1", "bob", "assistance")
    rang = carla.enrolled.server_time
    carla.applied(c.BeginCall(call="c1", reference=carla.reference(), rang_at=rang, answered_at=rang))
    seen = {bob: mirrored(bob), carla: mirrored(carla)}
    assert ("call", "c1") in seen[bob].rows
    carla.applied(c.EndCall(call="c1", ticket="t1"))
    changes = agrees(bob, seen[bob])
    assert {(change.op, change.table) for change in changes if change.table in CONTENT} == {
        ("leave", "call"),
        ("leave", "event"),
    }
    assert content(seen[bob]) == set()
    agrees(carla, seen[carla])
    assert {("call", "c1"), ("ticket", "t1")} <= content(seen[carla])
