"""Times, dates and telephone numbers as people read them."""

from __future__ import annotations

import datetime as dt

from desk_client.services.i18n import from_core, tr
from desk_core.explanation_texts import MONTH_NAMES, WEEKDAY_NAMES
from desk_core.people import phone_display
from desk_core.tickets import Fault


def weekday(day: dt.date) -> str:
    """``Mon``."""
    return from_core(WEEKDAY_NAMES[day.weekday()])


def month(day: dt.date) -> str:
    """``Jan``."""
    return from_core(MONTH_NAMES[day.month - 1])


def clock_time(moment: dt.datetime) -> str:
    """``08:30``; ``moment`` is local to the place that is meant."""
    return f"{moment:%H:%M}"


def day_time(moment: dt.datetime) -> str:
    """``Mon 08:30``."""
    return tr("{day} {time}", day=weekday(moment), time=clock_time(moment))


def day_words(day: dt.date) -> str:
    """``Tue 9 Jun``."""
    return tr("{day} {date} {month}", day=weekday(day), date=day.day, month=month(day))


def date_time(moment: dt.datetime) -> str:
    """``Mon 4 Jan 08:30``."""
    return tr(
        "{day} {date} {month} {time}",
        day=weekday(moment), date=moment.day, month=month(moment), time=clock_time(moment),
    )  # fmt: skip


def date_time_year(moment: dt.datetime, now: dt.datetime) -> str:
    """``Mon 4 Jan 08:30``, with the year when it is not that of ``now``."""
    if moment.year == now.year:
        return date_time(moment)
    return tr(
        "{day} {date} {month} {year} {time}",
        day=weekday(moment), date=moment.day, month=month(moment), year=moment.year, time=clock_time(moment),
    )  # fmt: skip


def full_date(day: dt.date) -> str:
    """``30 Jun 2027``."""
    return tr("{date} {month} {year}", date=day.day, month=month(day), year=day.year)


def full_time(moment: dt.datetime) -> str:
    """``Fri 12 Jun 2026  11:06:24``, for the status line."""
    return tr(
        "{day} {date} {month} {year}  {time}",
        day=weekday(moment), date=moment.day, month=month(moment), year=moment.year, time=f"{moment:%H:%M:%S}",
    )  # fmt: skip


def hours_minutes(minutes: int) -> str:
    """``12 min``, ``1 h 19``, ``3 h``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes} min", minutes=rest)
    return tr("{hours} h {minutes}", hours=hours, minutes=f"{rest:02d}") if rest else tr("{hours} h", hours=hours)


def phone_words(fault: Fault) -> str:
    """The number in readable groups; as it was typed when it has no international form (H-18)."""
    return phone_display(fault.phone_e164) if fault.phone_e164 else fault.phone
