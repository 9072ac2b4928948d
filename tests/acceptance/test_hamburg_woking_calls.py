"""The service promises of a firm with two offices, black box: taking a call (H-05 to H-13, H-16 to H-23, H-32, H-34, H-35)."""

from __future__ import annotations

import msgspec
import pytest

from desk_core import commands as c
from desk_core.references import parse
from tests.acceptance.desk import Desk
from tests.acceptance.hamburg_work import FLAGS, KERN, owed, typed
from tests.support.server import FAULT
from tests.support.world import at


@pytest.mark.rule("H-05")
def test_without_contract_and_warranty_a_call_is_logged_without_a_guarantee(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    told = anke.run("log-call", *typed(KERN), "--class", "Printhead", "--call-back")
    assert "not guaranteed" in told
    stranger = hamburg_woking.ticket(told.splitlines()[0])
    assert (stranger.entitlement.source, stranger.entitlement.entitled) == ("none", False)
    assert hamburg_woking.clock_of(stranger.id, "callback") == ("none", None)
    entitled = anke.json("log-call", *typed(), "--class", "Printhead", "--call-back")
    assert hamburg_woking.ticket(entitled["ticket"]).entitlement.source == "contract"
    assert hamburg_woking.clock_of(entitled["ticket"], "callback")[0] == "running"


@pytest.mark.rule("H-06", "H-07", "H-35")
def test_each_office_has_its_own_hours_holidays_and_bridge_days(hamburg_woking: Desk) -> None:
    def opens(office: str, start: str) -> str:
        return str(hamburg_woking.due("phone_hours", start, "--calendar", office)["deadline_utc"])

    tuesday = "2026-06-09T15:30:00Z"
    assert at(opens("hamburg", tuesday)) == at("2026-06-10T08:30+02:00")
    assert at(opens("woking", tuesday)) == at(tuesday)
    assert at(opens("woking", "2026-06-09T16:30:00Z")) == at("2026-06-10T08:30+01:00")
    bridge_day = "2026-05-15T12:00:00Z"
    assert at(opens("hamburg", bridge_day)) == at("2026-05-18T08:30+02:00")
    assert at(opens("woking", bridge_day)) == at(bridge_day)


@pytest.mark.rule("H-08")
def test_a_begun_call_cannot_be_dropped_and_its_record_stays(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    begun = anke.json("call-begin", "--phone", "040 5550177")
    refused = anke.refused("call-end", begun["reference"])
    assert (refused["code"], refused["fields"]) == ("missing_outcome", ["outcome"])
    assert anke.may_not(c.EndCall(call=begun["call"])).code == "missing_outcome"
    anke.run("call-end", begun["reference"], "--outcome", "wrong_number")
    (call,) = hamburg_woking.calls()
    assert (call.reference, call.outcome) == (begun["reference"], "wrong_number")


@pytest.mark.rule("H-09", "H-23")
def test_a_call_without_network_has_its_final_number_at_once_and_arrives_later(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    anke.run("sync")
    told = [anke.run("log-call", *typed(), "--class", "Printhead", "--offline").splitlines()[0] for _ in range(3)]
    assert hamburg_woking.calls() == []
    assert anke.json("sync")["unsent"] == 0
    assert {parse(number) for number in told} == {call.reference for call in hamburg_woking.calls()}
    assert len({hamburg_woking.ticket(number).id for number in told}) == 3


@pytest.mark.rule("H-10")
def test_a_call_with_a_fault_does_not_end_without_a_class(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    assert anke.refused("log-call", *typed())["code"] == "missing_classification"
    ticket = anke.hears()
    for ask in (c.OfferCallBack(ticket=ticket), c.EndCall(call=anke.call)):
        assert anke.may_not(ask).code == "missing_classification"
    anke.run("classify", hamburg_woking.ref(ticket), "--class", "squeaks when it prints")
    anke.does(c.OfferCallBack(ticket=ticket), c.EndCall(call=anke.call))


@pytest.mark.rule("H-11")
def test_that_number_and_class_were_told_or_not_is_kept_with_its_time(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    anke.run("log-call", *typed(), "--class", "Printhead")
    anke.run("log-call", *typed(), "--class", "Printhead", "--not-told")
    told, silent = sorted(hamburg_woking.calls(), key=lambda call: call.not_told)
    assert (told.told_at, told.not_told) == (hamburg_woking.clock.now(), False)
    assert (silent.told_at, silent.not_told) == (None, True)


@pytest.mark.rule("H-12", "H-34")
def test_a_device_in_warranty_is_entitled_to_the_end_of_its_last_day(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    hamburg_woking.at("2026-06-08T16:59:59+02:00")
    weber = msgspec.structs.replace(FAULT, company="Weber KG", serial="W-1")
    found = anke.json("log-call", *typed(weber), "--class", "Printhead", "--call-back")
    ticket = hamburg_woking.ticket(found["ticket"])
    assert (ticket.entitlement.source, ticket.entitlement.entitled) == ("warranty", True)
    assert hamburg_woking.clock_of(ticket.id, "callback") == ("running", at("2026-06-09T10:29:59+02:00"))
    late = owed(hamburg_woking, fault=KERN)
    assert not hamburg_woking.ticket(late).entitlement.entitled
    assert hamburg_woking.clock_of(late, "callback") == ("none", None)


@pytest.mark.rule("H-13")
def test_a_logged_fault_is_put_through_to_a_specialist_or_called_back_and_left_no_other_way(
    hamburg_woking: Desk,
) -> None:
    anke = hamburg_woking["anke"]
    ticket = anke.hears(classification="Printhead")
    assert anke.may_not(c.EndCall(call=anke.call)).code == "missing_way_chosen"
    assert anke.refused("put-through", hamburg_woking.ref(ticket), "--to", "tess")["code"] == "not_specialist"
    anke.run("put-through", hamburg_woking.ref(ticket), "--to", "sven")
    assert hamburg_woking.ticket(ticket).holder == hamburg_woking.member("sven")
    anke.does(c.EndCall(call=anke.call))


@pytest.mark.parametrize(
    "field",
    [
        pytest.param("caller", marks=pytest.mark.rule("H-16")),
        pytest.param("company", marks=pytest.mark.rule("H-17")),
        pytest.param("phone", marks=pytest.mark.rule("H-18")),
        pytest.param("product", marks=pytest.mark.rule("H-19")),
        pytest.param("serial", marks=pytest.mark.rule("H-20")),
        pytest.param("description", marks=pytest.mark.rule("H-21")),
    ],
)
def test_a_fault_is_not_saved_without_each_of_six_fields(hamburg_woking: Desk, field: str) -> None:
    anke = hamburg_woking["anke"]
    rest = ("--class", "Printhead", "--title", "Printer")
    for words in (typed(without=field), typed(FAULT, **{field: "  "})):
        refused = anke.refused("log-call", *words, *rest)
        assert refused["fields"] == [field]
    assert hamburg_woking.calls() == [], "nothing was begun that could not be finished"
    begin = c.BeginCall(call="k", reference=anke.by_hand.reference(), rang_at=hamburg_woking.clock.now())
    anke.does(begin)
    fault = msgspec.structs.replace(FAULT, **{field: " "})
    assert anke.may_not(c.LogCall(call="k", ticket="t", fault=fault, title="Printer")).fields == (field,)
    assert FLAGS.get(field, f"--{field}") in typed()


@pytest.mark.rule("H-18")
def test_a_telephone_number_is_kept_as_typed_and_in_international_form(hamburg_woking: Desk) -> None:
    done = hamburg_woking["anke"].json("log-call", *typed(phone="040 123456"), "--class", "Printhead")
    fault = hamburg_woking.ticket(done["ticket"]).fault
    assert (fault.phone, fault.phone_e164) == ("040 123456", "+4940123456")


@pytest.mark.rule("H-22")
def test_asking_for_more_puts_the_call_back_off_by_nothing(hamburg_woking: Desk) -> None:
    ticket = owed(hamburg_woking)
    before = hamburg_woking.clock_of(ticket, "callback")
    hamburg_woking["anke"].run("ask-customer", hamburg_woking.ref(ticket), "--question", "Which firmware?")
    assert hamburg_woking.clock_of(ticket, "callback") == before == ("running", at("2026-06-08T12:00+02:00"))
    assert hamburg_woking.ticket(ticket).questions == ("Which firmware?",)


@pytest.mark.rule("H-32")
def test_an_enquiry_and_a_complaint_need_no_serial_number_and_a_fault_does(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    for kind in ("enquiry", "complaint"):
        done = anke.json("log-call", *typed(without="serial"), "--kind", kind)
        assert hamburg_woking.ticket(done["ticket"]).kind == kind
    assert anke.refused("log-call", *typed(without="serial"), "--class", "Printhead")["fields"] == ["serial"]


@pytest.mark.rule("H-35")
def test_moving_a_ticket_to_the_other_office_recomputes_its_deadline_and_keeps_both(hamburg_woking: Desk) -> None:
    hamburg_woking.at("2026-05-13T16:15+02:00")
    ticket = owed(hamburg_woking)
    assert hamburg_woking.ticket(ticket).office == "hamburg"
    assert hamburg_woking.clock_of(ticket, "callback") == ("running", at("2026-05-18T09:45+02:00"))
    hamburg_woking["anke"].run("move-office", hamburg_woking.ref(ticket), "--to", "woking")
    assert hamburg_woking.ticket(ticket).office == "woking"
    deadline = hamburg_woking.clock_of(ticket, "callback")[1]
    changes = [msgspec.to_builtins(each) for event in hamburg_woking.events(ticket) for each in event.clocks]
    (moved,) = [each for each in changes if each.get("old_deadline")]
    assert (at(moved["old_deadline"]), deadline) == (at("2026-05-18T09:45+02:00"), at("2026-05-14T08:45+01:00"))
    assert at(moved["deadline"]) == deadline


@pytest.mark.rule("H-03")
def test_the_specialists_who_know_the_product_stand_first_and_say_whether_their_office_is_open(
    hamburg_woking: Desk,
) -> None:
    anke = hamburg_woking["anke"]
    ticket = anke.hears(classification="Printhead")
    found = anke.json("specialists", hamburg_woking.ref(ticket))
    assert [(each["name"], each["knows"], each["office_open"]) for each in found] == [
        ("sven", True, True),
        ("ada", False, True),
    ]
    hamburg_woking.at("2026-06-08T18:00+02:00")
    told = anke.run("specialists", hamburg_woking.ref(ticket)).splitlines()
    assert told == ["sven · knows this · office closed", "ada · office closed"]
