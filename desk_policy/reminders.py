"""What somebody should look after soon, though nothing is wrong: calendars whose dates run out, a review that is due (A-15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from desk_core.policy import Policy

_SOON: Final = dt.timedelta(days=90)


def reminders(policy: Policy, today: dt.date) -> Iterator[str]:
    """One for each calendar that lists holidays and covers less than 90 days more, and one for a review whose day has passed."""
    if policy.head.review_overdue(today):
        yield f"[policy], next_review: the review of {policy.head.next_review} is overdue; review the policy and write the next day."
    for spec in policy.calendars:
        ends = spec.covers_to
        if spec.holidays and ends is not None and ends - today < _SOON:
            wanted = f"desk-policy calendar {policy.head.name} {ends.year + 1}"
            yield f'[[calendar]] "{spec.id}", covers: the holidays are known to {ends} only; propose the next ones with {wanted}.'
