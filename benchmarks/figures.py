"""A month's figures, and the list behind any of their numbers, on a desk with a million tickets and their events (``--full``).

Some hundred tickets are judged by the core as always; PostgreSQL multiplies them, their events and their facts over a year. A sample of the
copies is judged anew by the core and must agree with the copied facts. The figures are asked for as a supervisor's client asks for them,
under row-level security; beside them stands one bare aggregate over the same facts in the same run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL

sys.path.append(str(Path(__file__).resolve().parent.parent))

from desk_core import events as e
from desk_core import facts
from desk_core.events import Event
from desk_core.kpis import Period
from desk_core.people import Customer, Member
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.references import reference
from desk_core.reporting import RESULTS
from desk_core.resources import resource
from desk_core.tickets import Clock, Fault, Ticket
from desk_server.app import Services
from desk_server.db.embedded import EmbeddedPostgres
from desk_server.db.engine import Database
from desk_server.db.migrate import migrate
from desk_server.reports.service import Asked
from desk_server.settings import Settings
from desk_server.sync.service import Reader, judge_facts, load_past, raw_of, reader_of

POLICY, DESK = "hosting", "bench"
PASSWORD = "benchmarks only"  # noqa: S105 - of a desk that lives for a minute
FEW, MANY = 10_000, 1_000_000
TEMPLATES, MEMBERS = 500, 50
DAYS = 360
FIRST = dt.date(2026, 1, 5)
MONTH = Period(dt.date(2026, 6, 1), dt.date(2026, 6, 30))
MONTH_SECONDS, LIST_MS = 2.0, 300.0

# Everything happens on these days, so that a copy is moved by replacing dates.
_SHIFT = "replace(replace({text}, '2026-01-06', to_char(date '2026-01-06' + o.days, 'YYYY-MM-DD')), '2026-01-05', " \
         "to_char(date '2026-01-05' + o.days, 'YYYY-MM-DD'))"  # fmt: skip
_OTHERS = "generate_series(1, %(copies)s) AS k CROSS JOIN LATERAL (SELECT k * %(days)s / %(copies)s AS days, '-' || k AS mark) AS o"
_NEW = "replace({text}, b.{id}, b.{id} || o.mark)"


def _copied(table: str, columns: dict[str, str], where: str = "") -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {table} b CROSS JOIN {_OTHERS} {where}"  # noqa: S608 - our own names


def _body(owner: str) -> str:
    return _SHIFT.format(text=f"replace(b.body::text, b.{owner}, b.{owner} || o.mark)") + "::json"


_TIME = "b.{at} + make_interval(days => o.days::int)"
COPIES = (
    _copied(
        "ticket",
        {
            "desk": "b.desk", "id": "b.id || o.mark", "seq": "b.seq", "hash": "b.hash", "body": _body("id"), "department": "b.department",
            "also": "b.also", "reference": "b.reference", "status": "b.status", "holder": "b.holder", "waits": "b.waits", "rank": "b.rank",
            "customer": "b.customer", "received_at": _TIME.format(at="received_at"),
        },
    ),
    _copied(
        "event",
        {
            "desk": "b.desk", "id": "replace(b.id, b.ticket, b.ticket || o.mark)", "seq": "b.seq", "hash": "b.hash",
            "body": _body("ticket"), "department": "b.department", "also": "b.also", "ticket": "b.ticket || o.mark", "call": "b.call",
        },
    ),
    _copied(
        "fact",
        {
            "subject": "b.subject || o.mark", "number": "replace(b.number, b.subject, b.subject || o.mark)",
            "at": _TIME.format(at="at"), "day": "b.day + o.days::int",
            **{name: f"b.{name}" for name in (
                "desk", "figure", "result", "hour", "amount", "reference", "policy", "office", "department", "holder", "customer",
                "channel", "entitlement", "complaint",
            )},
        },
    ),
)  # fmt: skip


def _ticket(policy: Policy, number: int) -> tuple[Ticket, list[Event]]:
    """A ticket of the first day, closed in time, closed late, or still open, with what happened to it."""
    begins = dt.datetime.combine(FIRST, dt.time(1), dt.UTC) + dt.timedelta(minutes=number % 600)
    name, done = f"bench-{number:04d}", number % 10
    member = f"m{number % MEMBERS:02d}"
    clocks = tuple(
        Clock(
            id=rule.id, title=rule.title, started_at=begins, amount=rule.amount, calendar="always",
            deadline=begins + dt.timedelta(hours=6), state="running" if done == 9 else "missed" if done == 8 else "met",
            stopped_at=None if done == 9 else begins + dt.timedelta(hours=5),
        )
        for rule in policy.clocks if rule.id in ("next_issue", "seven_days")
    )  # fmt: skip
    department = policy.departments[number % len(policy.departments)].id
    ticket = Ticket(
        id=name, reference=reference(700_000 + number), kind=policy.kinds[0].id, channel=("phone", "email", "portal")[number % 3],
        status="open" if done == 9 else "closed", department=department, office=policy.offices[0].id,
        holder=member if done == 9 else "", closed_by="" if done == 9 else member, customer=f"c{number % 400}",
        fault=Fault(serial=f"S-{number}", description="It does not print any more since the update of this morning."),
        title="It does not print", category=policy.categories[number % len(policy.categories)].id, received_at=begins, changed_at=begins,
        closed_at=None if done == 9 else begins + dt.timedelta(hours=5), clocks=clocks, flags=("replied",) if done < 8 else (),
    )  # fmt: skip
    born = e.TicketCreated(
        reference=ticket.reference, kind=ticket.kind, channel=ticket.channel, department=department, office=ticket.office,
        customer=ticket.customer, title=ticket.title, received_at=begins,
    )  # fmt: skip
    text = "Dear customers\n\nPlease restart it.\n\nThank you for your interest in our products and services."
    happened: list[Any] = [born, e.TicketTaken(member=member, department=department), e.ReplySent(text=text)]
    happened += [] if done == 9 else [e.TicketResolved(solution="restarted"), e.TicketClosed(summary="done")]
    history = [
        Event(id=f"{name}/{place}", command=name, actor=member, at=begins, recorded_at=begins, ticket=name, what=what)
        for place, what in enumerate(happened)
    ]
    return ticket, history


def make_desk(address: URL) -> Services:
    """Tables, a desk with its members and customers, and the tickets that are multiplied."""
    database = Database(address)
    migrate(database)
    database.close()
    services = Services(Settings(address))
    text = resource(f"policies/{POLICY}.toml").read_text(encoding="utf-8")
    services.desks.create(DESK, "Bench", text, POLICY, "test")
    policy = load(text, POLICY)
    services.desks.add_member(DESK, Member(id="cora", login="cora", name="Cora", role="manager"), PASSWORD)
    services.desks.put_parties(DESK, [Customer(id=f"c{number}", name=f"Customer {number}") for number in range(400)])
    made = [_ticket(policy, number) for number in range(TEMPLATES)]
    history = [event for _, events in made for event in events]
    with services.database.executor(DESK) as connection:
        now = dt.datetime.combine(FIRST, dt.time(), dt.UTC)
        load_past(
            raw_of(connection), DESK, services.policies, [ticket for ticket, _ in made], (), history, 900_000, now
        )
    return services


def multiply(postgres: EmbeddedPostgres, tickets: int) -> None:
    """As many tickets as that in all, with their events and facts, over a year."""
    where = postgres.superuser_url("desk").set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for statement in COPIES:
            connection.execute(statement, {"copies": tickets // TEMPLATES - 1, "days": DAYS})
        connection.execute("VACUUM (ANALYZE) fact")
        connection.execute("ANALYZE")


def bare(postgres: EmbeddedPostgres) -> float:
    """Seconds of one aggregate over the month's facts, without rights and names."""
    where = postgres.superuser_url("desk").set(drivername="postgresql").render_as_string(hide_password=False)
    statement = "SELECT figure, result, count(*) FROM fact WHERE desk = %s AND day BETWEEN %s AND %s GROUP BY 1, 2"
    with psycopg.connect(where) as connection:
        return median(lambda: connection.execute(statement, (DESK, *MONTH)).fetchall())


