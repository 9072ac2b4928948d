"""The deadline of one clock of a policy, for the command line."""

from desk_core.calendars import CalendarError
from desk_core.clocks import UNSET
from desk_core.durations import parse_amount
from desk_core.explanation_texts import display_deadline
from desk_core.policy import ClockRule, Policy
from desk_policy.cases import Answer, due_answer, read_instant, read_pause


def due(policy: Policy, clock_id: str, start: str, calendar_id: str | None, pauses: tuple[str, ...]) -> Answer:
    """The deadline of a clock that began at `start`, with its reasons and, as `text`, both for people. Raises CalendarError."""
    clock = policy.clock(clock_id)
    if clock is None:
        known = ", ".join(each.id for each in policy.clocks) or "none"
        raise CalendarError(f'"{clock_id}" is not a clock of {policy.head.name}; its clocks are: {known}.')
    if clock.amount == UNSET:
        raise CalendarError(f"{clock_id} has no amount in {policy.head.name}, so it has no deadline.")
    calendar = policy.calendar(_calendar_id(policy, clock, calendar_id))
    begins = read_instant(start, "--start")
    stops = [read_pause(each.partition("/")[0], each.partition("/")[2]) for each in pauses]
    answer = due_answer(calendar, begins, parse_amount(clock.amount), stops)
    at = calendar.add(begins, parse_amount(clock.amount), stops).at
    shown = "no deadline" if at is None else display_deadline(at, calendar.zone)
    text = f"{shown} ({calendar.spec.zone})\n{answer['why']}"
    return {"policy": policy.head.name, "clock": clock.id, "calendar": calendar.spec.id, **answer, "text": text}


def _calendar_id(policy: Policy, clock: ClockRule, wanted: str | None) -> str:
    known = [spec.id for spec in policy.calendars]
    if wanted is not None:
        if wanted not in known:
            raise CalendarError(
                f'"{wanted}" is not a calendar of {policy.head.name}; its calendars are: {", ".join(known)}.'
            )
        return wanted
    if isinstance(clock.calendar, str):
        return clock.calendar
    raise CalendarError(
        f"{clock.id} counts in the calendar of the ticket's office; add --calendar with one of: {', '.join(known)}."
    )
