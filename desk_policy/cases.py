"""Clock cases as JSON lines: one object in, one object out, a bad line is answered and does not stop the rest.

The calendar is written out in every line, so no policy is needed; keys that are not known are ignored.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final, TypeVar, cast

import msgspec

from desk_core.calendar_spec import WEEKDAYS, DatedWindows, NamedDay, Window, parse_window, window
from desk_core.calendars import Calendar, CalendarError, CalendarSpec, Pause
from desk_core.durations import UNITS, Duration, Unit
from desk_core.explanation_texts import render_steps
from desk_core.explanations import explain

_WrittenWindow = tuple[str, str] | str
_WrittenDay = date | NamedDay
_WrittenPause = tuple[str, str | None]
_T = TypeVar("_T")
_MOST_CALENDARS: Final = 512
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_PLAIN_WORDS: Final = {
    "str": "text in quotes",
    "int": "a number",
    "float": "a number",
    "object": "an object",
    "array": "a list",
}
_QUOTED: Final = re.compile(r"`([^`]*)`")

Answer = dict[str, object]


class _CalendarCase(msgspec.Struct):
    tz: str
    week: dict[str, list[_WrittenWindow]] = {}
    holidays: list[_WrittenDay] | None = None
    holiday_windows: list[_WrittenWindow] | None = None
    closed_days: list[_WrittenDay] | None = None
    overrides: dict[date, list[_WrittenWindow]] | None = None
    working_day_hours: int | float | None = None


class _DurationCase(msgspec.Struct):
    unit: str
    amount: int | float | None = None


class DueCase(msgspec.Struct):
    """A line of `due --batch`: a promise in a calendar."""

    calendar: msgspec.Raw
    start: str
    duration: _DurationCase
    pauses: list[_WrittenPause] | None = None
    id: object = None


class ElapsedCase(msgspec.Struct):
    """A line of `elapsed --batch`: two instants in a calendar."""

    calendar: msgspec.Raw
    begins: str = msgspec.field(name="from")
    ends: str = msgspec.field(name="to")
    pauses: list[_WrittenPause] | None = None
    id: object = None


class Calendars:
    """Compiles the calendars of the lines; one that comes again is compiled once."""

    def __init__(self) -> None:
        self._known: dict[bytes, Calendar] = {}

    def get(self, raw: msgspec.Raw) -> Calendar:
        """The calendar written in this JSON text. Raises CalendarError or msgspec.DecodeError for one that cannot be used."""
        text = bytes(raw)
        calendar = self._known.get(text)
        if calendar is None:
            if len(self._known) >= _MOST_CALENDARS:
                self._known.clear()
            calendar = self._known[text] = Calendar(_spec(_decode(text, _CalendarCase, "calendar")))
        return calendar


def due(case: DueCase, calendars: Calendars) -> Answer:
    """The deadline of one line and why; all null but `why` while a pause without an end stops it. Raises CalendarError."""
    calendar = calendars.get(case.calendar)
    start = read_instant(case.start, "start")
    pauses = _pauses(case.pauses)
    return {"id": case.id, **due_answer(calendar, start, _duration(case.duration), pauses)}


def due_answer(calendar: Calendar, start: datetime, duration: Duration, pauses: list[Pause]) -> Answer:
    """A deadline as desk-policy writes it: UTC, local, the seconds that count, the seconds that go by, and why. Raises CalendarError."""
    at = calendar.add(start, duration, pauses).at
    answer: Answer = {"deadline_utc": None, "deadline_local": None, "open_seconds": None, "elapsed_seconds": None}
    if at is not None:
        answer = {
            "deadline_utc": at.isoformat().replace("+00:00", "Z"),
            "deadline_local": at.astimezone(calendar.zone).isoformat(),
            "open_seconds": _number(calendar.open_seconds_between(start, at, pauses)),
            "elapsed_seconds": _number((at - start.astimezone(UTC)).total_seconds()),
        }
    return {**answer, "why": render_steps(explain(calendar, start, duration, pauses), calendar.zone)}


def elapsed(case: ElapsedCase, calendars: Calendars) -> Answer:
    """The open seconds between the two instants of one line. Raises CalendarError."""
    calendar = calendars.get(case.calendar)
    begins, ends = read_instant(case.begins, "from"), read_instant(case.ends, "to")
    if ends < begins:
        raise CalendarError("to lies before from; swap them.")
    return {"id": case.id, "open_seconds": _number(calendar.open_seconds_between(begins, ends, _pauses(case.pauses)))}


def answers(lines: Iterable[bytes], kind: type[_T], compute: Callable[[_T, Calendars], Answer]) -> Iterator[Answer]:
    """The answer to every line that is not blank, in order; `{id, error}` for a bad one."""
    calendars = Calendars()
    for number, line in enumerate(lines, 1):
        text = line.removeprefix(_BYTE_ORDER_MARK).strip() if number == 1 else line.strip()
        if not text:
            continue
        try:
            yield compute(_decode(text, kind), calendars)
        except CalendarError as error:
            known = _id_of(text)
            yield {"id": known, "error": str(error) if known is not None else f"line {number}: {error}"}


def read_instant(text: str, what: str) -> datetime:
    """An instant with its offset, as 2026-05-13T16:15+02:00. Raises CalendarError for anything else (TS-1)."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise CalendarError(f'{what}: "{text}" is not an instant; write for example 2026-05-13T16:15+02:00.') from None
    if instant.tzinfo is None:
        raise CalendarError(f'{what}: "{text}" has no offset from UTC; write for example 2026-05-13T16:15+02:00.')
    return instant


