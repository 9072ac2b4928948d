"""Registers between desks: written offline, decided by somebody else, and off the machine when the right to read them is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
import pytest

from desk_core.commands_of_service import ChangeEntry
from desk_core.people import Member, Role
from desk_core.policy import Policy
from desk_core.records import Value
from tests.journeys.looking import whole_cache
from tests.journeys.office import Office, Seat, offline
from tests.support.charter_desks import HOSTING, make_charter_desk
from tests.support.server import FAULT, MONDAY
from tests.waiting import until

SENTINEL = "Zebragossip"


def says(**values: str) -> tuple[Value, ...]:
    return tuple(Value(field=field, value=value) for field, value in values.items())


def texts(seat: Seat, register: str = "feedback") -> set[str]:
    return {line.entry.value("text") for line in seat.client.registers.lines(register)}


@pytest.mark.rule("H-25", "H-27")
def test_feedback_written_offline_is_decided_on_by_a_colleague_of_another_department(office: Office) -> None:
    anna, ben, carla = (office.seat(name) for name in ("anna", "ben", "carla"))
    registers = anna.client.registers
    with offline(anna.wire):
        reference = anna.log_call(FAULT)
        ticket = anna.client.tickets.by_reference(reference).ticket.id  # type: ignore[union-attr]
        general = registers.add("feedback", says(topic="system", text="Slow"), due=MONDAY.date())
        special = registers.add("feedback", says(topic="suggestion", text="About this call"), ticket=ticket)
        for ask in (general, special):
            assert registers.give(ask).result(20).decided
        assert [(line.unsent, line.reference) for line in registers.lines("feedback")] == [
            (True, ""),
            (True, reference),
        ]
    for seat in (anna, ben, carla):
        seat.sync()
    assert texts(anna) == texts(ben) == {"Slow", "About this call"}
    assert texts(carla) == {"Slow"}, "what is said about a ticket stays in its department (P20)"
    office.clock.advance(days=1)
    assert [line.overdue for line in carla.client.registers.lines("feedback")] == [True]
    with offline(anna.wire, carla.wire):
        carla.client.registers.give(ChangeEntry(entry=general.entry, decision="Faster from Friday")).result(20)
        registers.give(ChangeEntry(entry=general.entry, values=says(text="Slow at noon"))).result(20)
    for seat in (carla, anna, carla, ben):
        seat.sync()
    lines = [{line.entry.id: line.entry for line in seat.client.registers.lines("feedback")} for seat in (anna, carla)]
    entry = lines[0][general.entry]
    assert entry == lines[1][general.entry]
    assert (entry.decision, entry.value("text")) == ("Faster from Friday", "Slow at noon"), "neither undoes the other"
    anna.client.tickets.transfer(ticket, "customer_service", "It is about the bill").result(20)
    for seat in (anna, ben, carla):
        seat.sync()
    assert texts(ben) == {"Slow at noon"}
    assert texts(carla) == {"Slow at noon", "About this call"}


def become(role: Role) -> Callable[[Policy, Member], Member]:
    return lambda _, member: msgspec.structs.replace(member, role=role, functions=())


@pytest.mark.rule("V-20")
def test_who_supervises_no_more_keeps_nothing_of_the_closed_registers_p20(office: Office) -> None:
    make_charter_desk(office.server.desks, "hosting", "hosting", HOSTING)
    head, lead, tam = (office.seat(f"h-{name}") for name in ("head", "lead", "tam"))
    duty = head.client.registers.add("duty_roster", says(note=SENTINEL), member="tam", due=dt.date(2026, 6, 9))
    head.client.registers.give(duty).result(20)
    head.sync()
    for seat, seen in ((lead, 1), (tam, 0)):
        seat.sync()
        assert whole_cache(seat.client.profile.path, seat.keyring).count(SENTINEL) >= seen
        assert [counted.register.id for counted in seat.client.registers.all()].count("duty_roster") == seen
    assert SENTINEL not in whole_cache(tam.client.profile.path, tam.keyring)
    with offline(lead.wire):
        office.server.desks.change("hosting", "lead", become("agent"))
    lead.sync()
    assert SENTINEL not in whole_cache(lead.client.profile.path, lead.keyring)
    assert [counted.register.id for counted in lead.client.registers.all()] == []
    assert len(head.client.registers.lines("duty_roster")) == 1
    office.server.desks.change("hosting", "lead", become("manager"))
    lead.sync()
    registers = lead.client.registers
    until(lambda: [counted.lines for counted in registers.all()], "the registers of a supervisor")
    assert [line.entry.id for line in registers.lines("duty_roster")] == [duty.entry]
