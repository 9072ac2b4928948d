"""The lines of what is easily missed that show only while people work: 1, 2, 4, 6, 8, 13, 16, 17, 19 and 20."""

from __future__ import annotations

import msgspec

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import kpis
from desk_core.people import Customer, Member
from tests.core.charters import desk_of_akixi, desk_of_expandit
from tests.support.world import FAULT, World, at, ready_policy

HELLO = "Dear customers"
ENDING = "Thank you for your interest in our products and services."


def hosting() -> World:
    made = World(ready_policy("hosting"))
    made.now = at("2026-06-09T14:00+07:00")
    made.add_member("cleo", functions=("cs",), departments=("cs",))
    made.add_member("tam", departments=("technical",))
    for customer in ("k", "m"):
        made.customers[customer] = Customer(id=customer, name=customer)
    return made


def issue(world: World, ticket: str, customer: str = "k") -> None:
    world.create(world.members["cleo"], ticket, channel="email", kind="fault", customer=customer)
    world.do(world.members["cleo"], s.Triage(ticket=ticket, category="hosting_domain"))


def office() -> tuple[World, Member]:
    """The desk with two offices, and who takes its calls."""
    world = World(ready_policy())
    anke = world.add_member("anke", departments=("technical_support",))
    world.add_member("sven", departments=("technical_support",), functions=("specialist",))
    world.add_member("tess", role="manager", functions=("technical_support_manager",), phone="1")
    world.entitle()
    return world, anke


def test_missed_01_the_number_is_there_during_the_call_and_stays_the_tickets() -> None:
    """H-09: from this device's own numbers, so without the network too."""
    world, anke = office()
    told = world.begin(anke, "k1")
    assert world.calls["k1"].ended_at is None
    world.do(anke, c.LogCall(call="k1", ticket="t1", fault=FAULT, classification="Printhead"))
    assert world.tickets["t1"].reference == told


def test_missed_02_nothing_stands_before_the_greeting_nor_after_the_last_sentence() -> None:
    """V-27, V-28: the plural, and neither signature nor reference nor quoted mail."""
    world = hosting()
    issue(world, "t1")
    tam = world.members["tam"]
    world.do(tam, c.TakeNext())
    for text in (f"Dear customer\n\nx\n\n{ENDING}", f"Re: x\n{HELLO}\n\nx\n\n{ENDING}"):
        assert world.refused(tam, c.Reply(ticket="t1", text=text)).code == "reply_greeting"
    assert world.refused(tam, c.Reply(ticket="t1", text=f"{HELLO}\n\nx\n\n{ENDING}\nTam")).code == "reply_closing"
    world.do(tam, c.Reply(ticket="t1", text=f"{HELLO}\n\nIt works.\n\n{ENDING}"))
    (sent,) = world.made("reply")
    assert (sent.text.startswith(HELLO), sent.text.endswith(ENDING)) == (True, True)


def test_missed_04_the_second_issue_of_a_customer_is_skipped_until_the_first_is_done() -> None:
    """V-21, V-23."""
    world = hosting()
    for ticket, customer in (("t1", "k"), ("t2", "k"), ("t3", "m")):
        issue(world, ticket, customer)
    tam = world.members["tam"]
    assert [world.do(tam, c.TakeNext()).result["ticket"] for _ in range(2)] == ["t1", "t3"]
    assert world.refused(tam, c.TakeNext()).code in ("queue_empty", "previous_issue_open")
    world.do(tam, c.Reply(ticket="t1", text=f"{HELLO}\n\nIt works.\n\n{ENDING}"))
    world.do(tam, c.Close(ticket="t1", summary="done"))
    assert world.do(tam, c.TakeNext()).result["ticket"] == "t2"


def test_missed_06_no_complaint_by_phone_while_the_call_is_logged_and_an_early_update_ends_it_earlier() -> None:
    """K-23, K-26."""
    world = World(ready_policy("ask4"))
    world.now = at("2026-06-08T10:00+01:00")
    bob = world.add_member("bob", email="bob@desk.example", functions=("complaint_handler",))
    form = s.ComplaintForm(summary="Nobody came")
    raw = c.CreateTicket(
        ticket="t0", reference="x", channel="phone", kind="complaint", received_at=world.now, complaint=form
    )
    assert world.refused(bob, raw).code == "channel_refused"
    world.log(bob, "call", kind="contact", email="ugo@customer.example")
    deadlines = []
    for ticket, update in (("early", "2026-06-09T15:00+01:00"), ("late", "2026-06-11T15:00+01:00")):
        world.now = at("2026-06-08T10:00+01:00")
        world.create(bob, ticket, channel="form", kind="complaint", email="ugo@customer.example", complaint=form)
        world.now = at(update)
        world.do(bob, s.UpdateComplaint(ticket=ticket, text="Verifichiamo"))
        clock = world.tickets[ticket].clock("formal_response")
        assert clock is not None
        assert clock.deadline is not None
        deadlines.append(clock.deadline)
    assert deadlines[0] < deadlines[1]


