"""Work leases: what was taken goes back when its holder is out of contact, and what arrives late is never sent twice (sync.md)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import leases, queue
from desk_core.commands import Command
from desk_core.decisions import Decided, Refusal, decide, end_lease
from desk_core.events_of_leases import DraftLeft
from desk_core.people import Member
from desk_core.tickets import Ticket
from tests.core.charters import desk_of_expandit
from tests.support.world import World, at, ready_policy

TAKEN = at("2026-06-09T10:00+02:00")
ENDS = at("2026-06-10T09:30+02:00")
"""Eight open hours of Hamburg later: seven on Tuesday until 17:00, one from 8:30 on Wednesday."""
LATER = at("2026-06-10T11:00+02:00")


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    for name in ("anke", "sven"):
        made.add_member(name, office="hamburg", departments=("technical_support",), functions=("specialist",))
    made.add_member("susi", office="hamburg", departments=("technical_support",), role="supervisor")
    made.entitle()
    return made


def anke(world: World) -> Member:
    return world.members["anke"]


def sven(world: World) -> Member:
    return world.members["sven"]


def taken(world: World) -> Ticket:
    """Two tickets wait; Anke has taken the first."""
    world.owed_call_back(anke(world), "t1")
    world.now += dt.timedelta(seconds=1)
    world.owed_call_back(anke(world), "t2")
    world.now = TAKEN
    world.do(anke(world), c.TakeNext())
    return world.tickets["t1"]


def ended(world: World, contact: dt.datetime = TAKEN) -> Ticket:
    """Anke was not heard from since then, and her lease has ended."""
    world.now = LATER
    decided = end_lease(world, world.tickets["t1"], contact, world.now)
    assert decided is not None
    world.happen(decided)
    return world.tickets["t1"]


def late(
    world: World, member: Member, ask: c.Ask, given: dt.datetime, contact: dt.datetime = TAKEN
) -> Decided | Refusal:
    """A command that was given without network and arrives now."""
    command = Command(id=f"late-{given}-{ask.name}", ask=ask, actor=member.id, issued_at=given, last_contact=contact)
    outcome = decide(world, command, member, world.now)
    assert isinstance(outcome, Decided | Refusal)
    if isinstance(outcome, Decided):
        world.happen(outcome)
    return outcome


def sent(world: World) -> list[str]:
    return [e.kind for e in world.events if e.ticket == "t1" and e.kind in ("reply.sent", "ticket.closed")]


def test_a_lease_ends_a_time_after_the_last_contact_and_contact_renews_it(world: World) -> None:
    ticket = taken(world)
    assert leases.lease_end(world.policy, ticket, TAKEN) == ENDS
    assert leases.lease_end(world.policy, ticket, None) is None, "who was never in contact was handed out nothing"
    hour = dt.timedelta(hours=1)
    assert leases.lease_end(world.policy, ticket, TAKEN + hour) == ENDS + hour
    assert end_lease(world, ticket, TAKEN, ENDS) is None, "the last instant is in time (TS-4)"
    assert end_lease(world, ticket, LATER, LATER) is None, "who stays in contact loses nothing"


def test_v23_at_the_end_it_stands_at_its_old_place_and_says_when_and_who(world: World) -> None:
    before = queue.rank(world.policy, taken(world))
    ticket = ended(world)
    assert (ticket.holder, ticket.holder_department, ticket.taken_at) == ("", "", None)
    assert queue.rank(world.policy, ticket) == before
    assert world.do(sven(world), c.TakeNext()).result["ticket"] == "t1"
    event = next(e for e in world.events if e.kind == "work.lease_ended")
    assert (event.actor, event.at, event.recorded_at) == ("", ENDS, LATER)


def test_it_ends_once_however_often_time_looks(world: World) -> None:
    taken(world)
    first = end_lease(world, world.tickets["t1"], TAKEN, LATER)
    again = end_lease(world, world.tickets["t1"], TAKEN, LATER)
    assert first is not None
    assert again is not None
    assert [e.id for e in first.events] == [e.id for e in again.events]
    assert end_lease(world, ended(world), TAKEN, LATER) is None


@pytest.mark.parametrize("change", ["given back", "handed over", "waiting", "size 0", "time unset", "closed"])
def test_only_what_the_queue_handed_out_is_on_lease(world: World, change: str) -> None:
    assert leases.lease_end(world.policy, taken(world), TAKEN) == ENDS
    rule = world.policy.queue
    match change:
        case "given back":
            world.do(anke(world), c.GiveBack(ticket="t1", reason="End of shift"))
        case "handed over":
            world.do(anke(world), c.HandOver(ticket="t1", member="sven", note="Yours"))
        case "waiting":
            world.do(anke(world), c.WaitForCustomer(ticket="t1"))
        case "size 0":
            world.policy = msgspec.structs.replace(world.policy, queue=msgspec.structs.replace(rule, lease_size=0))
        case "time unset":
            world.policy = msgspec.structs.replace(
                world.policy, queue=msgspec.structs.replace(rule, lease_time="unset")
            )
        case "closed":
            world.do(anke(world), c.Close(ticket="t1", summary="Done"))
    assert leases.lease_end(world.policy, world.tickets["t1"], TAKEN) is None


def test_an_answer_on_an_expired_lease_is_a_draft_for_the_new_holder_and_never_a_second_mail(world: World) -> None:
    taken(world)
    ended(world)
    world.do(sven(world), c.TakeNext())
    outcome = late(world, anke(world), c.Reply(ticket="t1", text="Clean the head."), ENDS - dt.timedelta(hours=1))
    assert isinstance(outcome, Decided)
    assert outcome.changed == "lease_expired"
    ticket = world.tickets["t1"]
    assert (ticket.holder, ticket.draft, sent(world)) == ("sven", "Clean the head.", [])
    for ask in (c.Resolve(ticket="t1", solution="Cleaned"), c.Close(ticket="t1", summary="Cleaned")):
        also = late(world, anke(world), ask, ENDS - dt.timedelta(hours=1))
        assert isinstance(also, Decided)
        assert also.changed == "lease_expired"
    assert world.tickets["t1"].status == "open"
    drafts = [e.what for e in world.events if isinstance(e.what, DraftLeft)]
    assert [(d.of, d.text) for d in drafts] == [
        ("reply", "Clean the head."),
        ("resolve", "Cleaned"),
        ("close", "Cleaned"),
    ]
    world.do(sven(world), c.Reply(ticket="t1", text="Clean the head."))
    assert (world.tickets["t1"].draft, sent(world)) == ("", ["reply.sent"])


def test_it_is_a_draft_too_when_the_new_holder_has_closed_the_ticket(world: World) -> None:
    taken(world)
    ended(world)
    world.do(sven(world), c.TakeNext())
    world.do(sven(world), c.Reply(ticket="t1", text="A new head is on its way."))
    world.do(sven(world), c.Close(ticket="t1", summary="Head replaced"))
    outcome = late(world, anke(world), c.Reply(ticket="t1", text="Clean the head."), ENDS - dt.timedelta(hours=1))
    assert isinstance(outcome, Decided)
    assert outcome.changed == "lease_expired"
    assert sent(world) == ["reply.sent", "ticket.closed"]


def test_work_done_in_time_counts_when_nobody_has_taken_it_since(world: World) -> None:
    taken(world)
    ended(world)
    outcome = late(world, anke(world), c.Reply(ticket="t1", text="Clean the head."), ENDS)
    assert isinstance(outcome, Decided)
    assert (outcome.changed, sent(world)) == ("", ["reply.sent"])
    ticket = world.tickets["t1"]
    assert (ticket.holder, ticket.taken_at, ticket.lapses) == ("anke", LATER, ())
    after = late(world, anke(world), c.Resolve(ticket="t1", solution="Cleaned"), ENDS)
    assert isinstance(after, Decided)
    assert world.tickets["t1"].status == "resolved"


def test_work_done_after_the_end_is_a_draft_also_while_nobody_has_it(world: World) -> None:
    taken(world)
    ended(world)
    outcome = late(world, anke(world), c.Reply(ticket="t1", text="Clean."), ENDS + dt.timedelta(seconds=1))
    assert isinstance(outcome, Decided)
    assert (outcome.changed, world.tickets["t1"].holder, sent(world)) == ("lease_expired", "", [])


def test_v24_who_was_in_contact_since_then_has_no_side_door(world: World) -> None:
    taken(world)
    ended(world)
    outcome = late(world, anke(world), c.Reply(ticket="t1", text="Clean."), LATER, contact=LATER)
    assert isinstance(outcome, Refusal)
    assert outcome.code == "not_held"
    world.do(sven(world), c.TakeNext())
    assert world.tickets["t1"].holder == "sven"
    other = late(world, anke(world), c.Reply(ticket="t1", text="Clean."), LATER, contact=LATER)
    assert isinstance(other, Refusal)
    assert other.code == "held_by_other"


def test_h14_a_call_back_that_was_made_is_a_fact_whoever_has_the_ticket(world: World) -> None:
    taken(world)
    made = TAKEN + dt.timedelta(minutes=30)
    ended(world)
    world.do(sven(world), c.TakeNext())
    outcome = late(world, anke(world), c.AttemptCallBack(ticket="t1", reached=True), made)
    assert isinstance(outcome, Decided)
    clock = world.tickets["t1"].clock("callback")
    assert clock is not None
    assert clock.state == "met"


def test_what_may_be_worked_on_alone_is_what_was_taken_last_as_many_as_the_policy_says(world: World) -> None:
    taken(world)
    world.now += dt.timedelta(minutes=5)
    world.do(anke(world), c.TakeNext())
    held = world.tickets.values()
    assert [t.id for t in leases.workable_alone(world.policy, held)] == ["t2"]
    rule = msgspec.structs.replace(world.policy.queue, lease_size=5)
    free = msgspec.structs.replace(world.policy, queue=rule)
    assert [t.id for t in leases.workable_alone(free, held)] == ["t2", "t1"]


def free_desk() -> World:
    world = desk_of_expandit.desk()
    desk_of_expandit.mailed(world)
    return world


def test_under_free_choice_a_start_without_network_that_came_too_late_is_kept_as_a_note() -> None:
    world = free_desk()
    begun, contact = world.now, world.now - dt.timedelta(minutes=5)
    prog, anna = world.members["prog"], world.members["anna"]
    world.now += dt.timedelta(hours=1)
    world.do(anna, s.Take(ticket="t1"))
    world.now += dt.timedelta(hours=1)
    lost = late(world, prog, s.Take(ticket="t1"), begun, contact)
    assert isinstance(lost, Decided)
    assert (lost.changed, world.tickets["t1"].holder) == ("taken_meanwhile", "anna")
    before = len([e for e in world.events if e.kind == "message.made"])
    reply = late(world, prog, c.Reply(ticket="t1", text="Bitte neu starten."), begun, contact)
    assert isinstance(reply, Decided)
    assert (reply.changed, world.tickets["t1"].draft) == ("kept_as_note", "Bitte neu starten.")
    assert len([e for e in world.events if e.kind == "message.made"]) == before, "nothing the customer can see"
    assert not sent(world)


def test_a_start_that_is_given_after_somebody_took_it_is_refused_as_ever() -> None:
    world = free_desk()
    world.do(world.members["anna"], s.Take(ticket="t1"))
    world.now += dt.timedelta(minutes=1)
    assert world.refused(world.members["prog"], s.Take(ticket="t1")).code == "not_waiting_in_queue"


def test_in_a_mandated_order_nothing_is_begun_on_the_side(world: World) -> None:
    taken(world)
    outcome = late(world, sven(world), s.Take(ticket="t1"), TAKEN - dt.timedelta(minutes=1))
    assert isinstance(outcome, Refusal)
    assert outcome.code == "not_waiting_in_queue"


def test_v23_the_ready_policies_hand_out_one_where_the_order_is_mandated() -> None:
    for name in ("akixi", "ask4", "expandit", "hamburg-woking", "hosting"):
        rule = ready_policy(name).queue
        assert rule.lease_size == (1 if rule.start == "take_next" else 5), name
        assert rule.lease_time != "unset", name