def median(work: Callable[[], object], times: int = 5) -> float:
    """Seconds of the middle one of some goes, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        begins = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begins)
    return statistics.median(taken)


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many statements are sent meanwhile."""
    real, count = psycopg.Connection.execute, [0]

    def execute(self: Any, *given: Any, **options: Any) -> Any:
        count[0] += 1
        return real(self, *given, **options)

    psycopg.Connection.execute = execute  # type: ignore[method-assign]
    try:
        yield count
    finally:
        psycopg.Connection.execute = real  # type: ignore[method-assign]


def measure(services: Services, reader: Reader) -> tuple[dict[str, float], int]:
    """Seconds of the month's figures and of the slowest list, and the statements that a report takes."""
    reports = services.reports
    taken = {}
    for by in ("", "holder", "customer", "department"):
        asked = Asked(period=MONTH, by=next((part for part in facts.PARTS if part == by), None))
        taken[f"figures{' by ' + by if by else ''}"] = median(lambda asked=asked: reports.report(DESK, asked, reader))  # type: ignore[misc]
    asked = Asked(period=MONTH)
    made = reports.report(DESK, asked, reader)
    numbers = [(line.id, result) for line in made.figures for result in RESULTS if getattr(line, result)]
    assert numbers, "the month has no figures"
    lists = [median(lambda n=n: reports.behind(DESK, asked, n, reader=reader), 3) for n in numbers]  # type: ignore[misc]
    taken["the slowest list"] = max(lists)
    with counted() as statements:
        reports.report(DESK, asked, reader)
    return taken, statements[0]


