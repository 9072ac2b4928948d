"""Counts facts in PostgreSQL: the figures of a period, the list behind a number, a figure over time (A-09)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from desk_core import facts
from desk_core.facts import PARTS, Part
from desk_core.kpis import Period
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.reporting import Behind, Review, Sums, Tally, all_figures, period_text
from desk_server.sync.service import Raw

Step = Literal["day", "week", "month"]
STEPS: tuple[Step, ...] = ("day", "week", "month")

_NUMBERS = "result, count(*), coalesce(sum(amount), 0)::bigint, count(amount), coalesce(max(amount), 0)"
_TALLIES = "SELECT figure, NULL, {numbers} FROM {source} GROUP BY figure, result"
_SPLIT = (
    "SELECT figure, CASE WHEN grouping({part}) = 1 THEN NULL ELSE {part} END, {numbers} FROM {source} "
    "GROUP BY GROUPING SETS ((figure, result), (figure, result, {part}))"
)
_MISSES = "SELECT figure, {part}, reference FROM {source} AND result = 'missed' ORDER BY at, subject, number"
_CONTACTS = "SELECT office, channel, hour, count(*) FROM {source} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
_AGAIN = (
    "SELECT customer, count(*) FILTER (WHERE figure = %(again)s) + count(*) FILTER (WHERE figure = %(devices)s) "
    "- count(DISTINCT number) FILTER (WHERE figure = %(devices)s) AS often FROM {source} GROUP BY customer ORDER BY customer"
)
_REFUSED = "SELECT number, count(*) FROM {source} GROUP BY number ORDER BY number"
_COUNT = "SELECT count(*) FROM {source} AND result = %(result)s{narrowed}"
_BEHIND = (
    "SELECT subject, reference, at, holder, customer, department, amount FROM {source} AND result = %(result)s{narrowed} "
    "ORDER BY day, at, subject, number LIMIT %(rows)s OFFSET %(offset)s"
)
_TREND = "SELECT date_trunc(%(step)s, day)::date AS first, result, count(*) FROM {source} GROUP BY 1, 2"
_SIGNED = (
    "SELECT review FROM sign_off WHERE desk = %s AND first = %s AND last = %s ORDER BY at DESC, review DESC LIMIT 1"
)
_LINES = "SELECT body::text FROM entry WHERE desk = %s AND register = ANY(%s) ORDER BY at, id"
_NAMES = (
    "SELECT id, body ->> 'name' FROM member WHERE desk = %(desk)s AND id = ANY(%(ids)s) "
    "UNION ALL SELECT id, body ->> 'name' FROM customer WHERE desk = %(desk)s AND id = ANY(%(ids)s)"
)
_ENTRY = msgspec.json.Decoder(Entry)
_BASELINE = "value"


class Source(NamedTuple):
    """The facts that are counted: those of the moment, or those that a sign-off (``review``) keeps."""

    desk: str
    period: Period
    review: str = ""

    def sql(self, statement: str, **names: str) -> str:
        """A statement over these facts of the figures ``%(figures)s``."""
        table = "signed_fact WHERE review = %(review)s AND" if self.review else "fact WHERE"
        source = f"{table} desk = %(desk)s AND figure = ANY(%(figures)s) AND day BETWEEN %(first)s AND %(last)s"
        return statement.format(source=source, numbers=_NUMBERS, **names)

    def values(self, figures: Iterable[str], **more: Any) -> dict[str, Any]:
        """What such a statement asks for."""
        days = {"first": self.period.first, "last": self.period.last}
        return {"desk": self.desk, "review": self.review, "figures": list(figures), **days, **more}


def signed(raw: Raw, desk: str, period: Period) -> str:
    """The last sign-off of exactly these days, or ""."""
    row = raw.execute(_SIGNED, (desk, period.first, period.last)).fetchone()
    return str(row[0]) if row else ""


def sums(raw: Raw, source: Source, policy: Policy, by: Part | None, only: Sequence[str], now: dt.datetime) -> Sums:
    """What the period comes to, in all and ``by`` its parts; ``only`` these figures."""
    part = by if by in PARTS else None
    told = [figure for figure in all_figures(policy) if not figure.startswith("=") or figure.startswith("=scores/")]
    wanted = [figure for figure in told if not only or figure in only or figure.startswith("=")]
    statement = source.sql(_SPLIT, part=part) if part else source.sql(_TALLIES)
    tallies = tuple(Tally(*row) for row in raw.execute(statement, source.values(wanted)).fetchall())
    again = _again(raw, source)
    reviews = _reviews(raw, source.desk, policy, source.period)
    ids = {*again, *(tally.part for tally in tallies if tally.part)}
    names = names_of(raw, source.desk, [*ids, *(review.by for review in reviews)])
    told_reviews = tuple(msgspec.structs.replace(each, by=names.get(each.by, each.by)) for each in reviews)
    refused = raw.execute(source.sql(_REFUSED), source.values([facts.REFUSED])).fetchall()
    contacts = raw.execute(source.sql(_CONTACTS), source.values([facts.CONTACTS])).fetchall()
    return Sums(
        tallies=tallies,
        misses=_misses(raw, source, policy, part),
        contacts=tuple((office, channel, hour, count) for office, channel, hour, count in contacts),
        again=again,
        refused=dict(refused),
        names=names,
        baselines=_baselines(raw, source.desk, policy),
        reviews=told_reviews,
        as_of=now,
        signed=next((each for each in told_reviews if each.id == source.review), None) if source.review else None,
    )


def _again(raw: Raw, source: Source) -> dict[str, int]:
    figures = [facts.CALLED_AGAIN, facts.DEVICES]
    values = source.values(figures, again=facts.CALLED_AGAIN, devices=facts.DEVICES)
    return {customer: often for customer, often in raw.execute(source.sql(_AGAIN), values).fetchall() if often}


def _misses(
    raw: Raw, source: Source, policy: Policy, part: Part | None
) -> dict[tuple[str, str | None], tuple[str, ...]]:
    """The references of what was missed, where each one counts (H-04)."""
    each_counts = [kpi.id for kpi in policy.kpis if kpi.list_each]
    if not each_counts:
        return {}
    found: dict[tuple[str, str | None], dict[str, None]] = {}
    rows = raw.execute(source.sql(_MISSES, part=part or "NULL"), source.values(each_counts)).fetchall()
    for figure, where, reference in rows:
        found.setdefault((figure, None), {})[reference] = None
        if part:
            found.setdefault((figure, where), {})[reference] = None
    return {key: tuple(references) for key, references in found.items()}


def names_of(raw: Raw, desk: str, ids: Iterable[str | None]) -> dict[str, str]:
    """The names of members and customers."""
    rows = raw.execute(_NAMES, {"desk": desk, "ids": [each for each in ids if each]}).fetchall()
    return {each: str(name) for each, name in rows}


def _baselines(raw: Raw, desk: str, policy: Policy) -> tuple[Entry, ...]:
    kept = [each.id for each in policy.registers if any(field.id == _BASELINE for field in each.fields)]
    return tuple(_ENTRY.decode(body) for (body,) in raw.execute(_LINES, (desk, kept)).fetchall()) if kept else ()


def _reviews(raw: Raw, desk: str, policy: Policy, period: Period) -> tuple[Review, ...]:
    """Who reviewed the report of this period; ``by`` is the member's id here."""
    kept = [each.id for each in policy.registers if each.reviews]
    lines = [_ENTRY.decode(body) for (body,) in raw.execute(_LINES, (desk, kept)).fetchall()] if kept else []
    text = period_text(period)
    mine = (line for line in lines if text in [value.value for value in line.values])
    return tuple(Review(by=line.member, at=line.at, id=line.id) for line in mine)


