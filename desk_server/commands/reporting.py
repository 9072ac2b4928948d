"""`desk-server report`: the figures of a period, computed from what happened, with the list behind every number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click
import msgspec

from desk_core.facts import Part
from desk_core.kpis import Period
from desk_core.policy import Policy
from desk_core.reporting import RESULTS, figure_ids
from desk_server.commands.data import data_option, database_option
from desk_server.commands.desks import Services, desk_option, desk_services
from desk_server.commands.sentences import Problem
from desk_server.reports.files import FORMATS, Format, file_of
from desk_server.reports.service import Asked
from desk_server.reports.table import csv_of, listed, told

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
_ROWS = 100_000
_DATE = click.DateTime(["%Y-%m-%d"])


@click.command("report")
@click.argument("figures", metavar="[KPI]...", nargs=-1)
@click.option("--from", "first", required=True, type=_DATE, metavar="DATE", help="The first day, as in 2026-03-01.")
@click.option("--to", "last", required=True, type=_DATE, metavar="DATE", help="The last day, as in 2026-03-31.")
@click.option("--by", type=click.Choice(list(_PARTS)), help="Take each figure apart; a region is an office.")
@click.option("--json", "as_json", is_flag=True, help="As data.")
@click.option("--csv", "as_csv", is_flag=True, help="As a table for a spreadsheet, here.")
@click.option("--format", "wanted", type=click.Choice(FORMATS), help="As a file: a table, a workbook, or pages.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where that file goes.")
@click.option("--list", "number", metavar="KPI:RESULT", help="The references behind a number, as in A1:missed.")
@click.option("--live", is_flag=True, help="The figures of the moment, though the period was signed off.")
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
    wanted: Format | None,
    output: Path | None,
    number: str | None,
    live: bool,
    sign_off: str | None,
    data: Path,
    database: str | None,
    desk: str | None,
) -> None:
    """Report the figures of the desk's policy over whole days: met, missed, running, not measurable, and the share, which is cut and
    never rounded up. KPI is a figure's id, as in A1; without one all are told, with contacts, surveys and what the rules refused.

    What a supervisor signed off stays: the same days give the same figures from then on, unless you ask for --live ones.
    """
    period = Period(first.date(), last.date())
    if period.last < period.first:
        raise Problem("The last day of a report must not lie before its first one: change --from or --to.")
    if as_json + as_csv + (wanted is not None) > 1:
        raise click.UsageError("Give one of --json, --csv and --format.")
    if (wanted is None) != (output is None):
        raise click.UsageError("Give --format and --output together: what kind of file, and where it goes.")
    asked = Asked(period=period, by=_PARTS[by] if by else None, only=figures, live=live)
    with desk_services(data, database, desk) as (desk_id, services):
        policy = services.reports.policy(desk_id)
        _check(policy, figures)
        if sign_off is not None:
            refused = services.reports.sign_off(desk_id, policy, services.desks.member(desk_id, sign_off), period)
            if refused:
                raise Problem(refused)
        if number is not None:
            _tell_list(services, desk_id, policy, asked, number)
            return
        made = services.reports.report(desk_id, asked)
    if as_json:
        click.echo(msgspec.json.encode(made).decode())
    elif as_csv:
        click.echo(csv_of(made), nl=False)
    elif wanted is not None and output is not None:
        _save(output, file_of(made, wanted))
    else:
        for line in told(made, {office.id: office.title for office in policy.offices}):
            click.echo(line)


def _check(policy: Policy, wanted: Iterable[str]) -> None:
    for figure in wanted:
        if figure not in figure_ids(policy):
            raise Problem(f"The policy has no figure {figure}; it has {', '.join(figure_ids(policy))}.")


def _tell_list(services: Services, desk: str, policy: Policy, asked: Asked, number: str) -> None:
    figure, _, result = number.rpartition(":")
    _check(policy, [figure])
    if result not in RESULTS:
        raise Problem(f"Give --list a figure and one of {', '.join(RESULTS)}, as in {figure_ids(policy)[0]}:missed.")
    for reference in listed(services.reports.behind(desk, asked, (figure, result), rows=_ROWS)):
        click.echo(reference)


def _save(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise Problem(f"{file} cannot be written: {error.strerror or error}.") from None
    click.echo(f"The report is in {file}.")
