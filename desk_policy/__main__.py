"""The command line of desk-policy."""

import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeVar

import click
import msgspec

from desk_core.calendars import CalendarError
from desk_core.exports import ExportedTicket
from desk_core.policy_file import PolicyError
from desk_policy import cases, clocks, previews
from desk_policy.files import read_policy
from desk_policy.reminders import reminders

_T = TypeVar("_T")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Check policy files and compute deadlines with their reasons."""


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Remind as of that day; without it, today."
)
def check(names: tuple[str, ...], on: datetime | None) -> None:
    """Say every mistake in policy files, one on each line: file, table, key and what would be right.

    FILE may also be the name of a policy that ships. The exit code is 0 when there is no mistake. A calendar whose holidays are known
    for less than 90 days more, and a review whose day has passed, are reminders on the standard error and no mistakes.
    """
    today = on or datetime.now(UTC)
    mistakes: list[str] = []
    for name in names:
        try:
            for reminder in reminders(read_policy(name), today.date()):
                click.echo(f"{name}, {reminder}", err=True)
        except PolicyError as error:
            mistakes += error.mistakes
    for mistake in mistakes:
        click.echo(mistake)
    sys.exit(1 if mistakes else 0)


@main.command()
@click.argument("names", nargs=-1, metavar="POLICY CLOCK | --batch [FILE]")
@click.option("--start", metavar="INSTANT", help="When it began, with its offset, as 2026-05-13T16:15+02:00.")
@click.option(
    "--calendar", "calendar_id", metavar="ID", help="Where it counts, for a clock that asks the ticket's office."
)
@click.option(
    "--pause", "pauses", multiple=True, metavar="FROM/TO", help="Nothing counts in between; without TO it has no end."
)
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
@click.option("--batch", is_flag=True, help="Read clock cases as JSON lines from FILE or the standard input.")
def due(
    names: tuple[str, ...],
    start: str | None,
    calendar_id: str | None,
    pauses: tuple[str, ...],
    as_json: bool,
    batch: bool,
) -> None:
    """When a promise of a policy ends, and why. POLICY is a file, or the name of a policy that ships.

    With --batch: JSON lines with calendar, start, duration and pauses, to JSON lines with deadline_utc, deadline_local,
    open_seconds, elapsed_seconds and why. A bad line gives its id and an error, and the exit code 1 at the end.
    """
    if batch:
        _run_batch(names, cases.DueCase, cases.due)
    if len(names) != 2 or start is None:
        raise click.UsageError("Name a policy and one of its clocks and add --start, or read cases with --batch.")
    try:
        answer = clocks.due(read_policy(names[0]), names[1], start, calendar_id, pauses)
    except (CalendarError, PolicyError) as error:
        raise click.ClickException(str(error)) from None
    if as_json:
        click.echo(msgspec.json.encode(answer))
    else:
        click.echo(answer["text"])


@main.command()
@click.argument("names", nargs=-1, metavar="[FILE]")
@click.option("--batch", is_flag=True, help="Read JSON lines from FILE or the standard input.")
def elapsed(names: tuple[str, ...], batch: bool) -> None:
    """The open seconds between two instants: JSON lines with calendar, from, to and pauses, to JSON lines with open_seconds."""
    if not batch:
        raise click.UsageError("Add --batch to read JSON lines.")
    _run_batch(names, cases.ElapsedCase, cases.elapsed)


@main.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option(
    "--data",
    required=True,
    metavar="FILE|DIR",
    type=click.Path(path_type=Path),
    help="Tickets as JSON lines, or a folder of such files (*.jsonl); - is the standard input.",
)
@click.option("--now", metavar="INSTANT", help="Leave alone what is overdue then; without it, now.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON lines.")
def preview(old: str, new: str, data: Path, now: str | None, as_json: bool) -> None:
    """Which running deadlines move, and by how much, when the policy NEW is published in place of OLD.

    The data is what desk-server export tickets writes: one JSON object a line with reference, office and clocks; of each clock id, title,
    started_at, amount, calendar, deadline, state and pauses ([{start, end}]). Other keys are ignored.

    When only dates of calendars differ, running promises are counted anew and move. Anything else is a new version: what runs keeps its
    deadline, and the line says when it would be due if its ticket were opened under NEW.
    """
    try:
        before, after = read_policy(old), read_policy(new)
        at = cases.read_instant(now, "--now") if now else datetime.now(UTC)
        tickets = [ticket for each in _data_files(data) for ticket in _tickets(each)]
        found = previews.preview(before, after, tickets, at)
    except (CalendarError, PolicyError) as error:
        raise click.ClickException(str(error)) from None
    for change in found.changes:
        click.echo(msgspec.json.encode(change) if as_json else previews.sentence(change, before, after))
    if not as_json:
        click.echo(f"{found.moved} of {found.running} running deadlines move; tickets read: {found.tickets}.")


@main.command()
@click.argument("name", metavar="POLICY")
@click.argument("year", type=click.IntRange(1970, 2200), metavar="YEAR")
def calendar(name: str, year: int) -> None:
    """The public holidays of YEAR for each calendar of a policy, as TOML to confirm and to paste.

    Whose holidays they are says the key holiday_region of a calendar, as DE-HH; without it, the country of its office. Comments name days
    that are moved or lost, and candidates for bridge days.
    """
    try:
        from desk_policy import proposals  # noqa: PLC0415 - the package holidays costs every other command its start
    except ImportError:
        raise click.ClickException(
            "The package holidays is not there; it comes with the server: install desk-client[server]."
        ) from None
    try:
        policy = read_policy(name)
        click.echo(proposals.toml(policy, year, proposals.propose(policy, year)), nl=False)
    except (PolicyError, proposals.ProposalError) as error:
        raise click.ClickException(str(error)) from None


def _data_files(data: Path) -> list[Path]:
    """The files of JSON lines that are meant. Raises CalendarError for a folder that holds none."""
    if not data.is_dir():
        return [data]
    found = sorted(data.glob("*.jsonl"))
    if not found:
        raise CalendarError(f"{data} holds no file *.jsonl; write one with desk-server export tickets.")
    return found


def _tickets(file: Path) -> list[ExportedTicket]:
    if str(file) == "-":
        return previews.read_tickets(sys.stdin.buffer, "standard input")
    try:
        with file.open("rb") as lines:
            return previews.read_tickets(lines, str(file))
    except OSError as error:
        raise CalendarError(f"{file} cannot be read: {error.strerror or error}.") from None


def _run_batch(
    names: tuple[str, ...], kind: type[_T], compute: Callable[[_T, cases.Calendars], cases.Answer]
) -> NoReturn:
    if len(names) > 1:
        raise click.UsageError("Name one file, or none for the standard input.")
    if not names or names == ("-",):
        failed = _answer(sys.stdin.buffer, kind, compute)
    else:
        try:
            with Path(names[0]).open("rb") as lines:
                failed = _answer(lines, kind, compute)
        except OSError as error:
            raise click.ClickException(f"{names[0]} cannot be read: {error.strerror or error}.") from None
    sys.exit(1 if failed else 0)


def _answer(lines: BinaryIO, kind: type[_T], compute: Callable[[_T, cases.Calendars], cases.Answer]) -> bool:
    """Writes one line for each case; True when one of them was bad."""
    failed = False
    for answer in cases.answers(_not_an_array(lines), kind, compute):
        failed = failed or "error" in answer
        click.echo(msgspec.json.encode(answer))
    return failed


def _not_an_array(lines: BinaryIO) -> Iterable[bytes]:
    first = lines.readline()
    if first.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        raise click.ClickException(
            "This is a JSON array; write its objects without the brackets, each on one line of its own."
        )
    return chain((first,), lines)


if __name__ == "__main__":
    main()