def read_line(text: bytes, kind: type[_T]) -> _T:
    """One JSON object as a struct of this kind. Raises CalendarError with what is wrong with it."""
    return _decode(text, kind)


def read_pause(begins: str, ends: str | None) -> Pause:
    """A pause between two instants; an end that is None or empty is never. Raises CalendarError."""
    return read_instant(begins, "pause"), read_instant(ends, "pause") if ends else None


def _pauses(written: list[_WrittenPause] | None) -> list[Pause]:
    return [read_pause(begins, ends) for begins, ends in written or ()]


def _duration(written: _DurationCase) -> Duration:
    if written.unit not in UNITS:
        raise CalendarError(f'duration: "{written.unit}" is not a unit; write one of {", ".join(UNITS)}.')
    if written.amount is None and written.unit != "next_open":
        raise CalendarError(f'duration: the amount of {written.unit} is missing; write for example "amount": 2.')
    return Duration(written.amount or 0, cast(Unit, written.unit))


def _spec(written: _CalendarCase) -> CalendarSpec:
    strange = next((day for day in written.week if day not in WEEKDAYS), None)
    if strange is not None:
        raise CalendarError(f'calendar: "{strange}" is not a day of the week; write {", ".join(WEEKDAYS)}.')
    return CalendarSpec(
        id="case",
        zone=written.tz,
        week=tuple(_windows(written.week.get(day)) for day in WEEKDAYS),
        holidays=_named(written.holidays),
        holiday_windows=_windows(written.holiday_windows),
        closed_days=_named(written.closed_days),
        overrides=tuple(DatedWindows(day, _windows(each)) for day, each in (written.overrides or {}).items()),
        working_day_hours=written.working_day_hours,
    )


def _windows(written: list[_WrittenWindow] | None) -> tuple[Window, ...]:
    return tuple(parse_window(each) if isinstance(each, str) else window(*each) for each in written or ())


def _named(written: list[_WrittenDay] | None) -> tuple[NamedDay, ...]:
    return tuple(each if isinstance(each, NamedDay) else NamedDay(each) for each in written or ())


def _decode(text: bytes, kind: type[_T], inside: str = "") -> _T:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at `$")
        place = ".".join(part for part in (inside, path.strip("`.")) if part)
        raise CalendarError(f"{place + ': ' if place else ''}{_QUOTED.sub(_plainly, what)}.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise CalendarError("This line is not a JSON object; write one whole object on one line.") from None


def _plainly(found: re.Match[str]) -> str:
    words = {_PLAIN_WORDS.get(word, word): None for word in found[1].split(" | ") if word != "null"}
    return " or ".join(words) or "nothing"


def _id_of(text: bytes) -> object:
    try:
        # Not msgspec: the id is found even where a number of the line is out of its range.
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found.get("id") if isinstance(found, dict) else None


def _number(seconds: float) -> int | float:
    return int(seconds) if seconds == int(seconds) else seconds
