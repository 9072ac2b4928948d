"""What the chip of a row says (TS-4, TS-10)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk_client.ui.queue.countdown import Countdown, Countdowns, countdown
from desk_client.ui.queue.row import ClockState, OpenTime, QueueRow
from desk_client.ui.tokens import Tone
from tests.support.pictures import sample_rows

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 12, 11, 6, 24, tzinfo=BERLIN)  # a Friday
SOON = 15 * 60


def chip(left: timedelta, state: ClockState = ClockState.RUNNING, opening: datetime | None = None) -> Countdown:
    open_time = OpenTime(left.total_seconds(), opening)
    return countdown(NOW.astimezone(UTC), NOW.astimezone(UTC) + left, open_time, state, SOON)


@pytest.mark.parametrize(
    ("left", "tone", "words"),
    [
        (timedelta(hours=2, minutes=-1), Tone.FINE, "1 h 59 left"),
        (timedelta(hours=1, minutes=18, seconds=36), Tone.FINE, "1 h 19 left"),
        (timedelta(hours=3), Tone.FINE, "3 h left"),
        (timedelta(minutes=59, seconds=1), Tone.FINE, "1 h left"),
        (timedelta(minutes=15, seconds=1), Tone.FINE, "16 min left"),
        (timedelta(minutes=15), Tone.SOON, "15 min left"),
        (timedelta(minutes=11, seconds=36), Tone.SOON, "12 min left"),
        (timedelta(seconds=59), Tone.SOON, "under 1 min left"),
        (timedelta(0), Tone.SOON, "under 1 min left"),
        (timedelta(seconds=-1), Tone.LATE, "late now"),
        (timedelta(minutes=-18, seconds=-24), Tone.LATE, "late 18 min"),
        (timedelta(hours=-2, minutes=-5), Tone.LATE, "late 2 h 05"),
        (timedelta(days=-3), Tone.LATE, "late 3 days"),
    ],
)
def test_open_calendar(left: timedelta, tone: Tone, words: str) -> None:
    """What is left is rounded up, what is past is rounded down; the deadline itself is on time (TS-4)."""
    shown = chip(left)
    assert (shown.tone, shown.words) == (tone, words)


@pytest.mark.parametrize(
    ("opening", "words"),
    [
        (datetime(2026, 6, 12, 13, 0, tzinfo=BERLIN), "opens 13:00"),
        (datetime(2026, 6, 15, 8, 30, tzinfo=BERLIN), "opens Mon 08:30"),
        (datetime(2026, 6, 22, 8, 30, tzinfo=BERLIN), "opens Mon 22 Jun 08:30"),
    ],
)
def test_closed_calendar_says_when_it_opens(opening: datetime, words: str) -> None:
    """TS-10: the next opening, and the open time that remains then."""
    shown = chip(timedelta(minutes=79), opening=opening)
    assert (shown.tone, shown.words, shown.detail) == (Tone.FINE, words, f"{words}, then 1 h 19 left")


def test_the_opening_is_told_in_the_time_of_the_office() -> None:
    """TS-10: never in the time of the agent's own machine."""
    woking = datetime(2026, 6, 15, 8, 30, tzinfo=ZoneInfo("Europe/London"))
    assert chip(timedelta(minutes=79), opening=woking).words == "opens Mon 08:30"


@pytest.mark.parametrize(
    ("state", "tone", "words"),
    [
        (ClockState.PAUSED, Tone.PAUSED, "paused"),
        (ClockState.MET, Tone.FINE, "kept"),
        (ClockState.BREACHED, Tone.LATE, "late now"),
        (ClockState.EXEMPT, Tone.PAUSED, "does not apply"),
        (ClockState.REFUSED, Tone.PAUSED, "ended"),
        (ClockState.NONE, Tone.PAUSED, ""),
    ],
)
def test_states_other_than_running(state: ClockState, tone: Tone, words: str) -> None:
    shown = chip(timedelta(minutes=5), state)
    assert (shown.tone, shown.words) == (tone, words)


def test_a_calendar_is_asked_once_a_tick_and_only_for_running_clocks() -> None:
    asked: list[int] = []

    def measure(row: QueueRow, _now: datetime) -> OpenTime:
        asked.append(row.ticket_id)
        return OpenTime(3600, None)

    countdowns = Countdowns(measure, SOON)
    rows = sample_rows()
    countdowns.advance(NOW)
    for row in [*rows, *rows]:
        countdowns.of(row)
    assert asked == [row.ticket_id for row in rows if row.state is ClockState.RUNNING]
