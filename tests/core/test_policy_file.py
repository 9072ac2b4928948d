"""The policy file: what a good one gives, and for every mistake the one sentence that says where it is and what would be right."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desk_core.calendar_spec import NamedDay, Window
from desk_core.policy import ByOffice, OnBreach, Policy
from desk_core.policy_file import PolicyError, load
from desk_core.resources import resource
from tests.core.policy_mistakes import FILE, MISTAKES, SMALL


def mistakes_of(text: str) -> list[str]:
    with pytest.raises(PolicyError) as caught:
        load(text, FILE)
    assert str(caught.value) == "\n".join(caught.value.mistakes)
    return caught.value.mistakes


@pytest.mark.parametrize(("old", "new", "said"), [case[1:] for case in MISTAKES], ids=[case[0] for case in MISTAKES])
def test_a_mistake_is_one_sentence_that_says_where_and_what_would_be_right(old: str, new: str, said: list[str]) -> None:
    assert SMALL.count(old) == 1, "the case must make exactly one edit"
    (sentence,) = mistakes_of(SMALL.replace(old, new))
    assert sentence.startswith(FILE)
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    for words in said:
        assert words in sentence


def test_all_mistakes_come_in_one_go() -> None:
    text = SMALL
    edits = [
        ('"en"', '"xx"'),
        ("2 open hours", "2 hours"),
        ("mon-fri", "mon-fry"),
        ('by = "specialist"', 'by = "expert"'),
        ('"DE"', "5"),
    ]
    for old, new in edits:
        text = text.replace(old, new)
    found = mistakes_of(text)
    assert len(found) == len(edits)
    assert all(any(key in line for line in found) for key in ("language", "amount", "mon-fry", "by", "country"))


def test_an_empty_file_names_every_table_that_is_needed() -> None:
    found = mistakes_of("")
    assert [line.split(",")[1].split(":")[0].strip() for line in found] == [
        "[policy]",
        "[queue]",
        "[[calendar]]",
        "[[office]]",
        "[[department]]",
        "[[kind]]",
    ]
    assert all("is missing" in line for line in found)


def test_one_blank_value_is_one_mistake_and_no_other_follows_from_it() -> None:
    """What was reported once is not reported again by what depends on it."""
    (sentence,) = mistakes_of(SMALL.replace('zone = "Europe/Berlin"', "zone = 1"))
    assert "zone" in sentence


def test_two_tables_of_one_id_with_the_same_mistake_are_both_read_to_the_end() -> None:
    text = SMALL.replace('id = "shut"', 'id = "office_hours"\nmon-fri = ["08:30"]').replace("08:30-17:00", "08:30")
    found = mistakes_of(text)
    assert len(found) == 2
    assert any("mon-fri no. 1" in line for line in found)
    assert any("is used twice" in line for line in found)


def test_a_mistake_shows_what_was_written_short_and_printable() -> None:
    (sentence,) = mistakes_of(SMALL.replace('"en"', '"' + "x" * 500 + '\\u001b[31m"'))
    assert len(sentence) < 250
    assert sentence.isprintable()


def test_a_good_file_becomes_the_policy() -> None:
    policy = load(SMALL, FILE)
    assert policy.head.name == "small"
    assert policy.head.effective_from == dt.date(2026, 1, 1)
    assert policy.default_department == "support"
    assert policy.department_for("fault", "printer") == "support"
    assert policy.queue.order == ("deadline", "received")
    clock = policy.clock("callback")
    assert clock is not None
    assert clock.calendar == ByOffice(by="ticket.office", calendars={"hamburg": "office_hours"})
    assert clock.on_breach == OnBreach(notify=("specialist",))
    message = policy.message("reply")
    assert message is not None
    assert (message.starts_with, message.ends_with, message.nothing_before) == ("Dear customers", "", False)
    assert policy.limits.stated_back_hours == 72


def test_a_clock_counts_in_the_calendar_that_it_or_the_office_names() -> None:
    """H-35: the office decides; what the clock says for an office beats the office's own calendar."""
    text = SMALL.replace('id = "shut"\n', 'id = "shut"\ndaily = ["00:00-24:00"]\n')
    own = load(text.replace(', hamburg = "office_hours"', ""), FILE)
    named = load(text.replace('hamburg = "office_hours"', 'hamburg = "shut"'), FILE)
    fixed = load(re.sub(r"calendar = \{.*\}", 'calendar = "shut"', text), FILE)
    chosen = [policy.calendar_id(policy.clocks[0], "hamburg") for policy in (own, named, fixed)]
    assert chosen == ["office_hours", "shut", "shut"]
    assert own.calendar_id(own.clocks[0], "paris") == ""


