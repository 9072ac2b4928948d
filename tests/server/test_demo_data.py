"""The sample desk is believable: people, products, faults and promises fit together, whenever it is made."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from collections import Counter

import pytest
from msgspec.structs import replace

from desk_core import entitlement, events, policy_file, queue
from desk_core.decisions import apply_ticket
from desk_core.people import fold_serial, phone_e164
from desk_core.policy import Policy
from desk_core.references import parse, reference
from desk_core.resources import resource
from desk_core.tickets import Ticket
from desk_server.demo import DemoDesk, UnfitPolicy, generate
from desk_server.demo.scripts import phrasebook
from desk_server.demo.sources import sources

FRIDAY = dt.datetime(2026, 6, 12, 9, 6, tzinfo=dt.UTC)
MOMENTS = {
    "a Friday morning": FRIDAY,
    "a Saturday night": dt.datetime(2026, 11, 21, 22, 0, tzinfo=dt.UTC),
    "beyond the known holidays": dt.datetime(2029, 2, 6, 13, 30, tzinfo=dt.UTC),
}


@pytest.fixture(scope="module")
def policy() -> Policy:
    text = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    return policy_file.load(text, "hamburg-woking.toml")


@pytest.fixture(scope="module", params=MOMENTS.values(), ids=list(MOMENTS))
def now(request: pytest.FixtureRequest) -> dt.datetime:
    moment: dt.datetime = request.param
    return moment


@pytest.fixture(scope="module")
def desk(policy: Policy, now: dt.datetime) -> DemoDesk:
    return generate(policy, now)


@pytest.fixture(scope="module")
def waiting(desk: DemoDesk, policy: Policy) -> list[Ticket]:
    """What Take next hands out in technical support, in order."""
    found = [t for t in desk.tickets if queue.waits(t) and t.department == "technical_support"]
    return sorted(found, key=lambda t: queue.rank(policy, t))


def test_it_is_as_large_as_the_handbook_says(desk: DemoDesk) -> None:
    assert (len(desk.members), len(desk.customers)) == (12, 2000)
    assert Counter(t.active for t in desk.tickets) == {True: 400, False: 3000}
    assert {m.office for m in desk.members} == {c.office for c in desk.customers} == {"hamburg", "woking"}


def test_it_is_made_quickly_and_the_same_every_time(policy: Policy) -> None:
    started = time.process_time()
    first = generate(policy, FRIDAY)
    spent = time.process_time() - started
    assert generate(policy, FRIDAY) == first
    assert generate(policy, FRIDAY, seed=2) != first
    assert spent < 10  # two seconds on an idle machine


def test_ids_references_and_serial_numbers_are_nobody_elses(desk: DemoDesk) -> None:
    ids = [x.id for group in (desk.members, desk.customers, desk.contacts, desk.assets, desk.contracts) for x in group]
    ids += [e.id for e in desk.events] + [t.id for t in desk.tickets] + [c.id for c in desk.calls]
    assert len(ids) == len(set(ids))
    serials = [fold_serial(a.serial) for a in desk.assets]
    assert len(serials) == len(set(serials))
    spoken = {t.reference for t in desk.tickets} | {c.reference for c in desk.calls}
    assert all(parse(r) == r for r in spoken)
    assert len({t.reference for t in desk.tickets}) == len(desk.tickets)
    assert reference(desk.next_counter) not in spoken


def test_nothing_lies_in_the_future_and_the_records_are_in_order(desk: DemoDesk, now: dt.datetime) -> None:
    assert max(e.at for e in desk.events) <= now
    recorded = [e.recorded_at for e in desk.events]
    assert recorded == sorted(recorded)
    assert min(recorded) > now - dt.timedelta(days=90)


def test_each_ticket_is_what_its_events_make_of_it(desk: DemoDesk) -> None:
    folded: dict[str, Ticket | None] = {}
    for event in desk.events:
        if event.ticket:
            folded[event.ticket] = apply_ticket(folded.get(event.ticket), event)
    assert folded == {t.id: t for t in desk.tickets}


def test_people_work_only_where_they_belong(desk: DemoDesk) -> None:
    """A holder serves the ticket's department (§ 2 of the design), and only specialists call back (H-15)."""
    members = {m.id: m for m in desk.members}
    for ticket in desk.tickets:
        if ticket.holder:
            assert not members[ticket.holder].departments or ticket.department in members[ticket.holder].departments
    callers = {e.actor for e in desk.events if isinstance(e.what, events.CallBackAttempted)}
    assert all("specialist" in members[c].functions for c in callers)


def test_nobody_is_left_between_two_ways(desk: DemoDesk) -> None:
    """Every fault was put through or promised a call back (H-13), every call has its outcome (H-08)."""
    assert not any(t.undecided for t in desk.tickets)
    assert all(c.outcome and c.ended_at for c in desk.calls)
    assert {c.outcome for c in desk.calls} == {"logged", "abandoned", "wrong_number", "no_ticket_needed"}


