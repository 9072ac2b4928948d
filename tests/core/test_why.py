"""Every deadline explains itself: the arithmetic of the ticket's own clock, with the rule's sentence (H-14, TS-5, TS-10, TS-13)."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import msgspec

from desk_core import commands as c
from desk_core.clocks import explain_clock, if_started, why_none
from desk_core.explanation_texts import render_steps
from tests.support.world import World, at, ready_policy


def test_h14_the_promise_of_ascension_week_names_every_day_that_does_not_count() -> None:
    world = World(ready_policy())
    world.now = at("2026-05-13T16:15+02:00")
    anke = world.add_member("anke", office="hamburg")
    world.entitle()
    ticket = world.owed_call_back(anke)
    why = explain_clock(world.policy, ticket, "callback", world.now + dt.timedelta(minutes=15))
    assert why is not None
    assert why.deadline == at("2026-05-18T09:45+02:00")
    assert why.open_seconds_left == 105 * 60
    assert why.next_opening is None, "still open at 16:30"
    assert [rule for rule, _ in why.rules] == ["H-13", "H-14", "H-15"]
    assert all(sentence for _, sentence in why.rules)
    words = render_steps(why.steps, ZoneInfo(why.zone))
    assert "Christi Himmelfahrt" in words
    assert "Brückentag" in words
    assert words.endswith("09:45")


def test_ts10_closed_now_the_next_opening_is_named_in_the_calendars_own_zone() -> None:
    world = World(ready_policy())
    anke = world.add_member("anke", office="woking")
    world.entitle()
    world.now = at("2026-06-12T16:30+01:00")
    ticket = world.owed_call_back(anke, office="woking")
    why = explain_clock(world.policy, ticket, "callback", at("2026-06-13T12:00+01:00"))
    assert why is not None
    assert why.zone == "Europe/London"
    assert why.next_opening == at("2026-06-15T08:30+01:00")
    assert why.open_seconds_left == 90 * 60


def test_what_would_be_promised_is_what_is_then_promised() -> None:
    world = World(ready_policy())
    anke = world.add_member("anke", office="hamburg")
    world.entitle()
    before = if_started(world.policy, "callback", "hamburg", world.now)
    ticket = world.owed_call_back(anke)
    assert before is not None
    assert before.deadline == ticket.clocks[0].deadline
    assert if_started(world.policy, "none", "hamburg", world.now) is None


def test_ts13_the_pinned_amount_explains_the_deadline_after_the_policy_changed() -> None:
    world = World(ready_policy())
    anke = world.add_member("anke", office="hamburg")
    world.entitle()
    ticket = world.owed_call_back(anke)
    (rule,) = (each for each in world.policy.clocks if each.id == "callback")
    newer = msgspec.structs.replace(world.policy, clocks=(msgspec.structs.replace(rule, amount="30 open minutes"),))
    why = explain_clock(newer, ticket, "callback", world.now)
    assert why is not None
    assert why.amount == "2 open hours"
    assert why.deadline == ticket.clocks[0].deadline


def test_h05_without_entitlement_it_says_why_nothing_is_promised() -> None:
    world = World(ready_policy())
    anke = world.add_member("anke", office="hamburg")
    assert why_none(world.policy, world.owed_call_back(anke)) == "not_entitled"
    world.entitle()
    assert why_none(world.policy, world.log(anke, "t2")) == "not_started"
    assert explain_clock(world.policy, world.tickets["t2"], "callback", world.now) is None
    world.do(anke, c.OfferCallBack(ticket="t2"))
    assert explain_clock(world.policy, world.tickets["t2"], "callback", world.now) is not None
