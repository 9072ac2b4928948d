"""`desk-server init`: a data folder with its database and the first desk."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from desk_core.people import Member
from desk_server.accounts.service import Purpose
from desk_server.clock import Clock
from desk_server.commands import data as folder
from desk_server.commands.data import database_option
from desk_server.commands.desks import policy_option, services_of
from desk_server.commands.files import read_policy
from desk_server.commands.sentences import Problem
from desk_server.commands.testing import clock_of, test_clock_option
from desk_server.demo.service import PASSWORD, DemoDesk, UnfitPolicy, fill, generate

FIRST_DESK = "main"
SAMPLE_FILE = "sample-members.json"


class SampleMember(msgspec.Struct, frozen=True):
    """A line of the file that says how to sign in at a sample desk."""

    user: str
    password: str
    name: str
    role: str


@click.command("init")
@click.option(
    "--data",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to make; it must be new or empty.",
)
@policy_option
@click.option("--title", metavar="T", default="", help="What people call the desk; without it “Service desk”.")
@click.option("--demo", is_flag=True, help="Fill it with a sample desk: 12 members, 2,000 companies, 3,400 tickets.")
@click.option("--test", is_flag=True, help="Mark the data as made for tests; the desk is empty.")
@test_clock_option
@database_option
def init(
    data: Path, policy: str, title: str, demo: bool, test: bool, test_clock: Path | None, database: str | None
) -> None:
    """Make the data folder DIR with a database and the first desk, which works by a policy.

    Nothing is made when the policy has mistakes; they are listed line by line.
    """
    if demo and test:
        raise click.UsageError("Give --demo or --test, not both: a sample desk may be used for tests too.")
    purpose: Purpose = "demo" if demo else "test" if test else "live"
    if test_clock is not None and purpose == "live":
        raise Problem("--test-clock is only for data that is made with --demo or --test.")
    clock = clock_of(test_clock)
    text, loaded = read_policy(policy)
    try:
        sample = generate(loaded, clock.now()) if demo else None
    except UnfitPolicy as error:
        raise Problem(str(error)) from None
    title = title or ("Sample desk" if demo else "Service desk")
    folder.make(data)
    try:
        _fill(data, database, clock, title, text, policy, purpose, sample)
        folder.finish(data, own=database is None)
    except BaseException:
        folder.clear(data)
        raise
    click.echo(f"{title} is in {data}: start it with desk-server serve --data {data}.")
    if sample is not None:
        logins = ", ".join(member.login for member in sample.members)
        click.echo(f"These sign in with the password {PASSWORD}: {logins}.")


def _fill(
    data: Path,
    address: str | None,
    clock: Clock,
    title: str,
    text: str,
    file: str,
    purpose: Purpose,
    sample: DemoDesk | None,
) -> None:
    with folder.new_database(data, address) as database, services_of(database, clock) as services:
        if services.desks.list():
            raise Problem("This database already holds a desk: give the address of an empty one.")
        services.desks.create(FIRST_DESK, title, text, file, purpose)
        if sample is not None:
            fill(database, services.desks, services.policies, clock, FIRST_DESK, sample)
            members = [_sample_member(member) for member in sample.members]
            (data / SAMPLE_FILE).write_bytes(msgspec.json.format(msgspec.json.encode(members)) + b"\n")


def _sample_member(member: Member) -> SampleMember:
    return SampleMember(member.login, PASSWORD, member.name, member.role)