def test_faults_are_complete_and_fit_their_product(desk: DemoDesk) -> None:
    """The six fields (H-16 to H-21) name a real device of that customer, and the class suits the device."""
    owner = {a.serial: (a.customer, a.product) for a in desk.assets}
    families = {p.name: set(p.families) for p in sources().product}
    can_have = {
        script.category: set(script.families) for office in ("hamburg", "woking") for script in phrasebook(office).fault
    }
    for ticket in desk.tickets:
        fault = ticket.fault
        assert "{" not in fault.description + ticket.title
        if ticket.kind != "fault":
            continue
        assert all((fault.caller, fault.company, fault.phone_e164, fault.product, fault.serial, fault.description))
        assert owner[fault.serial] == (ticket.customer, fault.product)
        if ticket.category != "repair":
            assert families[fault.product] & can_have[ticket.category]


def test_every_case_of_entitlement_occurs_and_is_the_rules_own(desk: DemoDesk, policy: Policy) -> None:
    """H-05, H-12, H-34: computed by the core's rule for the day of the call."""
    assert {t.entitlement.source for t in desk.tickets if t.active} == {"contract", "warranty", "none"}
    assets = {a.serial: a for a in desk.assets}
    for ticket in desk.tickets[::25]:
        contracts = [c for c in desk.contracts if c.customer == ticket.customer]
        day = policy.calendar(ticket.office).local_date(ticket.received_at)
        assert entitlement.find(policy, contracts, assets.get(ticket.fault.serial), day) == ticket.entitlement
    running = {c.serial == "" for c in desk.contracts}
    assert running == {True, False}


def test_only_the_entitled_are_promised_a_call_back(desk: DemoDesk) -> None:
    assert all(t.entitlement.entitled for t in desk.tickets if t.clock("callback"))
    assert any(not t.clock("callback") and not t.entitlement.entitled and t.active for t in desk.tickets)


def test_few_are_late_some_soon_and_most_fine(waiting: list[Ticket], policy: Policy, now: dt.datetime) -> None:
    owed = [t.leading_clock for t in waiting if t.leading_clock is not None]
    left = [policy.calendar(c.calendar).remaining(now, c.deadline) / 60 for c in owed if c.deadline is not None]
    late, soon = sum(m < 0 for m in left), sum(0 <= m <= 56 for m in left)
    assert 3 <= late <= 6
    assert 5 <= soon <= 10
    assert len(left) - late - soon >= 15
    assert len(waiting) > len(owed)


def test_kept_promises_outnumber_broken_ones(desk: DemoDesk) -> None:
    states = Counter(c.state for t in desk.tickets for c in t.clocks)
    assert 0 < states["missed"] < states["met"] / 10


def test_the_first_customers_wait_where_everybody_looks(desk: DemoDesk, waiting: list[Ticket]) -> None:
    """The companies of the handbook's pictures: Nordlicht is late, Brandt is next."""
    callers = [t.fault.caller for t in waiting]
    assert {"Imke Petersen", "Hauke Brandt", "Yasmin Demir", "Dr. Silke Kessel", "Helen Marsh"} <= set(callers)
    assert callers.index("Imke Petersen") < callers.index("Hauke Brandt") < callers.index("Yasmin Demir")
    paused = [t for t in desk.tickets if t.status == "waiting_customer"]
    assert "Malte Rieck" in {t.fault.caller for t in paused}


def test_phone_numbers_belong_to_the_ranges_for_fiction(desk: DemoDesk) -> None:
    ranges = ("+494066969", "+493023125", "+492214710", "+496990009", "+498999998", "+44207946")
    ranges_of_cities = tuple(f"+44{area}496" for area in (113, 117, 118, 121, 161))
    assert all(c.phone_e164.startswith((*ranges, *ranges_of_cities)) for c in desk.contacts)
    assert all(phone_e164(c.phone, "") == c.phone_e164 for c in desk.contacts)
    assert all(phone_e164(m.phone, "").startswith((*ranges, *ranges_of_cities)) for m in desk.members)
    assert all(c.email.endswith(".example") and c.email.isascii() for c in desk.contacts)


def test_no_sentence_comes_twice_in_a_row(desk: DemoDesk) -> None:
    """Read down what came in at one office: a caller who says exactly what the one before said is a rare chance."""
    spoken = [t.fault.description for t in sorted(desk.tickets, key=lambda t: t.received_at) if t.office == "woking"]
    repeats = sum(a == b for a, b in itertools.pairwise(spoken))
    assert repeats <= len(spoken) / 50
    assert len(set(spoken)) > len(spoken) / 3


def test_a_policy_without_these_offices_is_refused_in_a_sentence(policy: Policy) -> None:

    with pytest.raises(UnfitPolicy, match="has no woking, workshop"):
        generate(
            replace(
                policy,
                offices=policy.offices[:1],
                departments=tuple(d for d in policy.departments if d.id != "workshop"),
            ),
            FRIDAY,
        )