def test_a_promise_without_amount_is_declared_unset() -> None:
    policy = load(SMALL.replace('"2 open hours"', '"unset"'), FILE)
    assert policy.clocks[0].amount == "unset"


def test_a_calendar_keeps_names_and_kinds_of_its_days() -> None:
    days = (
        'open_days = [{ date = 2026-05-16, windows = ["09:00-12:00"], name = "Fair" }]\n'
        "overrides = [{ date = 2026-12-24 }]\n"
        'closed_days = [{ date = 2026-07-01, name = "Works outing" }]\n'
        'holiday_windows = ["10:00-11:00"]\n'
        "working_day_hours = 8\n"
    )
    spec = load(SMALL.replace("bridge_days", days + "bridge_days"), FILE).calendars[0]
    assert spec.week == ((Window(30600, 61200),),) * 5 + ((), ())
    assert spec.holidays == (NamedDay(dt.date(2026, 5, 14), "Ascension"),)
    assert [day.date.isoformat() for day in spec.closed_days] == ["2026-05-15", "2026-07-01"]
    assert [(day.date.isoformat(), day.windows) for day in spec.overrides] == [
        ("2026-05-16", (Window(32400, 43200),)),
        ("2026-12-24", ()),
    ]
    assert spec.holiday_windows == (Window(36000, 39600),)
    assert spec.working_day_hours == 8
    assert (spec.covers_from, spec.covers_to) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_a_day_beats_a_range_of_days_and_that_beats_daily() -> None:
    week = 'daily = ["01:00-02:00"]\nsun-thu = ["03:00-04:00"]\nwed = ["05:00-06:00"]\nthu = []\n'
    spec = load(SMALL.replace('mon-fri = ["08:30-17:00"]\n', week), FILE).calendars[0]
    hours = [[window.opens // 3600 for window in day] for day in spec.week]
    assert hours == [[3], [3], [5], [], [1], [1], [3]]


def test_a_byte_order_mark_and_windows_line_ends_are_no_mistake() -> None:
    assert load("\ufeff" + SMALL.replace("\n", "\r\n"), FILE) == load(SMALL, FILE)


def shipped() -> str:
    return resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")


def test_the_hamburg_and_woking_policy_holds_every_rule_and_closes_on_bridge_days() -> None:
    """H-01 to H-35 are all there, once; Friday 15 May 2026 is a bridge day in Hamburg and a working day in Woking (H-07)."""
    policy = load(shipped(), "hamburg-woking.toml")
    assert [rule.id for rule in policy.rules] == [f"H-{number:02}" for number in range(1, 36)]
    noon = dt.datetime(2026, 5, 15, 12, tzinfo=dt.UTC)
    assert not policy.calendar("hamburg").is_open(noon)
    assert policy.calendar("woking").is_open(noon)
    manager = next(role for role in policy.roles if role.id == "technical_support_manager")
    assert manager.at_least >= 1
    assert manager.deputy


def mangled(lines: list[str], cuts: list[tuple[int, int, int, str]]) -> str:
    """The lines with some of them left out, doubled, swapped or with characters in them replaced."""
    lines = list(lines)
    for kind, where, column, text in cuts:
        at = where % len(lines)
        line = lines[at]
        if kind == 0 and len(lines) > 1:
            del lines[at]
        elif kind == 1:
            lines.insert(column % len(lines), line)
        elif kind == 2:
            other = column % len(lines)
            lines[at], lines[other] = lines[other], line
        else:
            begins = column % (len(line) + 1)
            lines[at] = line[:begins] + text + line[begins + len(text) :]
    return "\n".join(lines)


WORDS = st.one_of(
    st.text(max_size=6),
    st.sampled_from(['"', "[", "]", "{}", "= 1", "true", "[]", "nan", "0001-01-01", "99999999999999999999"]),
)
CUTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 10_000), st.integers(0, 10_000), WORDS), min_size=1, max_size=6
)


def outcome(text: str) -> list[str]:
    """The mistakes of a text, none when it is a policy; anything else that is raised fails the test."""
    try:
        policy = load(text, FILE)
    except PolicyError as error:
        return error.mistakes or [""]
    assert isinstance(policy, Policy)
    return []


@given(CUTS)
@settings(max_examples=150, deadline=None)
def test_a_mangled_file_is_a_policy_or_a_list_of_mistakes_and_nothing_else(
    cuts: list[tuple[int, int, int, str]],
) -> None:
    for line in outcome(mangled(SMALL.splitlines(), cuts)):
        assert line.startswith(FILE)
        assert line.isprintable()


@given(CUTS)
@settings(max_examples=25, deadline=None)
def test_the_shipped_file_mangled_is_a_policy_or_a_list_of_mistakes(cuts: list[tuple[int, int, int, str]]) -> None:
    assert all(outcome(mangled(shipped().splitlines(), cuts)))
