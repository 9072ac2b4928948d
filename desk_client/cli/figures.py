"""The desk's figures at a terminal: ``figures``, for who supervises."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from desk_client.cli.context import Context
from desk_client.cli.output import Answer
from desk_client.services.errors import DeskError
from desk_client.services.figures import Asked, Told
from desk_client.services.i18n import tr
from desk_core.facts import PARTS, Part
from desk_core.references import grouped
from desk_core.reporting import RESULTS, BehindReply, Line, Report


def figures(context: Context) -> Answer:
    """``figures --from DAY --to DAY``: the report; with ``--list KPI:RESULT`` what is behind a number, of a ``--part`` alone."""
    args = context.args
    part: Part | None = next((each for each in PARTS if each == args.by), None)
    asked = Asked(first=args.first, last=args.last, by=part or "", live=args.live)
    if asked.last < asked.first:
        text = tr("The last day of a report must not lie before its first one: change --from or --to.")
        raise DeskError(text, "bad_days")
    if not args.list:
        told = context.client.figures.report(asked).result()
        return Answer(_data(told), [*_standing(told), *_report(told.answer)])
    figure, _, result = args.list.rpartition(":")
    if result not in RESULTS:
        choices = ", ".join(RESULTS)
        raise DeskError(
            tr("Give --list a figure and one of {choices}, as in A1:missed.", choices=choices), "bad_number"
        )
    listed = context.client.figures.behind(asked, figure, result, args.part).result()
    return Answer(_data(listed), [*_standing(listed), *_list(listed.answer)])


def _data(told: Told[Report] | Told[BehindReply]) -> dict[str, object]:
    return {"kept": told.kept, **msgspec.to_builtins(told.answer)}


def _standing(told: Told[Report] | Told[BehindReply]) -> Iterator[str]:
    if told.kept:
        yield tr("{why} These are the figures as they were told last.", why=told.why)


def _report(made: Report) -> Iterator[str]:
    yield tr(
        "{first} to {last}, counted {time} UTC", first=made.first, last=made.last, time=f"{made.as_of:%Y-%m-%d %H:%M}"
    )
    if made.signed is not None:
        yield tr("As signed off by {name} on {day}.", name=made.signed.by, day=f"{made.signed.at:%Y-%m-%d}")
    yield from (_line(line) for line in (*made.figures, *made.surveys))


def _line(line: Line) -> str:
    name = f"  {line.part}" if line.part else f"{line.id} {line.title}"
    numbers = tr(
        "{met} met, {missed} missed, {running} running, {unmeasured} not measurable",
        met=line.met,
        missed=line.missed,
        running=line.running,
        unmeasured=line.not_measurable,
    )
    apart = tr("{count} counted", count=line.counted) if line.counted else ""
    share = "" if line.percent == "n/a" else f"{line.percent} %"
    return f"{name}: {', '.join(filter(None, (numbers, apart, share)))}"


def _list(found: BehindReply) -> Iterator[str]:
    for row in found.rows:
        about = " · ".join(filter(None, (row.customer, row.member)))
        yield f"{grouped(row.reference) if row.reference else row.id}  {row.at:%Y-%m-%d %H:%M} UTC  {about}".rstrip()
    if found.total > len(found.rows):
        yield tr("{count} in all.", count=found.total)
