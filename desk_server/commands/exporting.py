"""`desk-server export`: what other programs read."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from desk_server.commands.data import data_option, database_option
from desk_server.commands.desks import desk_option, desk_services
from desk_server.commands.sentences import Problem


@click.group("export")
def export_group() -> None:
    """Write out what a desk holds, for other programs."""


@export_group.command("tickets")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@data_option
@database_option
@desk_option
def export_tickets(file: Path | None, data: Path, database: str | None, desk: str | None) -> None:
    """Every ticket with its promises as JSON lines, to FILE or to the standard output.

    A line holds reference, id, kind, channel, status, department, office, common, received_at, policy_version and clocks; no name, no
    telephone number and no text of a customer. desk-policy preview reads it.
    """
    with desk_services(data, database, desk) as (desk_id, services):
        lines = (msgspec.json.encode(ticket) for ticket in services.exports.tickets(desk_id))
        if file is None:
            for line in lines:
                click.echo(line.decode())
            return
        try:
            with file.open("wb") as out:
                written = sum(bool(out.write(line + b"\n")) for line in lines)
        except OSError as error:
            raise Problem(f"{file} cannot be written: {error.strerror or error}.") from None
    click.echo(f"{written} ticket{'' if written == 1 else 's'} written to {file}.")