def test_missed_08_a_commercial_agreement_is_outside_the_charter_and_outside_the_90_percent() -> None:
    """A-03, A-33."""
    world = desk_of_akixi.desk()
    anna = desk_of_akixi.anna(world)
    for ticket in ("t1", "t2"):
        desk_of_akixi.mailed(world, ticket)
    world.do(anna, s.Exempt(ticket="t1", exemption="commercial_sla", contract="SLA-7"))
    a1 = next(kpi for kpi in world.policy.kpis if kpi.id == "A1")
    found = kpis.figure(world.policy, a1, world.tickets.values())
    assert (found.running, found.left_out, world.tickets["t1"].leading_clock) == (1, 1, None)


def test_missed_13_only_a_specialist_keeps_the_two_hours_and_only_writing_the_two_days() -> None:
    """H-15, E-38."""
    world, anke = office()
    world.owed_call_back(anke, "t1")
    for caller, state in ((anke, "running"), (world.members["sven"], "met")):
        world.do(caller, c.AttemptCallBack(ticket="t1", reached=True))
        clock = world.tickets["t1"].clock("callback")
        assert clock is not None
        assert clock.state == state
    desk = desk_of_expandit.desk()
    desk_of_expandit.complain(desk)
    for spoken, state in ((True, "running"), (False, "met")):
        text = "" if spoken else "Wir haben sie erhalten."
        desk.do(desk_of_expandit.anna(desk), s.AcknowledgeComplaint(ticket="t1", spoken=spoken, text=text))
        assert desk_of_expandit.clock(desk, "complaint_acknowledged")[0] == state


def test_missed_16_a_copy_of_every_answer_and_every_complaint_under_one_of_two_logs() -> None:
    """E-17, E-40."""
    world = desk_of_expandit.desk()
    anna = desk_of_expandit.anna(world)
    desk_of_expandit.mailed(world)
    for _ in range(2):
        world.do(anna, c.Reply(ticket="t1", text="Gern."))
    assert [message.copies for message in world.made("reply")] == [(desk_of_expandit.SUPPORT,)] * 2
    desk_of_expandit.complain(world, "t2", log_under="sales")
    assert [message.to for message in world.made("complaint_logged", "t2")] == [desk_of_expandit.SALES]


def test_missed_17_the_manager_is_there_without_reason_or_precondition_in_any_state() -> None:
    """H-28."""
    world, anke = office()
    world.log(anke, "stranger", fault=msgspec.structs.replace(FAULT, company="Nobody Ltd", serial="X"))
    world.log(anke, "done")
    world.tickets["done"] = msgspec.structs.replace(world.tickets["done"], status="closed", closed_at=world.now)
    for ticket in ("stranger", "done"):
        world.do(anke, s.Escalate(step="technical_support_manager", ticket=ticket))
        assert [wish.member for wish in world.tickets[ticket].escalations] == ["tess"]


def test_missed_19_every_mail_names_who_deals_with_it_in_full_also_the_escalation_its_new_person() -> None:
    """A-30, A-42."""
    world = desk_of_akixi.desk()
    desk_of_akixi.mailed(world)
    desk_of_akixi.answer(world)
    world.pass_time(at("2026-03-17T10:00:01+00:00"))
    for name, person in (("created", "anna"), ("reply", "anna"), ("who_deals", "cora")):
        (message,) = world.made(name)
        for detail in (person.title(), f"{person}@desk.example", "+44 20 7946 0000"):
            assert detail in message.text, (name, detail)


def test_missed_20_an_ordinary_ticket_of_one_charter_has_no_clock_at_all() -> None:
    """K: showing one would be invented."""
    world = World(ready_policy("ask4"))
    bob = world.add_member("bob", email="bob@desk.example")
    world.create(bob, channel="email", kind="contact", email="ugo@customer.example")
    assert world.tickets["t1"].clocks == ()
    assert not [rule.id for rule in world.policy.clocks if not rule.kinds and rule.starts == "ticket.created"]
