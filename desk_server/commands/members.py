"""`desk-server member`: the people of a desk."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from desk_core.members import member_refusal, with_role
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.routing import staff_refusals
from desk_core.wording import Refusal
from desk_server.commands.data import data_option, database_option
from desk_server.commands.desks import desk_option, desk_services
from desk_server.commands.sentences import Problem

_LONGEST_PASSWORD = 4_096

_password_option = click.option("--password-stdin", is_flag=True, help="Read the password from the standard input.")
_name_option = click.option(
    "--name", metavar='"FULL NAME"', help="What colleagues and customers read; without it the login."
)
_function_option = click.option(
    "--function",
    "functions",
    multiple=True,
    metavar="F",
    help="A role of the desk's policy, beside the program's; may be repeated.",
)
_department_option = click.option(
    "--department", "departments", multiple=True, metavar="D", help="Where the member works; may be repeated."
)
_skill_option = click.option(
    "--skill", "skills", multiple=True, metavar="S", help="What the member can do; may be repeated."
)
_office_option = click.option("--office", metavar="O", help="The member's office; without it the policy's first.")
_email_option = click.option("--email", metavar="E", help="The address that customers may be told (A-30).")
_phone_option = click.option("--phone", metavar="P", help="The number that customers may be told (A-30).")
_ROLE_HELP = "agent, supervisor, manager, admin, or a role of the desk's policy such as specialist."


@click.group("member")
def member_group() -> None:
    """Add, list and change the people of a desk, while the server runs or not."""


@member_group.command("add")
@click.argument("login", metavar="NAME")
@click.option("--role", required=True, help=_ROLE_HELP)
@_name_option
@_function_option
@_department_option
@_skill_option
@_office_option
@_email_option
@_phone_option
@_password_option
@data_option
@database_option
@desk_option
def add(
    login: str,
    role: str,
    name: str | None,
    functions: tuple[str, ...],
    departments: tuple[str, ...],
    skills: tuple[str, ...],
    office: str | None,
    email: str | None,
    phone: str | None,
    password_stdin: bool,
    data: Path,
    database: str | None,
    desk: str | None,
) -> None:
    """Add somebody who signs in as NAME. Without --department the member works for all departments of the desk."""
    password = _password(password_stdin)
    with desk_services(data, database, desk) as (desk_id, services):
        policy = services.desks.policy(desk_id)
        member = Member(
            id="",
            login=login,
            name=login if name is None else name,
            departments=tuple(dict.fromkeys(departments)),
            skills=skills,
            office=policy.offices[0].id if office is None else office,
            email=email or "",
            phone=phone or "",
        )
        wanted = _in_role(policy, member, role, functions)
        if isinstance(wanted, Refusal):
            raise Problem.of(wanted)
        added = services.desks.add_member(desk_id, wanted, password)
    click.echo(f"{added.login} can sign in: {_described(added)}.")


@member_group.command("list")
@data_option
@database_option
@desk_option
def list_members(data: Path, database: str | None, desk: str | None) -> None:
    """The members, one on each line: login, name, role with functions, departments, office, and whether switched off.

    What the staff lacks for the policy's escalations is told on the standard error (A-05).
    """
    with desk_services(data, database, desk) as (desk_id, services):
        members = services.desks.members(desk_id)
        for refusal in staff_refusals(services.desks.policy(desk_id), members):
            click.echo(refusal.text, err=True)
        for member in members:
            role = "+".join((member.role, *member.functions))
            off = () if member.active else ("off",)
            cells = (member.login, member.name, role, ",".join(member.departments) or "all", member.office, *off)
            click.echo("\t".join(cells))


@member_group.command("set")
@click.argument("login", metavar="NAME")
@click.option("--role", help=_ROLE_HELP)
@_name_option
@_function_option
@_department_option
@click.option("--all-departments", is_flag=True, help="Let the member work for all departments of the desk.")
@_skill_option
@_office_option
@_email_option
@_phone_option
@_password_option
@data_option
@database_option
@desk_option
def change(
    login: str,
    role: str | None,
    name: str | None,
    functions: tuple[str, ...],
    departments: tuple[str, ...],
    all_departments: bool,
    skills: tuple[str, ...],
    office: str | None,
    email: str | None,
    phone: str | None,
    password_stdin: bool,
    data: Path,
    database: str | None,
    desk: str | None,
) -> None:
    """Change the member NAME. Functions, departments and skills that are given replace the old ones; what is not given stays.

    A lower role takes the functions away that need a higher one. A new password ends the member's sign-ins.
    """
    if departments and all_departments:
        raise click.UsageError("Give --department or --all-departments, not both.")
    password = _password(password_stdin) if password_stdin else None
    given = {
        "name": name,
        "functions": () if functions else None,
        "departments": () if all_departments else departments or None,
        "skills": skills or None,
        "office": office,
        "email": email,
        "phone": phone,
    }
    fields = {field: value for field, value in given.items() if value is not None}

    def changed(policy: Policy, member: Member) -> Member | Refusal:
        member = msgspec.structs.replace(member, **fields)
        return _in_role(policy, member, role or member.role, functions)

    with desk_services(data, database, desk) as (desk_id, services):
        member = services.desks.change(desk_id, services.desks.member(desk_id, login).id, changed)
        if password is not None:
            services.desks.set_password(desk_id, member.id, password)
    click.echo(f"{member.login} is {_described(member)}.")


@member_group.command("disable")
@click.argument("login", metavar="NAME")
@data_option
@database_option
@desk_option
def disable(login: str, data: Path, database: str | None, desk: str | None) -> None:
    """Switch the member NAME off: sign-ins end at once."""
    _switch(login, data, database, desk, active=False)


@member_group.command("enable")
@click.argument("login", metavar="NAME")
@data_option
@database_option
@desk_option
def enable(login: str, data: Path, database: str | None, desk: str | None) -> None:
    """Switch the member NAME on again."""
    _switch(login, data, database, desk, active=True)


def _switch(login: str, data: Path, database: str | None, desk: str | None, *, active: bool) -> None:
    def changed(_: Policy, member: Member) -> Member | Refusal:
        return msgspec.structs.replace(member, active=active)

    with desk_services(data, database, desk) as (desk_id, services):
        member = services.desks.change(desk_id, services.desks.member(desk_id, login).id, changed)
    click.echo(f"{member.login} is switched {'on' if active else 'off'}.")


def _in_role(policy: Policy, member: Member, role: str, functions: tuple[str, ...]) -> Member | Refusal:
    """The member in a role, with these functions beside the one that the role may bring."""
    found = with_role(policy, member, role)
    if isinstance(found, Refusal):
        return found
    found = msgspec.structs.replace(found, functions=tuple(dict.fromkeys((*found.functions, *functions))))
    return member_refusal(policy, found) or found


def _password(from_stdin: bool) -> str:
    if not from_stdin:
        raise click.UsageError("Give the password on the standard input, with --password-stdin.")
    text = sys.stdin.read(_LONGEST_PASSWORD)
    return text.removesuffix("\n").removesuffix("\r")


def _described(member: Member) -> str:
    role = f"{member.role} ({', '.join(member.functions)})" if member.functions else member.role
    return f"{role}, {', '.join(member.departments) or 'all departments'}, {member.office or 'no office'}"
