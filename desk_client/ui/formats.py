"""Times and dates as people read them, in the language of the window."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QLocale

from desk_client.ui.i18n import tr

_SHORT = QLocale.FormatType.ShortFormat


def clock_time(moment: datetime) -> str:
    """``08:30``; ``moment`` is local to the place that is meant."""
    return f"{moment:%H:%M}"


def day_time(moment: datetime) -> str:
    """``Mon 08:30``."""
    return tr("{day} {time}", day=QLocale().dayName(moment.isoweekday(), _SHORT), time=clock_time(moment))


def date_time(moment: datetime) -> str:
    """``Mon 4 Jan 08:30``."""
    day, month = QLocale().dayName(moment.isoweekday(), _SHORT), QLocale().monthName(moment.month, _SHORT)
    return tr("{day} {date} {month} {time}", day=day, date=moment.day, month=month, time=clock_time(moment))


def full_date(day: date) -> str:
    """``30 Jun 2027``."""
    return tr("{date} {month} {year}", date=day.day, month=QLocale().monthName(day.month, _SHORT), year=day.year)


def full_time(moment: datetime) -> str:
    """``Fri 12 Jun 2026  11:06:24``, for the status line."""
    day, month = QLocale().dayName(moment.isoweekday(), _SHORT), QLocale().monthName(moment.month, _SHORT)
    return tr(
        "{day} {date} {month} {year}  {time}",
        day=day, date=moment.day, month=month, year=moment.year, time=f"{moment:%H:%M:%S}",
    )  # fmt: skip


def hours_minutes(minutes: int) -> str:
    """``12 min``, ``1 h 19``, ``3 h``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes} min", minutes=rest)
    return tr("{hours} h {minutes}", hours=hours, minutes=f"{rest:02d}") if rest else tr("{hours} h", hours=hours)
