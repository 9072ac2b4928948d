"""`desk-server import`: tickets of another helpdesk, or customers from a spreadsheet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import click

from desk_core.customer_imports import CustomerImport, Customers
from desk_core.import_mapping import AnyMapping, Mapping
from desk_core.imports import Rejected, Row, read_rows
from desk_server.commands.data import data_option, database_option
from desk_server.commands.desks import desk_option, desk_services
from desk_server.commands.files import read_mapping
from desk_server.commands.sentences import Problem
from desk_server.imports.service import TicketSummary


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--mapping", required=True, metavar="MAP", help="What its columns mean: a TOML file, or the name of one that ships."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what had happened by the evening of that day.",
)
@data_option
@database_option
@desk_option
def import_file(
    file: Path, mapping: str, as_of: dt.datetime | None, data: Path, database: str | None, desk: str | None
) -> None:
    """Bring the tickets of another helpdesk with their history, or customers with devices and contracts, from a CSV FILE.

    A ticket comes whole or not at all. Every line that cannot be taken is listed with its number and the reason, and the exit code is 1;
    what could be taken is in. A second run changes nothing that is there already.

    Mappings that ship: servicenow-incidents (tickets) and customers.
    """
    form = read_mapping(mapping)
    if as_of is not None and not isinstance(form, Mapping):
        raise click.UsageError("--as-of is for tickets; leave it out for customers.")
    rows = _rows(file, form)
    with desk_services(data, database, desk) as (desk_id, services):
        if isinstance(form, Mapping):
            tickets = services.imports.tickets(desk_id, rows, form, as_of.date() if as_of else None)
            _say_tickets(tickets)
            rejected = tickets.rejected
        else:
            customers = services.imports.customers(desk_id, rows, form)
            _say_customers(customers)
            rejected = customers.rejected
    if rejected:
        raise Problem(
            f"{_count(len(rejected), 'line')} of {file} could not be taken, as listed; everything else is in."
        )


def _rows(file: Path, mapping: AnyMapping) -> list[Row]:
    try:
        with file.open(encoding=mapping.file.encoding, errors="surrogateescape", newline="") as lines:
            return list(read_rows(lines, mapping))
    except UnicodeError:
        raise Problem(
            f"{file} is not written in {mapping.file.encoding}; save it so, or correct the mapping."
        ) from None
    except OSError as error:
        raise Problem(f"{file} cannot be read: {error.strerror or error}.") from None


def _say_tickets(found: TicketSummary) -> None:
    _say_lines(found.rejected)
    for ticket in found.left_out:
        if ticket.lines:
            lines = ", ".join(str(line) for line in ticket.lines)
            click.echo(f"{ticket.external_id}: with it these lines were left out: {lines}.")
    for line in found.corrected:
        click.echo(f"line {line.line}, taken: {line.reason}")
    click.echo(
        f"{_count(found.taken, 'ticket')} taken ({found.open} open), {found.known} there already, "
        f"{_count(len(found.corrected), 'line')} corrected, {_count(len(found.rejected), 'line')} rejected."
    )


def _say_customers(found: CustomerImport) -> None:
    _say_lines(found.rejected)
    click.echo(f"{_count(found.lines, 'line')} taken, {len(found.rejected)} rejected.")
    click.echo(f"New: {_sizes(found.new)}.")
    click.echo(f"Changed: {_sizes(found.changed)}.")


def _sizes(found: Customers) -> str:
    parts = (
        ("customer", found.customers),
        ("contact", found.contacts),
        ("device", found.assets),
        ("contract", found.contracts),
    )
    return ", ".join(_count(len(entities), word) for word, entities in parts)


def _say_lines(rejected: Iterable[Rejected]) -> None:
    for line in rejected:
        click.echo(f"line {line.line}: {line.reason}")


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
