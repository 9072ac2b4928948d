"""A report as rows of a table: what every file of it says."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from desk_core.references import grouped
from desk_core.reporting import NONE, RESULTS, BehindReply, Line, Mean, Report

COLUMNS = (
    *("table", "id", "title", "part", *RESULTS, "percent", "target", "reached", "difference", "count", "mean"),
    *("mean_seconds", "longest_seconds", "definition"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int | float


class Sheet(NamedTuple):
    """A table with its heading row."""

    title: str
    head: tuple[str, ...]
    rows: list[tuple[Cell, ...]]


def csv_of(made: Report) -> str:
    """One table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: harmless(value) for key, value in row.items()} for row in _rows(made))
    return out.getvalue()


def harmless(value: object) -> object:
    """A spreadsheet must not take a text of a customer for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _rows(made: Report) -> Iterator[dict[str, object]]:
    for table, lines in (("figure", made.figures), ("survey", made.surveys)):
        yield from ({"table": table, **_columns(line)} for line in lines)
    for mean in made.means:
        yield {"table": "mean", "id": mean.register, **_columns(mean)}
    for each in made.contacts:
        yield {"table": "contacts", "id": each.channel, "part": each.office, "count": each.count}
    for customer, count in made.again.items():
        yield {"table": "came back", "part": customer, "count": count}
    for code, count in made.refused.items():
        yield {"table": "refused", "id": code, "count": count}
    for review in made.reviews:
        yield {"table": "reviewed", "part": review.by, "title": f"{review.at:%Y-%m-%dT%H:%M:%SZ}"}


def _columns(line: Line | Mean) -> dict[str, object]:
    values = {name: getattr(line, name) for name in line.__struct_fields__ if name in COLUMNS}
    return {name: "" if value is None else value for name, value in values.items()}


# --- for people ---------------------------------------------------------------------------------------------------------------

_HEADINGS = (
    "",
    "met",
    "missed",
    "running",
    "not measurable",
    "left out",
    "abandoned",
    "counted",
    "share",
    "target",
    "",
)


def heading(made: Report) -> str:
    """What the report is of."""
    return f"{made.policy}, version {made.version}: {made.first} to {made.last}"


def standing(made: Report) -> str:
    """As of when it was counted, and whether that stays."""
    if made.signed is None:
        return f"Counted on {made.as_of:%Y-%m-%d %H:%M} UTC."
    return f"As signed off by {made.signed.by} on {made.signed.at:%Y-%m-%d %H:%M} UTC."


def sheets(made: Report) -> list[Sheet]:
    """The tables of the report, each with its heading; empty ones are left out."""
    definitions = {
        line.id: (line.title, line.definition, ", ".join(line.rules)) for line in (*made.figures, *made.surveys)
    }
    found = [
        Sheet("Figures", _HEADINGS, [cells(line) for line in (*made.figures, *made.surveys)]),
        Sheet("Definitions", ("id", "title", "definition", "rules"), [(key, *row) for key, row in definitions.items()]),
        Sheet(
            "Scores", ("register", "part", "mean", "count"), [(m.title, m.part, m.mean, m.count) for m in made.means]
        ),
        Sheet(
            "Contacts",
            ("office", "channel", "count", *(f"{hour:02}" for hour in range(24))),
            [(c.office, c.channel, c.count, *(c.hours.get(f"{h:02}", 0) for h in range(24))) for c in made.contacts],
        ),
        Sheet("Came back", ("customer", "times"), list(made.again.items())),
        Sheet("Refused", ("code", "times"), list(made.refused.items())),
        Sheet("Reviews", ("by", "at"), [(r.by, f"{r.at:%Y-%m-%d %H:%M} UTC") for r in made.reviews]),
    ]
    return [sheet for sheet in found if sheet.rows]


def cells(line: Line) -> tuple[Cell, ...]:
    """A figure as people read it."""
    share = line.percent if line.percent == NONE else f"{line.percent} %"
    name = f"  {line.part}" if line.part else f"{line.id} {line.title}"
    target = f"{line.target} %" if line.target else ""
    return (name, *(getattr(line, result) for result in RESULTS), share, target, ", ".join(remarks(line)))


def remarks(line: Line) -> Iterator[str]:
    """What is to be said beside the numbers."""
    if line.reached:
        yield "reached" if line.reached == "yes" else f"below {line.target} %"
    if line.difference is not None:
        yield f"{line.difference:+.1f} against the baseline"
    if line.mean_seconds is not None:
        yield f"{duration(line.mean_seconds)} on average"


def duration(seconds: int) -> str:
    """A length of time, cut to what a person wants to know."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    if hours >= 48:
        return f"{hours // 24} d {hours % 24} h"
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {left} s" if minutes else f"{left} s"


def told(made: Report, offices: dict[str, str]) -> Iterator[str]:
    """The report as lines of a terminal."""
    yield heading(made)
    yield standing(made)
    yield from _aligned([_HEADINGS, *(tuple(map(str, cells(line))) for line in (*made.figures, *made.surveys))])
    for line in made.figures:
        if line.misses:
            yield f"{line.id}{f' ({line.part})' if line.part else ''} missed: {', '.join(map(grouped, line.misses))}"
    for mean in made.means:
        about = f", {mean.part}" if mean.part else ""
        yield f"{mean.title}{about}: mean {mean.mean} of {mean.count} score{'' if mean.count == 1 else 's'}"
    for each in made.contacts:
        yield f"Contacts, {offices.get(each.office, each.office) or NONE}, {each.channel}: {each.count}"
    for customer, count in made.again.items():
        yield f"Came back {count} time{'' if count == 1 else 's'}: {customer}"
    for code, count in made.refused.items():
        yield f"Refused {count} time{'' if count == 1 else 's'}: {code}"
    for review in made.reviews:
        yield f"Reviewed by {review.by} on {review.at:%Y-%m-%d %H:%M} UTC"
    if not made.reviews:
        yield "Not reviewed."


def listed(found: BehindReply) -> Iterable[str]:
    """What is behind a number, as references people say, or ids of what has none."""
    return (grouped(row.reference) if row.reference else row.id for row in found.rows)


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        inner = (cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True))
        yield "  ".join((row[0].ljust(widths[0]), *inner, row[-1])).rstrip()