def check(services: Services, tickets: int) -> None:
    """Copies judged by the core must be what was copied."""
    with services.database.executor(DESK) as connection:
        raw = raw_of(connection)
        if tickets <= FEW:
            wrong = judge_facts(raw, DESK, services.policies, repair=False)
            assert wrong.wrong == 0, wrong
        (kept,) = raw.execute(
            "SELECT count(DISTINCT subject) FROM fact WHERE desk = %s AND figure = '=contacts'", (DESK,)
        ).fetchone() or (0,)
        assert kept == tickets, kept


def main() -> int:
    """Measure, print, and exit with 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"{MANY:,} tickets instead of {FEW:,}")
    tickets = MANY if parser.parse_args().full else FEW
    with (
        tempfile.TemporaryDirectory() as temporary,
        EmbeddedPostgres(Path(temporary) / "cluster", durable=False) as postgres,
    ):
        services = make_desk(postgres.url())
        begins = time.perf_counter()
        multiply(postgres, tickets)
        print(f"{tickets:,} tickets with their events and facts made in {time.perf_counter() - begins:.0f} s")
        policy = services.reports.policy(DESK)
        cora = Member(id="cora", login="cora", name="Cora", role="manager")
        reader = reader_of(DESK, cora, "", 1, policy, _accounts(services))
        check(services, tickets)
        taken, statements = measure(services, reader)
        floor = bare(postgres)
        services.close()
    for what, seconds in taken.items():
        print(
            f"{what}: {seconds * 1_000:,.0f} ms ({seconds / floor:.1f} times one bare aggregate, {floor * 1_000:,.0f} ms)"
        )
    months = max(seconds for what, seconds in taken.items() if what.startswith("figures"))
    quick, listed = months < MONTH_SECONDS, taken["the slowest list"] * 1_000 < LIST_MS
    print(f"a month's figures: {months:.2f} s at worst (target {MONTH_SECONDS:.0f}): {'met' if quick else 'not met'}")
    print(
        f"a list: {taken['the slowest list'] * 1_000:.0f} ms at worst (target {LIST_MS:.0f}): {'met' if listed else 'not met'}"
    )
    print(f"a report takes {statements} statements, whatever the number of tickets")
    return 0 if quick and listed else 1


def _accounts(services: Services) -> int:
    with services.database.executor(DESK) as connection:
        return int(connection.exec_driver_sql("SELECT accounts FROM desk WHERE id = %s", (DESK,)).scalar_one())


if __name__ == "__main__":
    sys.exit(main())
