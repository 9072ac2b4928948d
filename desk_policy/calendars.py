"""Calendars whose dates run out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from desk_core.policy import Policy

_SOON: Final = dt.timedelta(days=90)


def ending_calendars(policy: Policy, today: dt.date) -> Iterator[str]:
    """A warning for each calendar that lists holidays and covers less than 90 days more: after that they are not known."""
    for spec in policy.calendars:
        ends = spec.covers_to
        if spec.holidays and ends is not None and ends - today < _SOON:
            wanted = f"desk-policy calendar {policy.head.name} {ends.year + 1}"
            yield f'[[calendar]] "{spec.id}", covers: the holidays are known to {ends} only; propose the next ones with {wanted}.'
