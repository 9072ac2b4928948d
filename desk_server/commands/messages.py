"""`desk-server messages`: what went out to customers and members, what waits, and what cannot be sent, with the reason."""

from __future__ import annotations

from pathlib import Path

import click

from desk_core.letters import one_line
from desk_server.commands.data import data_option, database_option, opened
from desk_server.commands.desks import meant, services_of
from desk_server.mail.service import Listed, listed

_WORDS = {
    "handed": "handed on",
    "waiting": "waits",
    "parked": "cannot be sent",
    "withdrawn": "not needed any more",
    "nobody": "no address to write to",
}


@click.command("messages")
@click.argument("desk", required=False)
@data_option
@database_option
@click.option("--waiting", is_flag=True, help="Only those that were not handed on.")
def messages(desk: str | None, data: Path, database: str | None, waiting: bool) -> None:
    """List the messages that the rules made on DESK: one line each, with its state, when it was made and may go out, the ticket, the kind,
    whom it goes to, its subject, and why it cannot be sent."""
    with opened(data, database) as found:
        with services_of(found) as services:
            name = meant(services.desks.list(), desk)
        for each in listed(found, name, waiting=waiting):
            click.echo("\t".join(_cells(each)))


def _cells(each: Listed) -> tuple[str, ...]:
    made = each.made
    return (
        _WORDS[each.state],
        f"{each.made_at:%Y-%m-%dT%H:%M:%SZ}",
        f"{each.due:%Y-%m-%dT%H:%M:%SZ}",
        each.ticket,
        made.message,
        one_line(made.to),
        one_line(made.subject),
        one_line(each.problem),
    )
