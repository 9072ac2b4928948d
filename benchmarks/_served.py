"""A desk on an embedded PostgreSQL and the real server on it, as a process of its own, for the measurements of the server."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import URL, make_url

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT))

from benchmarks import _sample  # noqa: E402 - found through the line above
from desk_core.events import Event, NoteAdded, TicketCreated  # noqa: E402
from desk_core.people import Asset, Customer, Member  # noqa: E402
from desk_core.policy import Policy  # noqa: E402
from desk_core.tickets import Ticket  # noqa: E402
from desk_server.app import Services, create_app  # noqa: E402
from desk_server.db.embedded import EmbeddedPostgres as EmbeddedPostgres  # noqa: E402
from desk_server.db.engine import Database  # noqa: E402
from desk_server.db.migrate import migrate  # noqa: E402
from desk_server.serving import listen, serve  # noqa: E402
from desk_server.settings import Settings  # noqa: E402
from desk_server.sync.service import load_past, raw_of  # noqa: E402

DESK, PASSWORD = "bench", "benchmarks only"
_LOADED_AT_ONCE = 2_000
_FILES = 8_192


class Server(NamedTuple):
    """Where it answers, its process, and the database behind it."""

    url: str
    process: subprocess.Popen[str]
    database: URL

    def cpu(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / 100

    def kib(self) -> int:
        """Resident memory in KiB."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


def logins(rules: Policy) -> list[str]:
    """Two members of each department, and one who works in all of them (the first)."""
    return ["anna", *(f"{department.id}-{n}" for department in rules.departments for n in (1, 2))]


def make_desk(address: URL, tickets: int = 0) -> None:
    """Tables, and a desk with members, customers and so many tickets, an eighth of them open."""
    database = Database(address)
    migrate(database)
    database.close()
    services, rules = Services(Settings(address)), _sample.policy()
    try:
        services.desks.create(DESK, "Bench", _sample.policy_text(), _sample.POLICY, "test")
        functions = tuple(role.id for role in rules.roles if role.base == "agent")
        for login in logins(rules):
            works_in = () if login == "anna" else (login.rpartition("-")[0],)
            member = Member(id=login, login=login, name=login.title(), functions=functions, departments=works_in)
            services.desks.add_member(DESK, member, PASSWORD)
        if tickets:
            _fill(services, rules, tickets)
    finally:
        services.close()


def _fill(services: Services, rules: Policy, tickets: int) -> None:
    numbers = range(_sample.CUSTOMERS)
    services.desks.put_parties(DESK, [Customer(id=f"c{n}", name=_sample.company(n)) for n in numbers])
    serials = [Asset(id=f"a{n}", customer=f"c{n}", product="LabelJet 4300", serial=f"LJ43-{n:07d}") for n in numbers]
    services.desks.put_parties(DESK, serials)
    for begin in range(0, tickets, _LOADED_AT_ONCE):
        made = [_sample.ticket(rules, n, tickets // 8) for n in range(begin, min(tickets, begin + _LOADED_AT_ONCE))]
        events = [event for ticket in made for event in _history(ticket)]
        with services.database.executor(DESK) as connection:
            load_past(
                raw_of(connection), DESK, services.policies, made, (), events, 500_000, services.settings.clock.now()
            )


def _history(ticket: Ticket) -> list[Event]:
    born = TicketCreated(
        reference=ticket.reference, kind="fault", channel="phone", department=ticket.department, office=ticket.office,
        customer=ticket.customer, title=ticket.title, received_at=ticket.received_at,
    )  # fmt: skip
    steps: tuple[TicketCreated | NoteAdded, ...] = (born, NoteAdded(text="Called the workshop; the part is in stock."))
    return [
        Event(
            id=f"{ticket.id}-c/{place}",
            command=f"{ticket.id}-c",
            actor="anna",
            at=ticket.received_at,
            recorded_at=ticket.received_at,
            ticket=ticket.id,
            what=what,
        )
        for place, what in enumerate(steps)
    ]


@contextmanager
def serving(address: URL) -> Iterator[Server]:
    """The server as a process of its own."""
    url = address.render_as_string(hide_password=False)
    with _process(str(Path(__file__).resolve()), url) as (where, process):
        yield Server(where, process, address)


@contextmanager
def bare(name: str) -> Iterator[str]:
    """A program beside this file that says where it answers; its address."""
    with _process(str(Path(__file__).with_name(name).resolve())) as (where, _):
        yield where


@contextmanager
def _process(*arguments: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip(), process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)


def many_files() -> None:
    """Let this process hold a connection for each of a thousand clients."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most if most < _FILES else _FILES, most))


if __name__ == "__main__":
    many_files()
    application = create_app(Settings(make_url(sys.argv[1])))
    with listen("127.0.0.1", 0) as listening:
        sys.exit(0 if serve(application, listening, lambda where: print(where, flush=True)) else 1)
