"""Who follows every ticket reads it to its end and works on none of them by that (V-02, V-37); two desks share nothing at all."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core.commands import AddNote, Close, CreateTicket, Reply, TakeNext
from desk_core.commands_of_service import Triage
from desk_core.events import Event
from desk_core.events_of_service import MessageMade
from desk_core.facts import CONTACTS
from desk_core.kpis import Period
from desk_core.people import Customer, Member
from desk_core.protocol import Change, FindReply
from desk_core.resources import resource
from desk_core.tickets import Ticket
from desk_server.reports.service import Asked, Reports
from tests.support.server import DESK, PASSWORD, Api, Refused, RunningServer

HOST = "host"
MEMBERS = (
    Member(id="cleo", login="cleo", name="Cleo", departments=("cs",), functions=("cs",)),
    Member(id="tam", login="tam", name="Tam", departments=("technical",)),
    Member(id="dora", login="dora", name="Dora", departments=("design",)),
)


@pytest.fixture
def hosting(server: RunningServer) -> RunningServer:
    """The server with a second desk, which triages every issue (V-01)."""
    policy = resource("policies/hosting.toml").read_text(encoding="utf-8")
    server.desks.create(HOST, "Hosting", policy, "hosting", "test")
    for member in MEMBERS:
        server.desks.add_member(HOST, member, PASSWORD)
    server.desks.put_parties(HOST, [Customer(id="k", name="Kappa Ltd")])
    return server


def issue(cleo: Api, ticket: str = "t1") -> str:
    """An issue that was triaged to the technical department."""
    asked = CreateTicket(
        ticket=ticket,
        reference=cleo.reference(),
        channel="email",
        kind="fault",
        title="Mail stops",
        customer="k",
        received_at=cleo.enrolled.server_time,
    )
    cleo.applied(asked, Triage(ticket=ticket, category="hosting_domain"))
    return ticket


def content(client: Api) -> set[str]:
    """The tickets whose content a client gets that begins anew."""
    return {row.pk for page in client.snapshot() for row in page.rows if row.table == "ticket"}


def test_v02_v37_who_follows_every_ticket_reads_it_and_may_not_act_on_it(hosting: RunningServer) -> None:
    cleo, tam, dora = (hosting.client(member.id) for member in MEMBERS)
    ticket = issue(cleo)
    assert (content(cleo), content(tam), content(dora)) == ({ticket}, {ticket}, set())
    tam.applied(TakeNext(), AddNote(ticket=ticket, text="It is the disk."))
    rows = {(change.table, change.scope) for change in cleo.pull_all() if change.op == "put"}
    assert {("ticket", "technical"), ("event", "technical")} <= rows, "to the end: what happens there later comes too"
    for ask in (Reply(ticket=ticket, text="It works."), Close(ticket=ticket, summary="done")):
        (verdict,) = cleo.do(ask)
        assert (verdict.outcome, verdict.code) == ("refused", "out_of_scope")
    (verdict,) = cleo.do(TakeNext())
    assert verdict.code == "queue_empty"
    assert all(change.table == "stub" for change in dora.pull_all())
    with pytest.raises(Refused) as refused:
        dora.snapshot_page(scopes="technical")
    assert refused.value.status == 404


def test_v02_the_right_to_follow_comes_and_goes_with_the_role(hosting: RunningServer) -> None:
    cleo, dora = hosting.client("cleo"), hosting.client("dora")
    ticket = issue(cleo)
    dora.pull_all()

    def functions(*names: str) -> None:
        hosting.desks.change(HOST, "dora", lambda _, member: msgspec.structs.replace(member, functions=names))

    functions("cs")
    gained = dora.pull()
    assert set(gained.scope_add) == {"cs", "business", "technical", "customer_room"}
    assert gained.departments == ("design",), "the member works where the member worked before"
    assert content(dora) == {ticket}
    functions()
    lost = dora.pull()
    assert set(lost.scope_purge) == {"cs", "business", "technical", "customer_room"}
    assert content(dora) == set()


def test_v02_a_new_version_of_the_policy_can_give_and_take_the_right(hosting: RunningServer) -> None:
    cleo = hosting.client("cleo")
    ticket = issue(cleo)
    assert content(cleo) == {ticket}
    text = resource("policies/hosting.toml").read_text(encoding="utf-8")
    narrow = text.replace('version = "1"', 'version = "2"', 1).replace("reads_all = true\n", "", 1)
    hosting.desks.set_policy(HOST, narrow)
    assert "technical" in cleo.pull().scope_purge
    assert content(cleo) == set()
    hosting.desks.set_policy(HOST, text)
    assert "technical" in cleo.pull().scope_add


def test_two_desks_with_different_policies_share_nothing(hosting: RunningServer) -> None:
    """No number, queue, customer, template, clock or figure of one desk is ever the other's."""
    anna, cleo = hosting.client("anna"), hosting.client("cleo")
    ours, theirs = anna.log(), issue(cleo)
    north, host = _all(anna), _all(cleo)
    assert {row.pk for row in north if row.table == "customer"} == {"nordlicht"}
    assert {row.pk for row in host if row.table == "customer"} == {"k"}
    assert {row.pk for row in north if row.table in ("ticket", "stub")} == {ours}
    assert {row.pk for row in host if row.table in ("ticket", "stub")} == {theirs}
    assert {row.pk for row in north if row.table == "member"}.isdisjoint(
        {row.pk for row in host if row.table == "member" and row.pk != "program"}
    )
    tickets = [msgspec.json.decode(row.row, type=Ticket) for row in (*north, *host) if row.table == "ticket"]
    clocks = {ticket.id: {clock.id for clock in ticket.clocks} for ticket in tickets}
    assert clocks[ours] == {"callback"}
    assert clocks[theirs]
    assert clocks[theirs].isdisjoint(clocks[ours])
    events = [msgspec.json.decode(row.row, type=Event) for row in (*north, *host) if row.table == "event"]
    assert {event.ticket for event in events if event.ticket} == {ours, theirs}
    for client, foreign in ((anna, theirs), (cleo, ours)):
        (noted,) = client.do(AddNote(ticket=foreign, text="mine?"))
        assert (noted.outcome, noted.code) == ("refused", "not_found")
    # Each desk counts for itself: what is looked up by a number is one's own, whatever the other desk gave it to.
    for client, own in ((anna, ours), (cleo, theirs)):
        for ticket in tickets:
            reply = client.raw("GET", "/v1/find", params={"reference": ticket.reference})
            found = msgspec.json.decode(reply.content, type=FindReply).stub.id if reply.status_code == 200 else ""
            assert found in ((own,) if ticket.id == own else ("", own))
    made = {event.what.message: event.ticket for event in events if isinstance(event.what, MessageMade)}
    assert {message for message, ticket in made.items() if ticket == ours}.isdisjoint(
        {message for message, ticket in made.items() if ticket == theirs}
    )
    # Each desk's figures count its own tickets, by its own policy.
    period = Period(dt.date(2020, 1, 1), dt.date(2030, 12, 31))
    services = hosting.services
    reports = Reports(services.database, hosting.clock, services.policies, services.sync)
    asked = Asked(period=period)
    for desk, own in ((DESK, ours), (HOST, theirs)):
        behind = reports.behind(desk, asked, (CONTACTS, "counted"))
        assert {row.id for row in behind.rows} == {own}
        assert reports.report(desk, asked).policy == {DESK: "hamburg-woking", HOST: "hosting"}[desk]
    # A new version here is none there, and moves nothing there.
    before = cleo.enrolled.policy_text
    hosting.desks.set_policy(DESK, anna.enrolled.policy_text.replace('version = "1"', 'version = "2"', 1))
    assert not cleo.pull_all()
    assert hosting.client("cleo").enrolled.policy_text == before
    assert [each.version for each in hosting.desks.versions(HOST)] == ["1"]


def _all(client: Api) -> list[Change]:
    return [row for page in client.snapshot() for row in page.rows]
