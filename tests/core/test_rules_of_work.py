"""Queue, take next, call backs, replies, routing: H-13 to H-15, H-22, H-24, H-29, H-31, the order of work, TS-4, TS-12."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import queue, wording
from desk_core.commands import ImportedStep
from desk_core.decisions import apply_ticket, breach
from desk_core.events_of_service import MessageMade
from desk_core.tickets import Entitlement, Fault, Ticket, stub
from desk_core.wording import reply_text
from tests.support.world import FAULT, World, at, ready_policy


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    made.add_member("anke", office="hamburg", departments=("technical_support",))
    made.add_member("sven", office="hamburg", departments=("technical_support",), functions=("specialist",))
    made.add_member("susi", office="hamburg", departments=("technical_support",), role="supervisor")
    made.add_member("olaf", office="hamburg", departments=("sales",))
    made.entitle()
    return made


@pytest.mark.rule("H-14")
def test_h14_two_hours_of_staffed_time_run_from_the_promise(world: World) -> None:
    world.now = at("2026-05-13T16:15+02:00")
    ticket = world.owed_call_back(world.members["anke"])
    assert ticket.clocks[0].deadline == at("2026-05-18T09:45+02:00"), (
        "Ascension Day and the bridge day after it are closed (H-07)"
    )


@pytest.mark.rule("H-15")
def test_h15_only_a_specialists_call_back_keeps_the_promise(world: World) -> None:
    anke, sven = world.members["anke"], world.members["sven"]
    world.owed_call_back(anke)
    decided = world.do(anke, c.AttemptCallBack(ticket="t1", reached=True))
    assert decided.changed == "not_counted"
    assert world.tickets["t1"].clocks[0].state == "running"
    world.do(sven, c.AttemptCallBack(ticket="t1", reached=False))
    assert world.tickets["t1"].clocks[0].state == "met"
    assert world.tickets["t1"].call_back, "not reached keeps the promise, the task stays"
    world.do(sven, c.AttemptCallBack(ticket="t1", reached=True))
    assert not world.tickets["t1"].call_back
    assert world.refused(sven, c.AttemptCallBack(ticket="t1", reached=True)).code == "no_call_back_owed"


@pytest.mark.parametrize(("late_by", "state"), [(dt.timedelta(0), "met"), (dt.timedelta(microseconds=1), "missed")])
def test_ts4_the_deadline_itself_is_in_time(world: World, late_by: dt.timedelta, state: str) -> None:
    world.owed_call_back(world.members["anke"])
    deadline = world.tickets["t1"].clocks[0].deadline
    assert deadline is not None
    world.now = deadline + late_by
    world.do(world.members["sven"], c.AttemptCallBack(ticket="t1", reached=True))
    assert world.tickets["t1"].clocks[0].state == state


def test_ts12_a_breach_is_final_but_for_a_stop_in_time_that_is_learnt_later(world: World) -> None:
    sven = world.members["sven"]
    world.owed_call_back(world.members["anke"])
    world.owed_call_back(world.members["anke"], "t2")
    deadline = world.tickets["t1"].clocks[0].deadline
    assert deadline is not None
    world.now = deadline + dt.timedelta(hours=1)
    for ticket in list(world.tickets.values()):
        world.tickets[ticket.id], events = breach(ticket, f"b-{ticket.id}", world.now)
        assert [event.kind for event in events] == ["clock.breached"]
        assert breach(world.tickets[ticket.id], "again", world.now)[1] == (), "once"
    world.do(sven, c.AttemptCallBack(ticket="t1", reached=True), stated_at=deadline - dt.timedelta(minutes=1))
    world.do(sven, c.AttemptCallBack(ticket="t2", reached=True))
    kept, missed = world.tickets["t1"].clocks[0], world.tickets["t2"].clocks[0]
    assert (kept.state, kept.learnt_late, kept.breached_at) == ("met", True, deadline)
    assert (missed.state, missed.learnt_late) == ("missed", False)


def test_h14_a_missed_call_back_is_owed_still_and_keeps_its_place(world: World) -> None:
    world.owed_call_back(world.members["anke"])
    before = queue.rank(world.policy, world.tickets["t1"])
    world.now += dt.timedelta(hours=3)
    late, _ = breach(world.tickets["t1"], "b", world.now)
    assert late.leading_clock is not None
    assert late.leading_clock.state == "missed"
    assert queue.rank(world.policy, late) == before


@pytest.mark.rule("H-22")
def test_h22_asking_for_more_does_not_pause_the_call_back(world: World) -> None:
    ticket = world.owed_call_back(world.members["anke"])
    deadline = ticket.clocks[0].deadline
    world.do(world.members["anke"], c.RequestInformation(ticket="t1", question="Which firmware?"))
    ticket = world.tickets["t1"]
    assert (ticket.clocks[0].state, ticket.clocks[0].deadline) == ("running", deadline)
    assert ticket.questions == ("Which firmware?",)


@pytest.mark.rule("H-24")
def test_h24_the_queue_stands_by_deadline_then_age_then_number(world: World) -> None:
    anke = world.members["anke"]
    world.log(anke, "enquiry", kind="enquiry", department="technical_support")
    world.do(anke, c.GiveBack(ticket="enquiry", reason="not mine"))
    for number, minutes in enumerate((30, 10, 20)):
        world.now = at("2026-06-09T10:00+02:00") + dt.timedelta(minutes=minutes)
        world.owed_call_back(anke, f"t{number}")
    order = []
    while (head := world.queue_head(anke, "")) is not None:
        order.append(head.id)
        world.do(anke, c.TakeNext())
    assert order == ["t1", "t2", "t0", "enquiry"]
    assert world.refused(anke, c.TakeNext()).code == "queue_empty"


def test_work_starts_through_take_next_and_nowhere_else(world: World) -> None:
    anke, sven = world.members["anke"], world.members["sven"]
    world.owed_call_back(anke)
    for ask in (
        c.Reply(ticket="t1", text="Hello"),
        c.Close(ticket="t1", summary="done"),
        c.WaitForCustomer(ticket="t1"),
    ):
        assert world.refused(anke, ask).code == "not_held"
    world.do(sven, c.TakeNext())
    refused = world.refused(anke, c.Reply(ticket="t1", text="Hello"))
    assert (refused.code, refused.params["name"]) == ("held_by_other", "Sven")
    world.do(sven, c.Reply(ticket="t1", text="Hello"))
    world.do(world.members["susi"], c.HandOver(ticket="t1", member="anke", note="yours"))
    assert world.tickets["t1"].holder == "anke"


def test_given_back_it_stands_at_its_old_place(world: World) -> None:
    anke = world.members["anke"]
    world.owed_call_back(anke, "t1")
    world.now += dt.timedelta(minutes=5)
    world.owed_call_back(anke, "t2")
    before = queue.rank(world.policy, world.tickets["t1"])
    world.do(anke, c.TakeNext())
    world.do(anke, c.GiveBack(ticket="t1", reason="lunch"))
    assert queue.rank(world.policy, world.tickets["t1"]) == before
    assert world.queue_head(anke, "") == world.tickets["t1"]


@pytest.mark.rule("H-29")
def test_h29_a_referral_keeps_number_and_history_and_takes_the_note_along(world: World) -> None:
    anke, olaf = world.members["anke"], world.members["olaf"]
    reference = world.owed_call_back(anke).reference
    world.do(anke, c.Transfer(ticket="t1", department="sales", note="wants a new printer"))
    ticket = world.tickets["t1"]
    assert (ticket.reference, ticket.department, ticket.holder) == (reference, "sales", "")
    assert world.queue_head(anke, "") is None
    world.do(olaf, c.TakeNext())
    assert world.tickets["t1"].holder == "olaf"


def test_out_of_scope_a_ticket_says_whose_it_is_and_takes_a_note_only(world: World) -> None:
    anke, olaf = world.members["anke"], world.members["olaf"]
    world.log(anke)
    refused = world.refused(olaf, c.Reply(ticket="t1", text="Hello"))
    assert (refused.code, refused.params["department"]) == ("out_of_scope", "Technical support")
    decided = world.do(olaf, c.AddNote(ticket="t1", text="The customer called sales about this"))
    assert decided.changed == "sent_to_department"
    assert "note_from_outside" in world.tickets["t1"].flags
    shown = stub(world.tickets["t1"])
    assert FAULT.caller not in str(shown)
    assert FAULT.description not in str(shown)


def test_waiting_resolving_closing_and_reopening(world: World) -> None:
    anke = world.members["anke"]
    world.owed_call_back(anke)
    world.do(anke, c.TakeNext())
    world.do(anke, c.WaitForCustomer(ticket="t1", reason="log file"))
    assert not queue.waits(world.tickets["t1"])
    assert world.refused(anke, c.WaitForCustomer(ticket="t1")).code == "waiting_already"
    world.do(anke, c.CustomerAnswers(ticket="t1", text="here it is"))
    world.do(anke, c.LogTime(ticket="t1", minutes=7))
    world.do(anke, c.Resolve(ticket="t1", solution="new head"))
    assert queue.rank(world.policy, world.tickets["t1"]) == ""
    world.do(anke, c.Close(ticket="t1", summary="head replaced"))
    assert world.refused(anke, c.Reply(ticket="t1", text="x")).code == "finished"
    world.do(anke, c.Reopen(ticket="t1", reason="again"))
    ticket = world.tickets["t1"]
    assert (ticket.status, ticket.minutes, queue.waits(ticket)) == ("open", 7, True)


def test_an_imported_ticket_is_exempt_from_the_gates_and_marked(world: World) -> None:
    admin = world.add_member("import", role="admin")
    start = at("2026-06-01T09:00+02:00")
    ask = c.ImportTicket(
        ticket="old",
        source="elsewhere:INC1",
        kind="fault",
        channel="phone",
        department="technical_support",
        office="hamburg",
        fault=Fault(description="?"),
        title="Old one",
        entitlement=Entitlement("contract"),
        received_at=start,
        steps=(
            ImportedStep(at=start, event="handover.not_possible"),
            ImportedStep(at=start + dt.timedelta(hours=1), event="callback.attempted", by_specialist=True),
        ),
    )
    world.do(admin, ask)
    ticket = world.tickets["old"]
    assert ticket.imported == "elsewhere:INC1"
    assert ticket.clocks[0].state == "met"
    assert world.do(admin, ask).events == (), "a second run changes nothing"
    assert world.refused(world.members["anke"], ask).code == "not_allowed"


def test_a_ticket_is_the_fold_of_its_events(world: World) -> None:
    anke = world.members["anke"]
    world.owed_call_back(anke)
    world.do(anke, c.TakeNext())
    world.do(anke, c.Reply(ticket="t1", text="Hello"))
    folded: Ticket | None = None
    for event in world.events:
        if event.ticket == "t1":
            folded = apply_ticket(folded, event)
    assert folded == world.tickets["t1"]


@given(st.lists(st.tuples(st.integers(0, 300), st.booleans()), min_size=1, max_size=12))
def test_take_next_hands_out_every_waiting_ticket_once_in_the_order_of_rank(calls: list[tuple[int, bool]]) -> None:
    world = World(ready_policy())
    anke = world.add_member("anke", office="hamburg", departments=("technical_support",))
    world.entitle()
    start = world.now
    for number, (minutes, entitled) in enumerate(calls):
        world.now = start + dt.timedelta(minutes=minutes)
        fault = (
            FAULT
            if entitled
            else FAULT.__class__(**{f: getattr(FAULT, f) for f in FAULT.__struct_fields__} | {"company": "Nobody Ltd"})
        )
        world.log(anke, f"t{number}", fault=fault)
        world.do(anke, c.OfferCallBack(ticket=f"t{number}"))
    taken = []
    while world.queue_head(anke, "") is not None:
        taken.append(world.do(anke, c.TakeNext()).result["ticket"])
    ranks = [queue.rank(world.policy, world.tickets[ticket]) for ticket in taken]
    assert sorted(taken) == sorted(world.tickets)
    assert ranks == sorted(ranks)


def test_an_answer_without_words_is_refused_and_not_saved_by_its_signature(world: World) -> None:
    anke = world.members["anke"]
    world.owed_call_back(anke)
    world.do(anke, c.TakeNext())
    assert reply_text(world.policy, anke, "Hello").startswith("Hello")
    assert "Anke" in reply_text(world.policy, anke, "Hello")
    refused = world.refused(anke, c.Reply(ticket="t1", text=reply_text(world.policy, anke, " \n\u200b")))
    assert refused.code == "missing_text"


def test_h13_h14_no_side_door_lets_an_entitled_fault_go_without_one_of_the_two_ways(world: World) -> None:
    anke = world.members["anke"]
    world.log(anke)
    doors = (
        c.GiveBack(ticket="t1", reason="lunch"),
        c.HandOver(ticket="t1", member="anke", note="to myself"),
        c.Transfer(ticket="t1", department="sales", note="away"),
        c.Resolve(ticket="t1", solution="told them to turn it on"),
        c.Close(ticket="t1", summary="solved on the phone"),
        c.EndCall(call="call-t1"),
    )
    for door in doors:
        assert world.refused(anke, door).code == "missing_way_chosen", door
    world.do(anke, c.OfferCallBack(ticket="t1"))
    world.do(anke, c.Transfer(ticket="t1", department="sales", note="away"))


def test_h14_what_is_owed_can_be_recorded_on_a_closed_ticket(world: World) -> None:
    anke = world.members["anke"]
    world.owed_call_back(anke)
    world.do(anke, c.TakeNext())
    world.do(anke, c.Close(ticket="t1", summary="done"))
    world.do(world.members["sven"], c.AttemptCallBack(ticket="t1", reached=True))
    assert world.tickets["t1"].clocks[0].state == "met"
    assert world.tickets["t1"].status == "closed"


def test_h14_a25_what_is_owed_when_a_ticket_is_solved_or_closed_is_said_and_refuses_nothing(world: World) -> None:
    anke, sven = world.members["anke"], world.members["sven"]
    world.owed_call_back(anke)
    world.do(sven, c.TakeNext())
    due = world.tickets["t1"].clocks[-1].deadline
    assert due is not None
    world.do(sven, s.MakePromise(ticket="t1", promise="p", what="Send the manual", due=due + dt.timedelta(days=1)))
    said = [
        world.do(sven, ask).hints
        for ask in (c.Resolve(ticket="t1", solution="Swapped"), c.Close(ticket="t1", summary="Swapped"))
    ]
    assert said[0] == said[1]
    first, second = (wording.hint(world.policy, code).text for code in said[0])
    assert f"due {due.astimezone(ZoneInfo('Europe/Berlin')):%Y-%m-%d %H:%M} +0200; solving" in first
    assert "“Send the manual” is still owed" in second
    world.do(sven, c.AttemptCallBack(ticket="t1", reached=True))
    world.do(sven, c.Reopen(ticket="t1", reason="again"))
    world.do(sven, c.TakeNext())
    (left,) = world.do(sven, c.Close(ticket="t1", summary="Done")).hints
    assert left == said[0][1], "what was done is owed no more"


ALL = ("akixi", "ask4", "expandit", "hamburg-woking", "hosting")


@pytest.mark.parametrize("email", ["kim@customer.example", ""], ids=["an address", "none"])
@pytest.mark.parametrize("name", ALL)
def test_under_every_policy_an_answer_is_one_mail_to_the_customer_or_it_is_said_that_nobody_gets_it(
    name: str, email: str
) -> None:
    world = World(ready_policy(name))
    anna = world.add_member("anna", role="supervisor", email="anna@desk.example", phone="+44 20 7946 0000")
    department, kind = world.policy.departments[0].id, world.policy.kinds[0].id
    ticket = Ticket(
        id="t1",
        reference=world.fresh_reference(),
        channel="email",
        kind=kind,
        department=department,
        title="Help",
        email=email,
        holder=anna.id,
        holder_department=department,
        received_at=world.now,
        changed_at=world.now,
    )
    world.tickets[ticket.id] = ticket
    answer = reply_text(world.policy, anna, "It works again.", ticket)
    done = world.do(anna, c.Reply(ticket=ticket.id, text=answer))
    mails = [e.what for e in done.events if isinstance(e.what, MessageMade) and e.what.message == "reply"]
    assert [mail.to for mail in mails] == [email]
    assert "It works again." in mails[0].text
    assert ("no_address" in done.hints) is (email == "")
    assert "no e-mail address" in wording.hint(world.policy, "no_address").text


def test_an_answer_does_not_reopen_a_finished_ticket_by_a_side_door(world: World) -> None:
    anke = world.members["anke"]
    world.owed_call_back(anke)
    world.do(anke, c.TakeNext())
    world.do(anke, c.RequestInformation(ticket="t1", question="Which firmware?"))
    world.do(anke, c.Close(ticket="t1", summary="done"))
    world.do(anke, c.CustomerAnswers(ticket="t1", text="4.2"))
    assert (world.tickets["t1"].status, world.tickets["t1"].questions) == ("closed", ())


def test_a_ticket_is_never_handed_to_an_administrator(world: World) -> None:
    anke = world.members["anke"]
    world.add_member("ute", role="admin")
    world.owed_call_back(anke)
    world.do(anke, c.TakeNext())
    assert world.refused(anke, c.HandOver(ticket="t1", member="ute", note="please")).code == "unknown_member"