def behind(
    raw: Raw, source: Source, figure: str, result: str, where: tuple[Part, str] | None, rows: int, offset: int
) -> tuple[int, tuple[Behind, ...]]:
    """How many things are behind a number of a figure, or of a part of it, and a page of them in their order."""
    narrowed = f" AND {where[0]} = %(value)s" if where else ""
    values = source.values([figure], result=result, value=where[1] if where else "", rows=rows, offset=offset)
    (total,) = raw.execute(source.sql(_COUNT, narrowed=narrowed), values).fetchone() or (0,)
    found = raw.execute(source.sql(_BEHIND, narrowed=narrowed), values).fetchall()
    names = names_of(raw, source.desk, {name for row in found for name in row[3:5]})
    listed = (
        Behind(
            id=subject,
            reference=reference,
            at=at,
            member=names.get(str(holder), str(holder)),
            customer=names.get(str(customer), str(customer)),
            department=department,
            seconds=amount,
        )
        for subject, reference, at, holder, customer, department, amount in found
    )
    return total, tuple(listed)


def over_time(raw: Raw, source: Source, figure: str, step: Step) -> list[tuple[dt.date, str, int]]:
    """The first day of each step, a result, and how often."""
    return raw.execute(source.sql(_TREND), source.values([figure], step=step)).fetchall()
