"""`desk-server policy`: which versions a desk has, and another one in force."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from desk_server.commands.data import data_option, database_option
from desk_server.commands.desks import desk_option, desk_services
from desk_server.commands.files import read_policy
from desk_server.sync.service import Published, Version


@click.group("policy")
def policy_group() -> None:
    """The versions of a desk's policy: list them, put another one in force, correct the dates of calendars."""


@policy_group.command("set")
@click.argument("name", metavar="NAME")
@data_option
@database_option
@desk_option
def set_policy(name: str, data: Path, database: str | None, desk: str | None) -> None:
    """Put the policy NAME (a file, or one that ships) in force for new tickets; those that are there keep the version of their own.

    A file that differs from its version only in dates of calendars (holidays, bridge days, single open or closed days, covers) corrects
    those for every ticket: running promises are counted anew, and each ticket keeps both deadlines in its history.
    """
    text, policy = read_policy(name)
    with desk_services(data, database, desk) as (desk_id, services):
        published = services.desks.set_policy(desk_id, text, name)
        versions = services.desks.versions(desk_id)
    click.echo(f"The desk {desk_id} works by {policy.head.name}, version {policy.head.version}.")
    for sentence in _told(published, versions):
        click.echo(sentence)


def _told(published: Published, versions: Sequence[Version]) -> list[str]:
    """What else there is to know about a publication."""
    told = []
    if published.calendars:
        names = ", ".join(published.calendars)
        moved = _counted(published.moved, "ticket has another deadline", "tickets have another deadline")
        told.append(f"The dates of {names} were corrected: {moved}, with the old one in its history.")
    elif not published.other_version:
        told.append("Nothing was changed: that is the version in force.")
    kept = [each for each in versions if not each.in_force and each.open_tickets]
    if published.other_version and kept:
        pinned = ", ".join(f"{_tickets(each.open_tickets)} version {each.version}" for each in kept)
        told.append(f"What is open keeps the version under which it was opened: {pinned}.")
    return told


@policy_group.command("list")
@data_option
@database_option
@desk_option
def list_versions(data: Path, database: str | None, desk: str | None) -> None:
    """The versions that a desk has, the one in force first: version, name, how many open tickets keep it, and what is special."""
    with desk_services(data, database, desk) as (desk_id, services):
        for each in services.desks.versions(desk_id):
            click.echo("\t".join((each.version, each.name, _tickets(each.open_tickets), *_special(each))))


def _special(version: Version) -> list[str]:
    revisions = _counted(version.revisions, "calendar revision", "calendar revisions")
    return [*(["in force"] if version.in_force else []), *([revisions] if version.revisions else [])]


def _tickets(count: int) -> str:
    return _counted(count, "open ticket", "open tickets")


def _counted(count: int, one: str, several: str) -> str:
    return f"{count or 'no'} {one if count == 1 else several}"
