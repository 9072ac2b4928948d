"""Customer assistance and complaints as a desk, rule by rule: K-05 to K-31."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import registers, scope, wording
from desk_core.decisions.complaint_forms import evidence_missing
from desk_core.people import Customer, Member
from desk_core.policy_file import PolicyError, load
from desk_core.records import Evidence, Value
from desk_core.references import grouped
from desk_core.resources import resource
from desk_core.tickets import Ticket
from tests.support.world import FAULT, World, at, ready_policy


@pytest.fixture
def world() -> World:
    made = World(ready_policy("ask4"))
    made.now = at("2026-06-08T10:00+01:00")
    made.add_member("bob", email="bob@desk.example")
    made.add_member("carla", email="carla@desk.example", functions=("complaint_handler",))
    made.add_member("dora", email="dora@desk.example", functions=("appeal_reviewer",), role="supervisor")
    return made


def bob(world: World) -> Member:
    return world.members["bob"]


def complain(world: World, ticket: str = "t1", *, channel: str = "form", by: str = "carla", **form: object) -> Ticket:
    values = {"summary": "Nobody came", **form}
    ask = {"kind": "complaint", "email": "ugo@customer.example", "complaint": s.ComplaintForm(**values)}  # type: ignore[arg-type]
    return world.create(world.members[by], ticket, channel=channel, **ask)


def clock(world: World, name: str, ticket: str = "t1") -> tuple[str, dt.datetime | None]:
    found = world.tickets[ticket].clock(name)
    assert found is not None
    return found.state, found.deadline


def contact(world: World, ticket: str = "t1") -> Ticket:
    return world.create(bob(world), ticket, channel="email", kind="contact", email="ugo@customer.example")


@pytest.mark.rule("K-05")
def test_a_ticket_closes_with_a_resolution_only(world: World) -> None:
    contact(world)
    assert world.refused(bob(world), c.Close(ticket="t1", summary="done")).code == "missing_resolution"
    world.do(bob(world), s.SetFields(ticket="t1", values=(Value(field="cause", value="cable"),)))
    world.do(bob(world), c.Resolve(ticket="t1", solution="new cable"))
    world.do(bob(world), c.Close(ticket="t1", summary="done"))


@pytest.mark.rule("K-06")
def test_nothing_is_resolved_before_its_cause_is_known_or_explained(world: World) -> None:
    contact(world)
    refused = world.refused(bob(world), c.Resolve(ticket="t1", solution="restart"))
    assert (refused.code, refused.fields) == ("missing_field", ("cause",))
    world.do(bob(world), s.SetFields(ticket="t1", values=(Value(field="cause", value="unknown"),)))
    assert world.refused(bob(world), c.Resolve(ticket="t1", solution="restart")).fields == ("cause_note",)
    world.do(bob(world), s.SetFields(ticket="t1", values=(Value(field="cause_note", value="gone by itself"),)))
    world.do(bob(world), c.Resolve(ticket="t1", solution="restart"))


@pytest.mark.rule("K-08")
def test_jargon_is_marked_with_plain_words_and_nothing_is_blocked(world: World) -> None:
    contact(world)
    assert [word for word, _ in wording.jargon_in(world.policy, "Il dns non risponde")] == ["DNS"]
    assert "jargon" in world.do(bob(world), c.Reply(ticket="t1", text="Il DNS non risponde.")).hints


@pytest.mark.rule("K-10")
def test_help_is_refused_by_a_supervisor_and_the_complaint_stays_possible(world: World) -> None:
    complain(world)
    contact(world, "t2")
    ask = s.ProposeRefusal(ticket="t2", conduct="abusive", facts="insults")
    assert world.refused(bob(world), s.ApproveRefusal(ticket="t2", approved=True)).code == "only_supervisor"
    world.do(bob(world), ask)
    assert world.tickets["t2"].refusal == "proposed"
    assert world.tickets["t2"].active, "everything runs on"
    world.do(world.members["dora"], s.ApproveRefusal(ticket="t2", approved=True))
    assert world.tickets["t2"].status == "closed"
    assert len(world.made("refused", "t2")) == 1
    complain(world, "t3")
    assert world.tickets["t3"].complaint is not None
    world.do(bob(world), s.ProposeRefusal(ticket="t1", conduct="threatening", facts="threats"))
    world.do(world.members["dora"], s.ApproveRefusal(ticket="t1", approved=True))
    assert {each.state for each in world.tickets["t1"].clocks} == {"met", "refused"}


@pytest.mark.rule("K-11")
def test_only_those_who_used_support_in_the_period_are_drawn(world: World) -> None:
    users = next(each for each in world.policy.surveys if each.id == "users")
    assert users.every == "unset"
    for name in ("user", "other"):
        world.customers[name] = Customer(id=name, name=name)
    ticket = msgspec.structs.replace(contact(world), customer="user")
    every = msgspec.structs.replace(users, every="90 calendar days")
    day = world.now + dt.timedelta(days=1)
    long_ago = {"user": day - dt.timedelta(days=200), "other": day - dt.timedelta(days=200)}
    drawn = registers.drawn(every, world.customers.values(), [ticket], long_ago, day)
    assert [each.id for each in drawn] == ["user"]


@pytest.mark.rule("K-13", "K-18")
def test_the_person_complained_about_neither_sees_nor_handles_it(world: World) -> None:
    complain(world, subject="staff", member="bob", evidence=Evidence(staff=("Bob", "the tall one")))
    ticket = world.tickets["t1"]
    assert not scope.may_see(bob(world), ticket)
    assert world.refused(bob(world), c.Reply(ticket="t1", text="x")).code == "excluded"
    assert world.refused(world.members["carla"], c.HandOver(ticket="t1", member="bob", note="x")).code == "excluded"
    world.do(world.members["carla"], s.Take(ticket="t1"))
    assert world.tickets["t1"].holder == "carla"


@pytest.mark.rule("K-14", "K-16")
def test_the_form_has_a_section_with_five_optional_kinds_of_evidence(world: World) -> None:
    rule = world.policy.complaint("complaint")
    assert rule is not None
    assert rule.heading == "Dettagli del reclamo"
    complaint = complain(world).complaint
    assert complaint is not None
    assert len(evidence_missing(rule, complaint)) == 5
    told = world.policy.message("how_to_complain")
    assert told is not None


@pytest.mark.rule("K-15")
def test_a_complaint_needs_a_summary(world: World) -> None:
    ask = c.CreateTicket(
        ticket="t1",
        reference="1",
        channel="form",
        kind="complaint",
        received_at=world.now,
        complaint=s.ComplaintForm(summary="  "),
    )
    assert world.refused(bob(world), ask).code == "missing_complaint"
    assert world.refused(bob(world), msgspec.structs.replace(ask, complaint=None)).code == "missing_complaint"


@pytest.mark.rule("K-17", "K-19", "K-21")
def test_evidence_is_kept_and_references_are_looked_up(world: World) -> None:
    known = contact(world, "old").reference
    evidence = Evidence(references=(grouped(known), "999"), times=("lunedì 9:00", "martedì"), mails=("mail of Monday",))
    complaint = complain(world, evidence=evidence).complaint
    assert complaint is not None
    assert complaint.found == (grouped(known),)
    assert complaint.evidence == evidence


@pytest.mark.rule("K-20")
def test_the_numbers_called_from_find_the_logged_calls(world: World) -> None:
    for number in range(2):
        ask = c.BeginCall(
            call=f"k{number}", reference=world.fresh_reference(), number="01483 555017", rang_at=world.now
        )
        world.do(bob(world), ask)
    complaint = complain(world, evidence=Evidence(numbers=("+44 1483 555017",))).complaint
    assert complaint is not None
    assert complaint.calls == ("k0", "k1")
    world.do(world.members["carla"], s.CheckRecords(ticket="t1"))
    checked = world.tickets["t1"].complaint
    assert checked is not None
    assert checked.records_checked_at == world.now


def told(world: World) -> list[str]:
    carla = world.members["carla"]
    world.do(carla, s.UpdateComplaint(ticket="t1", text="Stiamo verificando."))
    world.do(carla, s.AnswerComplaint(ticket="t1", text="Ci scusiamo."))
    names = ("complaint_acknowledged", "complaint_updated", "complaint_answered")
    found = [world.made(name) for name in names]
    assert [len(each) for each in found] == [1, 1, 1]
    return [each[0].text for each in found]


@pytest.mark.rule("K-22")
@pytest.mark.parametrize("personal", [True, False])
def test_the_authority_is_named_in_all_three_messages_when_personal_data_is_concerned(
    world: World, personal: bool
) -> None:
    complain(world, personal_data=personal)
    link = next(each.url for each in world.policy.links if each.id == "authority")
    assert [link in text for text in told(world)] == [personal] * 3


@pytest.mark.rule("K-23")
def test_a_complaint_by_phone_is_refused_while_the_call_is_logged_and_the_way_told(world: World) -> None:
    reference = world.begin(bob(world), "k1")
    form = s.ComplaintForm(summary="Nobody came")
    ask = c.LogCall(call="k1", ticket="t1", kind="complaint", fault=FAULT, complaint=form)
    refused = world.refused(bob(world), ask)
    assert refused.code == "channel_refused"
    assert "modulo online" in refused.text
    raw = c.CreateTicket(
        ticket="t1", reference="x", channel="phone", kind="complaint", received_at=world.now, complaint=form
    )
    assert world.refused(bob(world), raw).code == "channel_refused", "also by a request made by hand"
    world.do(bob(world), c.LogCall(call="k1", ticket="t1", kind="contact", fault=FAULT, email="ugo@customer.example"))
    assert world.tickets["t1"].reference == reference
    world.do(bob(world), s.SendMessage(ticket="t1", message="how_to_complain"))
    (message,) = world.made("how_to_complain")
    assert "sintesi" in message.text


@pytest.mark.rule("K-24")
def test_the_receipt_is_confirmed_within_24_hours_and_a_form_at_once(world: World) -> None:
    complain(world)
    assert clock(world, "acknowledgement")[0] == "met"
    assert len(world.made("complaint_acknowledged")) == 1
    arrived = at("2026-03-28T12:00+00:00")
    world.now = at("2026-03-28T15:00+00:00")
    complain(world, "t2", channel="letter", by="carla")
    world.tickets.clear()
    world.create(
        world.members["carla"],
        "t3",
        channel="letter",
        kind="complaint",
        received_at=arrived,
        complaint=s.ComplaintForm(summary="x"),
    )
    assert clock(world, "acknowledgement", "t3") == ("running", at("2026-03-29T13:00+01:00")), "from its arrival"


@pytest.mark.rule("K-25")
def test_progress_is_owed_from_the_confirmation_and_silence_does_not_stop_time(world: World) -> None:
    complain(world, channel="letter")
    world.pass_time(at("2026-06-09T10:00:01+01:00"))
    assert clock(world, "progress") == ("running", at("2026-06-13T00:00+01:00")), "from the missed confirmation"
    world.now = at("2026-06-10T09:00+01:00")
    world.do(world.members["carla"], s.AcknowledgeComplaint(ticket="t1", text="Ricevuto"))
    assert clock(world, "progress") == ("running", at("2026-06-16T00:00+01:00")), "a late confirmation moves it"
    world.do(world.members["carla"], s.UpdateComplaint(ticket="t1", text="Verifichiamo"))
    assert clock(world, "progress")[0] == "met"


@pytest.mark.rule("K-26")
def test_the_formal_response_is_counted_from_the_receipt_of_the_first_update(world: World) -> None:
    complain(world)
    carla = world.members["carla"]
    world.now = at("2026-06-09T15:00+01:00")
    world.do(carla, s.UpdateComplaint(ticket="t1", text="Verifichiamo"))
    assert clock(world, "formal_response") == ("running", at("2026-06-19T00:00+01:00")), "early, so earlier"
    world.do(carla, s.AnswerComplaint(ticket="t1", text="Ecco la risposta"))
    assert clock(world, "formal_response")[0] == "met"


def test_a_posted_update_is_deemed_received_until_its_receipt_is_known(world: World) -> None:
    """K-26: the second working day after posting, unless the customer tells the day."""
    complain(world, channel="letter")
    carla = world.members["carla"]
    world.do(carla, s.AcknowledgeComplaint(ticket="t1", text="Ricevuto"))
    world.do(carla, s.UpdateComplaint(ticket="t1", text="Verifichiamo", by_letter=True))
    assert clock(world, "formal_response")[1] == at("2026-06-20T00:00+01:00"), "from Wednesday 10 June"
    world.now = at("2026-06-09T16:00+01:00")
    world.do(carla, s.ConfirmUpdateReceived(ticket="t1"))
    assert clock(world, "formal_response")[1] == at("2026-06-19T00:00+01:00")


def test_without_any_update_the_formal_response_is_owed_all_the_same(world: World) -> None:
    """K-26: the fail-safe start is the last day on which the update was due."""
    complain(world)
    world.pass_time(at("2026-06-12T09:00+01:00"))
    assert clock(world, "formal_response") == ("running", at("2026-06-23T00:00+01:00"))


def answered(world: World) -> None:
    complain(world)
    carla = world.members["carla"]
    world.do(carla, s.UpdateComplaint(ticket="t1", text="Verifichiamo"))
    world.do(carla, s.AnswerComplaint(ticket="t1", text="No."))
    world.do(carla, c.Close(ticket="t1", summary="respinto"))


@pytest.mark.rule("K-27")
def test_any_decision_can_be_appealed_at_any_time_and_another_person_decides(world: World) -> None:
    answered(world)
    (response,) = world.made("complaint_answered")
    assert {"appeal", "ombudsman"} <= set(response.parts)
    world.now += dt.timedelta(days=900)
    carla, dora = world.members["carla"], world.members["dora"]
    world.do(carla, s.OpenComplaintStage(ticket="t1", stage="appeal", reason="nuovo fatto"))
    assert world.tickets["t1"].active
    assert world.refused(carla, s.AnswerComplaint(ticket="t1", text="No.")).code == "other_person"
    world.do(dora, s.AnswerComplaint(ticket="t1", text="Sì."))


@pytest.mark.rule("K-28")
def test_the_ombudsman_is_named_with_its_link_in_both_answers(world: World) -> None:
    answered(world)
    world.do(bob(world), s.OpenComplaintStage(ticket="t1", stage="appeal"))
    world.do(world.members["dora"], s.AnswerComplaint(ticket="t1", text="No."))
    link = next(each.url for each in world.policy.links if each.id == "ombudsman")
    texts = [each.text for each in world.made("complaint_answered")]
    assert ["OS:C" in text and link in text for text in texts] == [True, True]


@pytest.mark.rule("K-29")
def test_an_outside_decision_binds_until_its_measures_are_done(world: World) -> None:
    answered(world)
    carla = world.members["carla"]
    world.do(carla, s.OpenComplaintStage(ticket="t1", stage="ombudsman"))
    world.do(carla, s.RecordDecision(ticket="t1", measures=("rimborso",)))
    assert world.refused(carla, c.Close(ticket="t1", summary="fatto")).code == "missing_measures_done"
    world.do(carla, s.CompleteMeasure(ticket="t1", number=0))
    world.do(carla, c.Close(ticket="t1", summary="fatto"))


@pytest.mark.rule("K-30")
def test_a_policy_without_the_two_links_is_refused_by_name(world: World) -> None:
    assert {link.id for link in world.policy.links if "K-30" in link.rules} == {"authority", "ombudsman"}
    text = resource("policies/ask4.toml").read_text(encoding="utf-8")
    for link in world.policy.links:
        text = text.replace(f'url = "{link.url}"', 'url = ""')
    with pytest.raises(PolicyError) as caught:
        load(text, "ask4.toml")
    assert [
        '[[link]] "authority", url' in line or '[[link]] "ombudsman", url' in line for line in caught.value.mistakes
    ] == [
        True,
        True,
    ]


@pytest.mark.rule("K-31")
def test_a_plain_mail_is_offered_the_form_or_accepted_by_a_supervisor(world: World) -> None:
    form = s.ComplaintForm(summary="Nobody came")
    ask = c.CreateTicket(
        ticket="t1", reference="x", channel="email", kind="complaint", received_at=world.now, complaint=form
    )
    assert world.refused(bob(world), ask).code == "ask_supervisor"
    contact(world, "t2")
    world.do(bob(world), s.SendMessage(ticket="t2", message="how_to_complain"))
    accepted = msgspec.structs.replace(form, accepted=True)
    assert world.refused(bob(world), msgspec.structs.replace(ask, complaint=accepted)).code == "ask_supervisor"
    world.do(world.members["dora"], msgspec.structs.replace(ask, complaint=accepted))
    assert clock(world, "acknowledgement")[1] == world.now + dt.timedelta(hours=24)


def test_an_ordinary_ticket_has_no_clock_at_all(world: World) -> None:
    """decisions.md, easily missed 20: showing one would be invented."""
    assert contact(world).clocks == ()
