"""From the first ring to the end of the call: H-05, H-08 to H-14, H-16 to H-21, H-32, H-34, H-35, P6."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import references
from desk_core.decisions import Decided, Undecided, decide
from desk_core.people import Asset, Contract, Customer, Member
from desk_core.tickets import Ticket
from desk_core.views import Lacking
from tests.support.world import FAULT, World, at, ready_policy


@pytest.fixture
def world() -> World:
    made = World(ready_policy())
    made.add_member("anke", office="hamburg", departments=("technical_support",))
    made.add_member("sven", office="hamburg", departments=("technical_support",), functions=("specialist",))
    made.add_member("dora", office="woking", departments=("technical_support",), functions=("specialist",))
    made.add_member("susi", office="hamburg", departments=("technical_support",), role="supervisor")
    made.add_member("olaf", office="hamburg", departments=("sales",))
    return made


@pytest.mark.rule("H-08")
def test_h08_a_begun_call_has_a_record_and_ends_only_with_a_reason(world: World) -> None:
    anke = world.members["anke"]
    reference = world.begin(anke, "k1")
    assert world.calls["k1"].reference == reference
    refused = world.refused(anke, c.EndCall(call="k1"))
    assert refused.code == "missing_outcome"
    world.do(anke, c.EndCall(call="k1", outcome="wrong_number"))
    assert world.calls["k1"].outcome == "wrong_number"
    assert world.calls["k1"].reference == reference, "an abandoned call keeps its number"


@pytest.mark.rule("H-09")
def test_h09_the_ticket_has_the_number_of_its_call(world: World) -> None:
    anke = world.members["anke"]
    reference = world.begin(anke, "k1")
    decided = world.do(anke, c.LogCall(call="k1", ticket="t1", fault=FAULT))
    assert decided.result["reference"] == reference == world.tickets["t1"].reference
    assert references.parse(references.grouped(reference)) == reference


def test_p6_a_number_that_somebody_has_is_replaced_and_the_spoken_one_finds_the_ticket(world: World) -> None:
    anke, sven = world.members["anke"], world.members["sven"]
    taken = world.begin(anke, "k1")
    decided = world.do(sven, c.BeginCall(call="k2", reference=taken, rang_at=world.now))
    assert decided.changed == "new_number"
    assert world.calls["k2"].reference != taken
    world.do(sven, c.LogCall(call="k2", ticket="t2", fault=FAULT))
    assert world.tickets["t2"].aliases == (taken,)


@pytest.mark.parametrize(
    ("field", "rule"),
    [
        pytest.param("caller", "H-16", marks=pytest.mark.rule("H-16")),
        pytest.param("company", "H-17", marks=pytest.mark.rule("H-17")),
        pytest.param("phone", "H-18", marks=pytest.mark.rule("H-18")),
        pytest.param("product", "H-19", marks=pytest.mark.rule("H-19")),
        pytest.param("serial", "H-20", marks=pytest.mark.rule("H-20")),
        pytest.param("description", "H-21", marks=pytest.mark.rule("H-21")),
    ],
)
@pytest.mark.parametrize("empty", ["", "   ", "\u200b\n\t"])
def test_h16_to_h21_a_fault_is_not_saved_without_each_of_six_fields(
    world: World, field: str, rule: str, empty: str
) -> None:
    anke = world.members["anke"]
    world.begin(anke, "k1")
    fault = msgspec.structs.replace(FAULT, **{field: empty})
    refused = world.refused(anke, c.LogCall(call="k1", ticket="t1", fault=fault, title="Printer"))
    assert refused.fields == (field,)
    assert rule in refused.text
    assert "t1" not in world.tickets


def test_h16_all_missing_fields_are_named_at_once_and_the_first_is_explained(world: World) -> None:
    anke = world.members["anke"]
    world.begin(anke, "k1")
    refused = world.refused(
        anke, c.LogCall(call="k1", ticket="t1", fault=msgspec.structs.replace(FAULT, caller="", serial=""))
    )
    assert refused.fields == ("caller", "serial")
    assert "H-16" in refused.text


@pytest.mark.rule("H-20")
def test_h20_only_a_supervisor_saves_a_fault_without_serial_number_and_with_a_reason(world: World) -> None:
    unreadable = msgspec.structs.replace(FAULT, serial="", serial_missing="plate burnt off")
    world.begin(world.members["anke"], "k1")
    assert (
        world.refused(world.members["anke"], c.LogCall(call="k1", ticket="t1", fault=unreadable)).code
        == "serial_reason"
    )
    world.begin(world.members["susi"], "k2")
    world.do(world.members["susi"], c.LogCall(call="k2", ticket="t2", fault=unreadable))
    assert world.tickets["t2"].fault.serial_missing == "plate burnt off"


@pytest.mark.parametrize(
    ("office", "typed", "stored"),
    [("hamburg", "040 123456", "+4940123456"), ("woking", "01483 555017", "+441483555017")],
)
@pytest.mark.rule("H-18")
def test_h18_the_phone_number_is_kept_as_typed_and_in_international_form(
    world: World, office: str, typed: str, stored: str
) -> None:
    fault = msgspec.structs.replace(FAULT, phone=typed)
    ticket = world.log(world.members["anke"], fault=fault, office=office)
    assert (ticket.fault.phone, ticket.fault.phone_e164) == (typed, stored)


@pytest.mark.rule("H-32")
def test_h32_an_enquiry_and_a_complaint_need_no_serial_number(world: World) -> None:
    anke = world.members["anke"]
    for number, kind in enumerate(("enquiry", "complaint")):
        fault = msgspec.structs.replace(FAULT, serial="", product="")
        ticket = world.log(anke, f"t{number}", fault=fault, kind=kind)
        assert ticket.kind == kind
        assert not ticket.undecided
    world.begin(anke, "k9")
    assert world.refused(anke, c.LogCall(call="k9", ticket="t9", kind="wish", fault=FAULT)).code == "unknown_kind"


@pytest.mark.rule("H-10")
def test_h10_no_way_on_and_no_end_of_the_call_without_a_class(world: World) -> None:
    anke = world.members["anke"]
    world.entitle()
    world.log(anke, classification="")
    assert world.refused(anke, c.OfferCallBack(ticket="t1")).code == "missing_classification"
    assert world.refused(anke, c.PutThrough(ticket="t1", member="sven")).code == "missing_classification"
    assert world.refused(anke, c.EndCall(call="call-t1")).code == "missing_classification"
    world.do(anke, c.Classify(ticket="t1", classification="squeaks when it prints"))
    world.do(anke, c.OfferCallBack(ticket="t1"))
    world.do(anke, c.EndCall(call="call-t1"))
    assert world.tickets["t1"].classification == "squeaks when it prints"


@pytest.mark.rule("H-13")
def test_h13_the_call_of_an_entitled_fault_ends_only_after_one_of_the_two_ways(world: World) -> None:
    anke = world.members["anke"]
    world.entitle()
    world.log(anke)
    assert world.refused(anke, c.EndCall(call="call-t1")).code == "missing_way_chosen"
    world.do(anke, c.PutThrough(ticket="t1", member="sven"))
    assert world.tickets["t1"].holder == "sven"
    world.do(anke, c.EndCall(call="call-t1"))


@pytest.mark.rule("H-13", "H-15")
def test_h13_h15_a_caller_is_put_through_to_a_specialist_only(world: World) -> None:
    anke = world.members["anke"]
    world.entitle()
    world.log(anke)
    refused = world.refused(anke, c.PutThrough(ticket="t1", member="susi"))
    assert refused.code == "not_specialist"
    assert "H-13" in refused.text


@pytest.mark.rule("H-11")
def test_h11_told_is_kept_with_its_time_and_not_told_is_kept_too(world: World) -> None:
    anke = world.members["anke"]
    world.log(anke)
    told_at = world.now + dt.timedelta(seconds=90)
    world.do(anke, c.TellCall(call="call-t1"), stated_at=None)
    assert world.calls["call-t1"].told_at == world.now
    world.log(anke, "t2")
    world.now = told_at
    world.do(anke, c.OfferCallBack(ticket="t2"))
    world.do(anke, c.EndCall(call="call-t2", not_told=True))
    assert world.calls["call-t2"].not_told


@pytest.mark.rule("H-05")
def test_h05_without_contract_and_warranty_the_call_is_logged_without_a_promise(world: World) -> None:
    anke = world.members["anke"]
    ticket = world.owed_call_back(anke)
    assert ticket.entitlement.source == "none"
    assert ticket.clocks == ()
    world.do(anke, c.EndCall(call="call-t1"))


@pytest.mark.rule("H-05")
def test_h05_with_a_contract_the_promise_runs(world: World) -> None:
    world.entitle()
    ticket = world.owed_call_back(world.members["anke"])
    assert ticket.entitlement.source == "contract"
    assert [clock.id for clock in ticket.clocks] == ["callback"]


@pytest.mark.parametrize(("until", "entitled"), [(dt.date(2026, 6, 9), True), (dt.date(2026, 6, 8), False)])
@pytest.mark.rule("H-12")
def test_h12_a_warranty_counts_to_the_end_of_its_last_day(world: World, until: dt.date, entitled: bool) -> None:
    world.customers["k"] = Customer(id="k", name=FAULT.company)
    world.assets["a"] = Asset(id="a", customer="k", product=FAULT.product, serial="lj43 0092817", warranty_until=until)
    world.now = at("2026-06-09T23:59:59+02:00")
    ticket = world.log(world.members["anke"])
    assert ticket.entitlement.entitled is entitled
    assert ticket.entitlement.until == until, "one that ended is named, so that the agent can say so"


@pytest.mark.rule("H-34")
def test_h34_a_customer_in_warranty_only_gets_the_call_back_too(world: World) -> None:
    world.customers["k"] = Customer(id="k", name=FAULT.company)
    world.assets["a"] = Asset(
        id="a", customer="k", product=FAULT.product, serial=FAULT.serial, warranty_until=dt.date(2026, 12, 31)
    )
    ticket = world.owed_call_back(world.members["anke"])
    assert ticket.entitlement.source == "warranty"
    assert ticket.leading_clock is not None


def test_h05_a_contract_for_one_serial_number_does_not_cover_another(world: World) -> None:
    world.customers["k"] = Customer(id="k", name=FAULT.company)
    begins, ends = dt.date(2020, 1, 1), dt.date(2030, 1, 1)
    world.contract_list.append(
        Contract(id="v", customer="k", title="One device", starts=begins, ends=ends, serial="OTHER-1")
    )
    assert not world.log(world.members["anke"]).entitlement.entitled


@pytest.mark.rule("H-35")
def test_h35_a_ticket_has_the_office_that_logged_the_call_and_may_be_moved_with_both_deadlines_kept(
    world: World,
) -> None:
    anke = world.members["anke"]
    world.now = at("2026-05-13T16:15+02:00")
    world.entitle()
    ticket = world.owed_call_back(anke)
    assert ticket.office == "hamburg"
    assert ticket.clocks[0].deadline == at("2026-05-18T09:45+02:00")
    decided = world.do(anke, c.MoveOffice(ticket="t1", office="woking"))
    (change,) = decided.events[-1].clocks
    assert msgspec.to_builtins(change)["old_deadline"] == "2026-05-18T07:45:00Z"
    assert (
        world.tickets["t1"].clocks[0].deadline == at("2026-05-14T08:30+01:00")
        or world.tickets["t1"].clocks[0].calendar == "woking"
    )


def test_r63_text_that_cannot_be_stored_is_refused_with_its_field(world: World) -> None:
    anke = world.members["anke"]
    world.begin(anke, "k1")
    for field, text, code in (
        ("description", "half \ud800 a character", "bad_text_surrogate"),
        ("caller", "x\0y", "bad_text_control"),
        ("caller", "x" * 501, "bad_text_long"),
    ):
        fault = msgspec.structs.replace(FAULT, **{field: text})
        refused = world.refused(anke, c.LogCall(call="k1", ticket="t1", fault=fault))
        assert (refused.code, refused.fields) == (code, (field,))


def test_p21_a_command_runs_only_as_its_recorded_actor(world: World) -> None:
    ask = c.BeginCall(call="k1", reference=world.fresh_reference(), rang_at=world.now)
    command = c.Command(id="c", ask=ask, actor="anke", issued_at=world.now)
    assert getattr(decide(world, command, world.members["sven"], world.now), "code", "") == "wrong_actor"


def test_a_client_that_lacks_a_fact_is_undecided(world: World) -> None:
    class Client(World):
        def queue_head(self, member: Member, department: str) -> Ticket | None:
            raise Lacking(f"queue_head of {department or member.departments}")

    client = Client(world.policy)
    assert world.ask(world.members["anke"], c.TakeNext(), view=client) == Undecided(
        fact="queue_head of ('technical_support',)"
    )


def test_r52_phone_events_may_come_twice_and_in_any_order(world: World) -> None:
    anke = world.members["anke"]
    world.begin(anke, "k1")
    world.do(anke, c.HangUp(call="k1", ended_at=world.now))
    again = world.do(anke, c.HangUp(call="k1", ended_at=world.now))
    assert isinstance(again, Decided)
    assert again.events == ()
    assert world.ask(anke, c.BeginCall(call="k1", reference="x", rang_at=world.now)) == Decided(result={"call": "k1"})


def test_r01_a_new_ticket_never_takes_the_identity_of_another(world: World) -> None:
    anke, olaf = world.members["anke"], world.members["olaf"]
    secret = world.log(anke)
    world.begin(olaf, "k2")
    fault = msgspec.structs.replace(FAULT, caller="Thief")
    assert world.refused(olaf, c.LogCall(call="k2", ticket="t1", fault=fault)).code == "ticket_known"
    asked = c.CreateTicket(
        ticket="t1", reference=world.fresh_reference(), channel="email", title="x", received_at=world.now
    )
    assert world.refused(olaf, asked).code == "ticket_known"
    world.elsewhere.add("t9")
    world.begin(olaf, "k3")
    assert world.refused(olaf, c.LogCall(call="k3", ticket="t9", fault=fault)).code == "ticket_known"
    assert world.tickets["t1"] == secret


@pytest.mark.parametrize("bad", ["hello", "", "1", "1000003"])
def test_h09_a_number_with_a_wrong_check_digit_is_replaced(world: World, bad: str) -> None:
    decided = world.do(world.members["anke"], c.BeginCall(call="k1", reference=bad, rang_at=world.now))
    assert decided.changed == "new_number" or bad == ""
    assert references.parse(world.calls["k1"].reference) == world.calls["k1"].reference


@pytest.mark.parametrize("given", [{"category": " "}, {"category": "no.such"}, {"classification": "\u200b"}])
def test_h10_a_class_is_a_known_category_or_words_that_can_be_read(world: World, given: dict[str, str]) -> None:
    anke = world.members["anke"]
    ticket = world.log(anke, **{"classification": "", **given})
    if given.get("category") == "no.such":
        assert (ticket.category, ticket.classification) == ("", "no.such"), "an unknown class is free words"
    else:
        assert world.refused(anke, c.OfferCallBack(ticket="t1")).code == "missing_classification"


def test_ts11_a_stated_time_moves_no_ticket_further_ahead_than_the_policy_allows(world: World) -> None:
    anke = world.members["anke"]
    long_ago = at("1999-01-01T00:00+00:00")
    earliest = world.now - dt.timedelta(hours=world.policy.limits.stated_back_hours)
    world.do(anke, c.BeginCall(call="k1", reference=world.fresh_reference(), rang_at=long_ago))
    world.do(anke, c.LogCall(call="k1", ticket="t1", fault=FAULT))
    world.do(
        anke,
        c.CreateTicket(
            ticket="t2", reference=world.fresh_reference(), channel="letter", title="x", received_at=long_ago
        ),
    )
    world.do(
        anke,
        c.CreateTicket(
            ticket="t3",
            reference=world.fresh_reference(),
            channel="letter",
            title="x",
            received_at=at("2099-01-01T00:00+00:00"),
        ),
    )
    received = [world.tickets[ticket].received_at for ticket in ("t1", "t2", "t3")]
    assert received == [earliest, earliest, world.now]


def test_h12_another_customers_device_entitles_nobody(world: World) -> None:
    world.customers["poor"] = Customer(id="poor", name=FAULT.company)
    world.customers["rich"] = Customer(id="rich", name="Rich AG")
    world.assets["a"] = Asset(
        id="a", customer="rich", product="x", serial=FAULT.serial, warranty_until=dt.date(2030, 1, 1)
    )
    assert not world.log(world.members["anke"]).entitlement.entitled


@pytest.mark.parametrize(
    ("phone", "fine"), [("banana", False), ("110", True), ("sip:imke@nord.example", True), ("ext. 17", True)]
)
def test_h18_the_number_can_be_called_back(world: World, phone: str, fine: bool) -> None:
    anke = world.members["anke"]
    world.begin(anke, "k1")
    asked = c.LogCall(call="k1", ticket="t1", fault=msgspec.structs.replace(FAULT, phone=phone))
    if fine:
        world.do(anke, asked)
    else:
        assert (world.refused(anke, asked).code, world.refused(anke, asked).fields) == ("bad_phone", ("phone",))


def test_an_enquiry_for_another_department_waits_in_its_queue_at_once(world: World) -> None:
    ticket = world.log(world.members["anke"], kind="enquiry")
    assert (ticket.department, ticket.holder) == ("customer_service", "")
