"""The customer success charter as a desk, rule by rule: A-01 to A-63."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core import hours, kpis, registers, routing
from desk_core.clocks import explain_clock
from desk_core.commands_of_service import AddEntry
from desk_core.people import Customer
from desk_core.records import Value
from tests.core.charters.desk_of_akixi import NINE, anna, answer, deadline, desk, mailed, phoned, state
from tests.support.world import World, at


@pytest.fixture
def world() -> World:
    return desk()


@pytest.mark.rule("A-01")
def test_a_ticket_keeps_the_version_under_which_it_was_opened(world: World) -> None:
    assert (world.policy.head.version, world.policy.head.effective_from) == ("1.1", dt.date(2024, 8, 1))
    old = world.policy
    mailed(world)
    clocks = tuple(
        msgspec.structs.replace(rule, amount="2 working days") if rule.amount == "1 working day" else rule
        for rule in old.clocks
    )
    world.policies["1.1"] = old
    world.policy = msgspec.structs.replace(old, head=msgspec.structs.replace(old.head, version="1.2"), clocks=clocks)
    mailed(world, "t2")
    assert (world.tickets["t1"].policy_version, world.tickets["t2"].policy_version) == ("1.1", "1.2")
    assert deadline(world, "email_first_response") == at("2026-03-17T10:00+00:00")
    assert deadline(world, "email_first_response", "t2") == at("2026-03-18T10:00+00:00")
    world.do(anna(world), s.Escalate(ticket="t1", step="manager", reason="x"))
    assert deadline(world, "progress_update") == at("2026-03-17T17:30+00:00")


@pytest.mark.rule("A-02")
def test_every_countdown_has_its_sentence_behind_it(world: World) -> None:
    why = explain_clock(world.policy, mailed(world), "email_first_response", world.now)
    assert why is not None
    assert dict(why.rules)["A-32"] == world.policy.rule("A-32").text  # type: ignore[union-attr]


@pytest.mark.rule("A-03")
def test_a_commercial_agreement_takes_a_ticket_out_of_the_charter_and_back(world: World) -> None:
    a1 = next(kpi for kpi in world.policy.kpis if kpi.id == "A1")
    mailed(world)
    world.do(anna(world), s.Exempt(ticket="t1", exemption="commercial_sla", contract="SLA-7"))
    ticket = world.tickets["t1"]
    assert ticket.leading_clock is None
    assert {clock.state for clock in ticket.clocks} == {"exempt"}
    figure = kpis.figure(world.policy, a1, world.tickets.values())
    assert (figure.met, figure.missed, figure.running, figure.left_out) == (0, 0, 0, 1)
    assert world.refused(anna(world), s.Include(ticket="t1", reason="x")).code == "only_supervisor"
    world.do(world.members["cora"], s.Include(ticket="t1", reason="no agreement after all"))
    assert deadline(world, "email_first_response") == at("2026-03-17T10:00+00:00"), "from the original receipt"
    assert world.tickets["t1"].leading_clock is not None


@pytest.mark.rule("A-04")
def test_figures_by_region_add_up_to_the_whole(world: World) -> None:
    for number, office in enumerate(("london", "new_york", "denver", "denver")):
        world.customers[office] = Customer(id=office, name=office, office=office)
        world.create(anna(world), f"t{number}", channel="email", kind="request", customer=office)
    kpi = next(kpi for kpi in world.policy.kpis if kpi.id == "A1")
    parts = kpis.split(world.policy, msgspec.structs.replace(kpi, in_hours=False), "office", world.tickets.values())
    assert {name: part.running for name, part in parts.items()} == {"london": 1, "new_york": 1, "denver": 2}


@pytest.mark.rule("A-05", "A-58", "A-59")
def test_nobody_is_without_an_escalation_path(world: World) -> None:
    staff = list(world.members.values())
    assert routing.staff_refusals(world.policy, staff) == ()
    no_senior = [m for m in staff if m.id != "dan"]
    no_senior_is_wrong = routing.staff_refusals(world.policy, no_senior)
    assert [(r.code, r.params.get("name")) for r in no_senior_is_wrong] == [
        ("nobody_holds", None),
        ("no_escalation_path", "Cora"),
    ]
    no_manager = routing.staff_refusals(world.policy, [m for m in staff if m.id != "cora"])
    assert "nobody_holds" in [r.code for r in no_manager]
    assert {"Anna", "Ben"} <= {r.params.get("name") for r in no_manager}, "each is named"


@pytest.mark.rule("A-08")
def test_outside_a_regions_hours_the_other_open_regions_are_offered(world: World) -> None:
    shown = hours.offered(world.policy, "london", at("2026-03-17T20:00+00:00"))
    assert [(each.title, each.open) for each in shown] == [("London", False), ("New York", True), ("Denver", True)]
    assert shown[1].until == at("2026-03-17T17:30-04:00")


@pytest.mark.rule("A-09")
def test_figures_are_computed_and_the_report_is_signed_off(world: World) -> None:
    kpi = next(kpi for kpi in world.policy.kpis if kpi.id == "A1")
    mailed(world)
    answer(world)
    figure = kpis.figure(world.policy, kpi, world.tickets.values())
    assert (figure.met, figure.missed, figure.running) == (1, 0, 0)
    line = AddEntry(entry="e1", register="reports", member="cora", values=(Value(field="period", value="2026-03"),))
    assert world.refused(anna(world), line).code == "only_supervisor"
    world.do(world.members["cora"], line)
    assert (world.lines["e1"].member, world.lines["e1"].at) == ("cora", world.now)


@pytest.mark.rule("A-14")
def test_feedback_is_about_a_product_or_a_service(world: World) -> None:
    mailed(world)
    for number, kind in enumerate(("product", "service")):
        values = (Value(field="type", value=kind), Value(field="text", value="good"))
        world.do(anna(world), AddEntry(entry=f"f{number}", register="feedback", values=values, ticket="t1"))
    assert [e.value("type") for e in world.entries("feedback")] == ["product", "service"]
    wrong = (Value(field="type", value="weather"), Value(field="text", value="x"))
    assert world.refused(anna(world), AddEntry(entry="x", register="feedback", values=wrong)).code == "unknown_choice"


@pytest.mark.rule("A-21")
def test_feedback_without_a_decision_is_overdue_after_its_date(world: World) -> None:
    values = (Value(field="type", value="product"), Value(field="text", value="slow"))
    world.do(anna(world), AddEntry(entry="f", register="feedback", values=values, due=dt.date(2026, 3, 20)))
    register = world.policy.register("feedback")
    assert register is not None
    assert registers.overdue(register, world.lines.values(), dt.date(2026, 3, 20)) == ()
    assert [e.id for e in registers.overdue(register, world.lines.values(), dt.date(2026, 3, 21))] == ["f"]
    world.do(anna(world), s.ChangeEntry(entry="f", decision="done in 2.1"))
    assert registers.overdue(register, world.lines.values(), dt.date(2026, 3, 21)) == ()
    assert world.lines["f"].history


@pytest.mark.rule("A-17")
def test_by_interval_a_customer_is_on_the_survey_list_on_day_91_once(world: World) -> None:
    regular = next(each for each in world.policy.surveys if each.id == "regular")
    assert registers.drawn(regular, world.customers.values(), [], {}, world.now) == (), "not set in the policy"
    every = msgspec.structs.replace(regular, every="90 calendar days")
    asked = {"k": world.now}

    def listed(days: int) -> int:
        day = world.now + dt.timedelta(days=days, seconds=1 if days > 90 else 0)
        return len(registers.drawn(every, world.customers.values(), [], asked, day))

    assert [listed(90), listed(91)] == [0, 1]
    asked["k"] += dt.timedelta(days=91)
    assert listed(92) == 0


@pytest.mark.rule("A-18")
def test_contacts_are_counted_by_region_and_channel(world: World) -> None:
    mailed(world)
    phoned(world, "t2")
    world.create(anna(world), "t3", channel="portal", kind="request")
    counts = kpis.counted(world.policy, world.tickets.values())
    assert {(office, channel): len(ids) for (office, channel, _), ids in counts.items()} == {
        ("london", "email"): 1,
        ("london", "phone"): 1,
        ("london", "portal"): 1,
    }


@pytest.mark.rule("A-20", "A-28")
def test_a_guide_goes_with_an_answer_and_a_stale_one_warns(world: World) -> None:
    values = (Value(field="title", value="First steps"),)
    world.do(anna(world), AddEntry(entry="g1", register="guides", values=values, due=dt.date(2026, 12, 31)))
    world.do(anna(world), AddEntry(entry="g2", register="guides", values=values, due=dt.date(2026, 3, 1)))
    mailed(world)
    decided = world.do(anna(world), c.Reply(ticket="t1", text="See both", articles=("g1", "g2")))
    assert "stale:g2" in decided.hints
    assert "stale:g1" not in decided.hints
    sent = next(each.what for each in world.events if each.kind == "reply.sent")
    assert getattr(sent, "articles", None) == ("g1", "g2")


@pytest.mark.rule("A-24")
def test_the_timescale_has_a_default_and_moves_the_escalation(world: World) -> None:
    assert mailed(world).timescale == "1 working day"
    assert deadline(world, "timeline") == at("2026-03-17T10:00+00:00")
    world.do(anna(world), s.SetTimescale(ticket="t1", timescale="2 working days"))
    assert deadline(world, "timeline") == at("2026-03-18T10:00+00:00")
    world.do(anna(world), s.SetTimescale(ticket="t1", timescale="until 2026-03-20T12:00+00:00"))
    world.do(anna(world), c.WaitForCustomer(ticket="t1"))
    world.now += dt.timedelta(hours=3)
    world.do(anna(world), c.CustomerAnswers(ticket="t1"))
    assert deadline(world, "timeline") == at("2026-03-20T12:00+00:00"), "an agreed instant is not moved by pauses"
    assert world.refused(anna(world), s.SetTimescale(ticket="t1", timescale="soon")).code == "bad_timescale"


@pytest.mark.rule("A-25")
def test_a_promise_is_broken_from_its_moment_on(world: World) -> None:
    mailed(world)
    due = world.now + dt.timedelta(hours=4)
    world.do(anna(world), s.MakePromise(ticket="t1", promise="p1", what="call again", due=due))
    (promise,) = world.tickets["t1"].promises
    assert not promise.broken(due)
    assert promise.broken(due + dt.timedelta(seconds=1))
    world.now = due
    world.do(anna(world), s.KeepPromise(ticket="t1", promise="p1"))
    assert not world.tickets["t1"].promises[0].broken(due + dt.timedelta(days=9))


@pytest.mark.rule("A-29", "A-35")
def test_hints_on_wording_never_block(world: World) -> None:
    mailed(world)
    long = c.Reply(ticket="t1", text="word " * 60)
    assert "long_sentence" in world.do(anna(world), long).hints
    world.do(anna(world), c.WaitForCustomer(ticket="t1"))
    assert "no_question" in world.do(anna(world), c.Reply(ticket="t1", text="Please tell us.")).hints
    assert "no_question" not in world.do(anna(world), c.Reply(ticket="t1", text="Which one?")).hints


@pytest.mark.rule("A-30")
def test_every_mail_carries_full_contact_details_and_none_goes_without(world: World) -> None:
    mailed(world)
    answer(world)
    for message in (*world.made("created"), *world.made("reply")):
        for detail in ("Anna", "Customer Services", "anna@desk.example", "+44 20 7946 0000"):
            assert detail in message.text
    world.members["anna"] = msgspec.structs.replace(anna(world), phone="")
    refused = world.refused(world.members["anna"], c.Reply(ticket="t1", text="x"))
    assert (refused.code, refused.fields) == ("missing_full_contact_details", ("phone",))


@pytest.mark.rule("A-31")
def test_every_request_is_a_record_and_nothing_is_deleted(world: World) -> None:
    assert not [name for name in c.ASKS if "delete" in name or "remove" in name]
    assert {channel.id for channel in world.policy.channels} == {"email", "phone", "portal"}
    world.begin(anna(world), "k1")
    world.do(anna(world), c.EndCall(call="k1", outcome="abandoned", remark="hung up"))
    assert (world.calls["k1"].outcome, world.calls["k1"].remark) == ("abandoned", "hung up")


@pytest.mark.rule("A-06")
def test_a_ticket_shows_since_when_it_waits_for_us_and_how_often_the_customer_called_again(world: World) -> None:
    ticket = phoned(world)
    assert (ticket.waiting_since, ticket.called_again) == (at(NINE), 0)
    world.now = at("2026-03-16T11:00+00:00")
    world.do(anna(world), c.WaitForCustomer(ticket="t1", reason="serial number"))
    assert world.tickets["t1"].waiting_since is None
    world.now = at("2026-03-16T12:00+00:00")
    world.do(anna(world), c.CustomerAnswers(ticket="t1", text="here it is"))
    assert world.tickets["t1"].waiting_since == at("2026-03-16T12:00+00:00")
    for number in (1, 2):
        world.begin(anna(world), f"again{number}")
        world.do(anna(world), c.EndCall(call=f"again{number}", ticket="t1"))
        assert world.calls[f"again{number}"].ticket == "t1"
    assert world.tickets["t1"].called_again == 2
    assert world.tickets["t1"].waiting_since == at("2026-03-16T12:00+00:00")
    phoned(world, "t2")
    assert kpis.came_back(world.policy, world.tickets.values()) == {"k": 3}, (
        "two calls and a second ticket on the same device"
    )
    world.begin(anna(world), "k9")
    assert world.refused(anna(world), c.EndCall(call="k9", ticket="nowhere")).code == "not_found"


@pytest.mark.rule("A-32")
def test_an_email_is_answered_within_a_working_day_by_a_person(world: World) -> None:
    world.now = at("2026-03-27T16:00+00:00")
    mailed(world)
    assert deadline(world, "email_first_response") == at("2026-03-30T16:00+01:00")
    assert state(world, "email_first_response") == "running", "the confirmation does not stop it"
    world.now = at("2026-03-30T16:00+01:00")
    answer(world)
    assert state(world, "email_first_response") == "met"


@pytest.mark.rule("A-33")
@pytest.mark.parametrize(("met", "share", "reached"), [(8, 88.8, False), (9, 90.0, True)])
def test_the_share_of_emails_is_cut_and_out_of_hours_is_left_out(
    world: World, met: int, share: float, reached: bool
) -> None:
    kpi = next(each for each in world.policy.kpis if each.id == "A1")
    for number in range(met + 1):
        mailed(world, f"t{number}")
    for number in range(met):
        answer(world, f"t{number}")
    world.now = at("2026-03-16T20:00+00:00")
    mailed(world, "night")
    world.pass_time(at("2026-03-18T12:00+00:00"))
    figure = kpis.figure(world.policy, kpi, world.tickets.values())
    assert (figure.met, figure.missed, figure.left_out) == (met, 1, 1)
    assert (figure.percent, figure.reaches(kpi.target)) == (share, reached)


@pytest.mark.rule("A-34")
def test_three_regions_have_their_own_hours_and_holidays(world: World) -> None:
    shown = [hours.of(world.policy, office.id, at("2026-07-03T15:00+00:00")).open for office in world.policy.offices]
    assert shown == [True, False, False]
    world.customers["d"] = Customer(id="d", name="Denver Ltd", office="denver")
    world.now = at("2026-03-06T16:30-07:00")
    world.create(anna(world), channel="email", kind="request", customer="d")
    assert deadline(world, "email_first_response") == at("2026-03-09T16:30-06:00")
