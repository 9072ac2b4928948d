"""`desk-server report`: the figures of a period, computed from what happened, with the list behind every number."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import click
import msgspec

from desk_core.kpis import Part, Period
from desk_core.policy import Policy
from desk_core.references import grouped
from desk_core.reporting import NONE, RESULTS, Facts, Line, Mean, Report, behind, period_text, report
from desk_server.commands.data import data_option, database_option
from desk_server.commands.desks import desk_option, desk_services
from desk_server.commands.sentences import Problem

_PARTS: dict[str, Part] = {
    "office": "office",
    "region": "office",
    "department": "department",
    "member": "holder",
    "customer": "customer",
    "channel": "channel",
    "entitlement": "entitlement",
    "complaint": "complaint",
}
_HEADINGS = ("", "met", "missed", "running", "not measurable", "left out", "abandoned", "share", "target", "")
_COLUMNS = ("table", "id", "title", "part", *RESULTS, "percent", "target", "reached", "difference", "count", "mean")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DATE = click.DateTime(["%Y-%m-%d"])


@click.command("report")
@click.argument("figures", metavar="[KPI]...", nargs=-1)
@click.option("--from", "first", required=True, type=_DATE, metavar="DATE", help="The first day, as in 2026-03-01.")
@click.option("--to", "last", required=True, type=_DATE, metavar="DATE", help="The last day, as in 2026-03-31.")
@click.option("--by", type=click.Choice(list(_PARTS)), help="Take each figure apart; a region is an office.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@click.option("--csv", "as_csv", is_flag=True, help="As a table for a spreadsheet.")
@click.option("--list", "listed", metavar="KPI:RESULT", help="The references behind a number, as in A1:missed.")
@click.option(
    "--sign-off", metavar="NAME", help="Record that the supervisor who signs in as NAME reviewed this report."
)
@data_option
@database_option
@desk_option
def report_command(
    figures: tuple[str, ...],
    first: dt.datetime,
    last: dt.datetime,
    by: str | None,
    as_json: bool,
    as_csv: bool,
    listed: str | None,
    sign_off: str | None,
    data: Path,
    database: str | None,
    desk: str | None,
) -> None:
    """Report the figures of the desk's policy over whole days: met, missed, running, not measurable, and the share, which is cut and
    never rounded up. KPI is a figure's id, as in A1; without one all are told, with contacts, surveys and what the rules refused."""
    period = Period(first.date(), last.date())
    if period.last < period.first:
        raise Problem("The last day of a report must not lie before its first one: change --from or --to.")
    if as_json and as_csv:
        raise click.UsageError("Give --json or --csv, not both.")
    with desk_services(data, database, desk) as (desk_id, services):
        policy, facts = services.reports.counted(desk_id, period)
        _check(policy, figures)
        if sign_off is not None:
            member = services.desks.member(desk_id, sign_off)
            refused = services.reports.sign_off(desk_id, policy, member, period)
            if refused:
                raise Problem(refused)
            policy, facts = services.reports.counted(desk_id, period)
    if listed is not None:
        for reference in _behind(policy, facts, period, listed):
            click.echo(grouped(reference))
        return
    made = report(policy, facts, period, _PARTS[by] if by else None, figures)
    if as_json:
        click.echo(msgspec.json.encode(made).decode())
    elif as_csv:
        click.echo(_table(made), nl=False)
    else:
        for line in _told(made, policy, period):
            click.echo(line)


def _ids(policy: Policy) -> list[str]:
    return [*(kpi.id for kpi in policy.kpis), *(survey.id for survey in policy.surveys)]


def _check(policy: Policy, wanted: Iterable[str]) -> None:
    for figure in wanted:
        if figure not in _ids(policy):
            raise Problem(f"The policy has no figure {figure}; it has {', '.join(_ids(policy))}.")


def _behind(policy: Policy, facts: Facts, period: Period, wanted: str) -> Sequence[str]:
    figure, _, result = wanted.rpartition(":")
    _check(policy, [figure])
    if result not in RESULTS:
        raise Problem(f"Give --list a figure and one of {', '.join(RESULTS)}, as in {_ids(policy)[0]}:missed.")
    return behind(policy, facts, period, figure, result) or ()


# --- for people --------------------------------------------------------------------------------------------------------------


def _told(made: Report, policy: Policy, period: Period) -> Iterable[str]:
    yield f"{made.policy}, version {made.version}: {period_text(period)}"
    yield from _aligned([_HEADINGS, *(_cells(line) for line in (*made.figures, *made.surveys))])
    for line in made.figures:
        if line.misses:
            yield f"{line.id}{f' ({line.part})' if line.part else ''} missed: {', '.join(map(grouped, line.misses))}"
    for mean in made.means:
        about = f", {mean.part}" if mean.part else ""
        yield f"{mean.title}{about}: mean {mean.mean} of {mean.count} score{'' if mean.count == 1 else 's'}"
    for each in made.contacts:
        office = policy.office(each.office)
        yield f"Contacts, {office.title if office else each.office or NONE}, {each.channel}: {each.count}"
    for customer, count in made.again.items():
        yield f"Came back {count} time{'' if count == 1 else 's'}: {customer}"
    for code, count in made.refused.items():
        yield f"Refused {count} time{'' if count == 1 else 's'}: {code}"
    for review in made.reviews:
        yield f"Reviewed by {review.by} on {review.at:%Y-%m-%d %H:%M} UTC"
    if not made.reviews:
        yield "Not reviewed."


def _cells(line: Line) -> tuple[str, ...]:
    numbers = (line.met, line.missed, line.running, line.not_measurable, line.left_out, line.abandoned)
    share = line.percent if line.percent == NONE else f"{line.percent} %"
    reached = {"": "", "yes": "reached", "no": f"below {line.target} %"}[line.reached]
    against = "" if line.difference is None else f"{line.difference:+.1f} against the baseline"
    name = f"  {line.part}" if line.part else f"{line.id} {line.title}"
    target = f"{line.target} %" if line.target else ""
    return (name, *map(str, numbers), share, target, ", ".join(filter(None, (reached, against))))


def _aligned(rows: Sequence[Sequence[str]]) -> Iterable[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.rjust(width) for cell, width in zip(row[1:-1], widths[1:-1], strict=True))
        yield "  ".join((row[0].ljust(widths[0]), *cells, row[-1])).rstrip()


# --- for spreadsheets --------------------------------------------------------------------------------------------------------


def _table(made: Report) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _harmless(value) for key, value in row.items()} for row in _rows(made))
    return out.getvalue()


def _rows(made: Report) -> Iterable[dict[str, object]]:
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
    values = {name: getattr(line, name) for name in line.__struct_fields__ if name in _COLUMNS}
    return {name: "" if value is None else value for name, value in values.items()}


def _harmless(value: object) -> object:
    """A spreadsheet must not take a text of a customer for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
