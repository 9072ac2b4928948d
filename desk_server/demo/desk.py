"""A generated, believable desk: members, customers and what happened in the last weeks. Pure data, the same for the same seed and time."""

from __future__ import annotations

import datetime as dt
from random import Random

import msgspec

from desk_core import events as e
from desk_core.calls import Call, Outcome
from desk_core.events import Event
from desk_core.people import Asset, Contact, Contract, Customer, Member, fold
from desk_core.policy import Policy
from desk_core.tickets import Ticket
from desk_server.demo.companies import Company, all_companies, new_id
from desk_server.demo.hours import Hours
from desk_server.demo.paths import Staff
from desk_server.demo.planner import Planner
from desk_server.demo.plans import Plan, Teller
from desk_server.demo.scripts import Phrasebook, phrasebook
from desk_server.demo.sources import Sources, sources
from desk_server.demo.writer import LooseCall, Writer

LAST_COUNTER = 417_210
CLOSED = 3_000
LOOSE_CALLS = 180
_SEED = 417_211
_DAYS_BACK = 80


class DemoDesk(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a sample desk starts with. ``events`` are in the order in which they were recorded; tickets and calls are as
    they are after them. The next reference that the desk gives is that of ``next_counter``."""

    members: tuple[Member, ...]
    customers: tuple[Customer, ...]
    contacts: tuple[Contact, ...]
    assets: tuple[Asset, ...]
    contracts: tuple[Contract, ...]
    calls: tuple[Call, ...]
    tickets: tuple[Ticket, ...]
    events: tuple[Event, ...]
    next_counter: int


class UnfitPolicy(ValueError):
    """A policy whose offices or departments the sample desk does not speak of; the message is a sentence."""


def generate(policy: Policy, now: dt.datetime, seed: int = _SEED) -> DemoDesk:
    """The sample desk as it stands at ``now``. Raises UnfitPolicy for a policy without its offices and departments."""
    dice = Random(seed)  # noqa: S311 - sample data that must come out the same every time
    made_from = sources()
    _check(policy, made_from)
    today = policy.calendar(policy.offices[0].calendar).local_date(now)
    members = _members(dice, made_from)
    companies = all_companies(dice, made_from, today)
    loads = {m.id: p.load for m, p in zip(members, made_from.member, strict=True)}
    writer = Writer(dice, policy)
    plans: list[tuple[dt.datetime, Plan | LooseCall, Hours]] = []
    for region in made_from.region:
        office, share = region.office, region.share / 100
        calendar = policy.calendar(next(o.calendar for o in policy.offices if o.id == office))
        hours = Hours(calendar, now, _DAYS_BACK)
        book = phrasebook(office)
        staff = [m for m in members if m.office == office]
        teller = Teller(dice, book, made_from.product)
        planner = Planner(dice, policy, office, calendar, hours, teller, Staff(dice, staff, loads), companies[office])
        planned = planner.open_tickets(region.first_companies, share)
        planned += planner.closed_tickets(round(CLOSED * share))
        plans += [(hours.at(plan.start), plan, hours) for plan in planned]
        loose = _loose_calls(dice, office, hours, book, staff, companies[office], round(LOOSE_CALLS * share))
        plans += [(hours.at(call.start), call, hours) for call in loose]
    plans.sort(key=lambda p: p[0])
    counter = LAST_COUNTER - len(plans)
    for counter, (_, plan, hours) in enumerate(plans, start=LAST_COUNTER + 1 - len(plans)):
        if isinstance(plan, Plan):
            writer.ticket(plan, hours, counter)
        else:
            writer.loose_call(plan, hours, counter)
    return _desk(members, companies, writer, counter + 1)


def _check(policy: Policy, made_from: Sources) -> None:
    offices = {o.id for o in policy.offices}
    departments = {d.id for d in policy.departments}
    wanted = [r.office for r in made_from.region if r.office not in offices]
    wanted += sorted({d for m in made_from.member for d in m.departments} - departments)
    if wanted:
        raise UnfitPolicy(
            f"The sample desk needs a policy with its offices and departments; {policy.head.name} has no {', '.join(wanted)}."
        )


def _members(dice: Random, made_from: Sources) -> tuple[Member, ...]:
    numbers = {region.office: region.staff_numbers for region in made_from.region}
    return tuple(
        Member(
            id=new_id(dice),
            login=person.login,
            name=person.name,
            role=person.role,
            functions=person.functions,
            departments=person.departments,
            skills=person.skills,
            office=person.office,
            phone=numbers[person.office].format(number),
            email=f"{fold(person.name).replace(' ', '.')}@labeljet.example",
        )
        for number, person in enumerate(made_from.member, start=1)
    )


def _loose_calls(
    dice: Random,
    office: str,
    hours: Hours,
    book: Phrasebook,
    staff: list[Member],
    companies: list[Company],
    count: int,
) -> list[LooseCall]:
    """Calls that came to nothing; their record is kept all the same (H-08)."""
    phrases = book.office
    remarks: dict[Outcome, tuple[str, ...]] = {
        "abandoned": phrases.abandoned,
        "wrong_number": phrases.wrong_number,
        "no_ticket_needed": phrases.not_needed,
    }
    takers = [m for m in staff if "call_taker" in m.functions]
    calls = []
    for _ in range(count):
        outcome = dice.choices(tuple(remarks), (5, 2, 3))[0]
        calls.append(
            LooseCall(
                start=hours.now - dice.uniform(600, 30 * 8.5 * 3600),
                office=office,
                member=dice.choice(takers),
                number=dice.choice(companies).contacts[0].phone_e164 if outcome != "wrong_number" else "",
                outcome=outcome,
                remark=dice.choice(remarks[outcome]),
            )
        )
    return calls


def _desk(
    members: tuple[Member, ...], companies: dict[str, list[Company]], writer: Writer, next_counter: int
) -> DemoDesk:
    every = [company for office in companies.values() for company in office]
    return DemoDesk(
        members=members,
        customers=tuple(c.customer for c in every),
        contacts=tuple(contact for c in every for contact in c.contacts),
        assets=tuple(asset for c in every for asset in c.assets),
        contracts=tuple(contract for c in every for contract in c.contracts),
        calls=tuple(writer.calls),
        tickets=tuple(writer.tickets),
        events=tuple(sorted(writer.events, key=_recorded)),
        next_counter=next_counter,
    )


def _recorded(event: e.Event) -> dt.datetime:
    return event.recorded_at
