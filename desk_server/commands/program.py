"""The commands of desk-server."""

from __future__ import annotations

import click

from desk_server.commands.backing_up import backup, restore
from desk_server.commands.desks import desk_group
from desk_server.commands.doctoring import doctor
from desk_server.commands.exporting import export_group
from desk_server.commands.importing import import_file
from desk_server.commands.initialising import init
from desk_server.commands.members import member_group
from desk_server.commands.messages import messages
from desk_server.commands.policies import policy_group
from desk_server.commands.reporting import report_command
from desk_server.commands.serving import openapi, serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def program() -> None:
    """The central server of the desks, and what an administrator does there.

    Begin with: desk-server init --data DIR --policy NAME, then desk-server serve --data DIR.
    """


COMMANDS = (
    init,
    serve,
    desk_group,
    member_group,
    policy_group,
    import_file,
    messages,
    export_group,
    report_command,
    backup,
    restore,
    doctor,
    openapi,
)
for command in COMMANDS:
    program.add_command(command)
