"""The figures of every charter equal an independent count, split by split (issue 6; desktop.md 60-62; A-04, A-09, A-33, H-04)."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import json
import os
import tomllib
import uuid
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pypdf
import pytest
from sqlalchemy.exc import ProgrammingError

from desk_core.commands import Command, Reopen
from desk_core.kpis import Period
from desk_core.people import Member
from desk_core.policy_file import load
from desk_core.reporting import RESULTS, Line
from desk_core.resources import resource
from desk_server.app import Services
from desk_server.reports.files import file_of
from desk_server.reports.service import Asked, NotAllowed
from desk_server.settings import Settings
from desk_server.sync.service import Reader, StaleReader, judge_facts, raw_of
from tests.server.figures import replay
from tests.server.figures.recount import Counted, Recount
from tests.support.postgres import Cluster
from tests.support.server import PASSWORD, SetClock

INCIDENTS = Path(__file__).resolve().parents[4] / "shared" / "data" / "incidents.csv"
CHARTERS = ("akixi", "ask4", "expandit", "hamburg-woking", "hosting")
SPLITS = ("office", "department", "holder", "customer")
FEW = 40
ALWAYS = Period(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


class Replayed:
    """The desks of all charters after the same incidents."""

    def __init__(self, services: Services, clock: SetClock, rows: list[replay.Row]) -> None:
        self.services, self.clock = services, clock
        self.members: dict[str, list[Member]] = {}
        self.given: dict[tuple[str, str], tuple[str, str]] = {}
        for name in CHARTERS:
            self._replay(name, rows)

    def _replay(self, desk: str, rows: list[replay.Row]) -> None:
        """Command by command, day by day, with the server's jobs at the end of each."""
        text = resource(f"policies/{desk}.toml").read_text(encoding="utf-8")
        policy = load(text, desk)
        self.clock.set(rows[0].opened)
        self.services.desks.create(desk, desk, text, desk, "test")
        self.members[desk] = replay.members(policy)
        for member in reversed(self.members[desk]):
            signs_in = msgspec.structs.replace(member, login=f"{member.login}-{desk}")
            self.services.desks.add_member(desk, signs_in, PASSWORD)
        self.services.desks.put_parties(desk, replay.parties(policy))
        ids = (str(uuid.UUID(int=number)) for number in itertools.count(1))
        given = replay.commands(policy, rows)
        for _, some in itertools.groupby(given, key=lambda each: each.at.date()):
            today = list(some)
            asked = [Command(id=next(ids), ask=each.ask, actor=each.by, issued_at=each.at) for each in today]
            self.given |= {(desk, each.id): (each.actor, getattr(each.ask, "ticket", "")) for each in asked}
            self.clock.set(today[-1].at + dt.timedelta(seconds=1))
            self.services.sync.run(desk, asked)
            self.services.jobs.look()
        self.clock.set(self.clock.now() + dt.timedelta(days=30))
        self.services.jobs.look()

    def recount(self, desk: str) -> Recount:
        """The same by hand."""
        policy = tomllib.loads(resource(f"policies/{desk}.toml").read_text(encoding="utf-8"))
        with self.services.database.executor(desk) as connection:
            raw = raw_of(connection)
            events = [
                json.loads(body) for (body,) in raw.execute("SELECT body::text FROM event WHERE desk = %s", (desk,))
            ]
            refused = raw.execute(
                "SELECT command, made_at, verdict ->> 'code' FROM receipt WHERE desk = %s AND verdict ->> 'outcome' = 'refused'",
                (desk,),
            ).fetchall()
            entries = [
                json.loads(body) for (body,) in raw.execute("SELECT body::text FROM entry WHERE desk = %s", (desk,))
            ]
        events.sort(key=lambda e: (dt.datetime.fromisoformat(e["recorded_at"]), _place(e["id"])))
        return Recount(policy, events, [self._refused(desk, *each) for each in refused], entries)

    def _refused(self, desk: str, command: str, at: dt.datetime, code: str) -> dict[str, Any]:
        member, ticket = self.given[desk, command]
        office = next(each.office for each in self.members[desk] if each.id == member)
        return {"member": member, "office": office, "ticket": ticket, "at": at.isoformat(), "code": code}


def _place(event_id: str) -> tuple[str, int]:
    command, _, number = event_id.rpartition("/")
    return command, int(number)


@pytest.fixture(scope="module")
def invented(cluster: Cluster) -> Iterator[Replayed]:
    """A few incidents that are the same in every run."""
    yield from _replayed(cluster, replay.invented(FEW))


def _replayed(cluster: Cluster, rows: list[replay.Row]) -> Iterator[Replayed]:
    address, clock = cluster.new(), SetClock()
    services = Services(Settings(address, clock))
    try:
        yield Replayed(services, clock, rows)
    finally:
        services.close()
        cluster.drop(address)


def _equal(replayed: Replayed, desk: str) -> int:
    """Compare every figure, of all days and of a month, whole and in parts; how many numbers other than 0 there were."""
    recount = replayed.recount(desk)
    counted = list(recount.counted())
    refused = {kpi["id"] for kpi in recount.policy["kpi"] if "refused" in kpi}
    seen = 0
    for period in (ALWAYS, Period(dt.date(2026, 3, 2), dt.date(2026, 3, 8))):
        mine = [each for each in counted if period.first <= each.day <= period.last]
        for split in SPLITS:
            made = replayed.services.reports.report(desk, Asked(period=period, by=split))  # type: ignore[arg-type]
            told = {
                (line.id, line.key if line.part else None): _numbers(line) for line in (*made.figures, *made.surveys)
            }
            right = _by_hand(mine, split)
            moving = refused if split in ("department", "customer") else set()
            assert {key: n for key, n in told.items() if n and key[0] not in moving} == {
                key: n for key, n in right.items() if key[0] not in moving
            }
            seen += sum(len(numbers) for numbers in told.values())
        if period is ALWAYS:
            assert {
                (c.office, c.channel, int(h)): n for c in made.contacts for h, n in c.hours.items()
            } == recount.contacts()
            names = {f"k{number}": replay.name_of(number) for number in range(12)}
            assert made.again == {names.get(each, each): count for each, count in recount.came_back().items()}
            scores = {each.register: each.mean for each in made.means if each.count and not each.part}
            assert scores == {r: f"{total * 10 // count / 10:.1f}" for r, (total, count) in recount.scores().items()}
    return seen


def _numbers(line: Line) -> dict[str, int]:
    return {result: number for result in RESULTS if (number := getattr(line, result))}


def _by_hand(counted: list[Counted], split: str) -> dict[tuple[str, str | None], dict[str, int]]:
    found: dict[tuple[str, str | None], Counter[str]] = {}
    for each in counted:
        for part in (None, getattr(each, split)):
            found.setdefault((each.figure, part), Counter())[each.result] += 1
    return {key: dict(numbers) for key, numbers in found.items()}


@pytest.mark.parametrize("desk", CHARTERS)
def test_every_figure_equals_a_count_by_hand_split_by_split(invented: Replayed, desk: str) -> None:
    assert _equal(invented, desk) > 20


@pytest.mark.parametrize("desk", CHARTERS)
def test_the_facts_are_the_same_when_they_are_judged_again(invented: Replayed, desk: str) -> None:
    """What was kept step by step is what the whole history comes to (`desk-server doctor`)."""
    with invented.services.database.executor(desk) as connection:
        assert judge_facts(raw_of(connection), desk, invented.services.policies, repair=False) == (0, "")


@pytest.mark.timeout(900)
@pytest.mark.skipif(not INCIDENTS.exists(), reason="the event log of a real service desk is not here")
def test_every_figure_equals_a_count_by_hand_over_the_incidents_of_a_real_desk(cluster: Cluster) -> None:
    """The first incidents of the log; all of it with DESK_ALL_INCIDENTS=1, which takes minutes."""
    rows = replay.read(INCIDENTS)
    first = sorted({row.number for row in rows})[: None if os.environ.get("DESK_ALL_INCIDENTS") else FEW]
    for replayed in _replayed(cluster, [row for row in rows if row.number in first]):
        for desk in CHARTERS:
            assert _equal(replayed, desk) > 20


# --- what is signed, sent and printed -----------------------------------------------------------------------------------------

WEEK = Period(dt.date(2026, 3, 1), dt.date(2026, 3, 31))


def _reader(invented: Replayed, desk: str, *scopes: str, member: str = "cora") -> Reader:
    with invented.services.database.executor(desk) as connection:
        accounts = connection.exec_driver_sql("SELECT accounts FROM desk WHERE id = %s", (desk,)).scalar_one()
    return Reader(desk, member, "", scopes, 1, scopes, accounts)


@pytest.mark.rule("A-09")
def test_what_was_signed_off_stays_whatever_happens_later(invented: Replayed) -> None:
    desk, reports = "akixi", invented.services.reports
    asked = Asked(period=WEEK, by="holder")
    before = reports.report(desk, asked)
    assert before.signed is None
    cora = next(each for each in invented.members[desk] if each.id == "cora")
    assert reports.sign_off(desk, reports.policy(desk), cora, WEEK) == ""
    listed = reports.behind(desk, asked, ("A8", "met"))
    again = [Reopen(ticket=row.id, reason="it came back") for row in listed.rows]
    now = invented.clock.now()
    invented.services.sync.run(
        desk, [Command(id=str(uuid.uuid4()), ask=ask, actor="cora", issued_at=now) for ask in again]
    )
    signed, live = reports.report(desk, asked), reports.report(desk, msgspec.structs.replace(asked, live=True))
    assert (signed.figures, signed.surveys, signed.contacts) == (before.figures, before.surveys, before.contacts)
    assert signed.signed is not None
    assert signed.signed.by == "Cora"
    assert reports.behind(desk, asked, ("A8", "met")) == listed
    told = [next(line for line in made.figures if line.id == "A8" and not line.part) for made in (signed, live)]
    assert told[0].met == listed.total > 0 == told[1].met
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        invented.services.database.executor(desk) as connection,
    ):
        connection.exec_driver_sql("DELETE FROM signed_fact")


def test_every_number_opens_exactly_the_list_that_was_counted(invented: Replayed) -> None:
    """61: each number of each figure, whole and by member, has a list of that length."""
    desk, reports = "hamburg-woking", invented.services.reports
    asked = Asked(period=ALWAYS, by="holder")
    made = reports.report(desk, asked)
    numbers = [(line, result) for line in made.figures for result in RESULTS if getattr(line, result)]
    assert len(numbers) > 20
    for line, result in numbers:
        assert line.definition
        part = line.key if line.part else None
        found = reports.behind(desk, asked, (line.id, result), part, rows=1000)
        assert found.total == len(found.rows) == getattr(line, result)


def test_a_supervisor_sees_the_own_departments_alone_and_no_complaint_about_the_own_person(invented: Replayed) -> None:
    desk, reports = "hosting", invented.services.reports
    asked = Asked(period=ALWAYS, by="department")
    every = [department.id for department in reports.policy(desk).departments]
    whole = reports.report(desk, asked, _reader(invented, desk, *every))
    one = reports.report(desk, asked, _reader(invented, desk, every[0]))
    assert {line.key for line in one.figures if line.part} <= {every[0], ""}
    assert 0 < sum(each.count for each in one.contacts) < sum(each.count for each in whole.contacts)
    with pytest.raises(NotAllowed):
        reports.report(desk, asked, _reader(invented, desk, *every, member="anna"))
    with pytest.raises(StaleReader):
        reports.report(desk, asked, replace(_reader(invented, desk, *every), accounts=-1))


def test_a_report_as_files_holds_no_formula_and_can_be_searched(invented: Replayed) -> None:
    made = invented.services.reports.report("expandit", Asked(period=ALWAYS, by="customer"))
    name = next(line.part for line in made.figures if line.part.startswith("="))
    table = file_of(made, "csv").decode("utf-8-sig")
    assert not [cell for row in csv.reader(io.StringIO(table)) for cell in row if cell.startswith(("=", "+", "@"))]
    with zipfile.ZipFile(io.BytesIO(file_of(made, "xlsx"))) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    assert not [name for name, text in parts.items() if "<f>" in text or "<hyperlink" in text]
    assert name in parts["xl/sharedStrings.xml"].replace("&quot;", '"')
    paper = pypdf.PdfReader(io.BytesIO(file_of(made, "pdf")))
    text = " ".join("\n".join(page.extract_text() for page in paper.pages).split())
    assert "Vollständige Support-Antworten" in text
    assert f"{ALWAYS.first} to {ALWAYS.last}" in text
    assert made.policy in str(paper.metadata.title if paper.metadata else "")


def test_a_figure_over_time_adds_up_to_its_whole(invented: Replayed) -> None:
    desk, reports = "hosting", invented.services.reports
    found = reports.trend(desk, Asked(period=ALWAYS), "V3", "week")
    (whole,) = (line for line in reports.report(desk, Asked(period=ALWAYS)).figures if line.id == "V3")
    assert len(found.points) > 1
    assert all(point.first.weekday() == 0 for point in found.points)
    sums = {result: sum(getattr(point, result) for point in found.points) for result in RESULTS}
    assert {result: number for result, number in sums.items() if number} == _numbers(whole)


def test_facts_that_somebody_changed_are_found_and_judged_again(invented: Replayed) -> None:
    desk, policies = "ask4", invented.services.policies
    with invented.services.database.executor(desk) as connection:
        raw = raw_of(connection)
        changed = raw.execute("UPDATE fact SET result = 'met' WHERE desk = %s AND result = 'missed'", (desk,)).rowcount
        raw.execute("DELETE FROM fact WHERE desk = %s AND figure = '=contacts'", (desk,))
        found = judge_facts(raw, desk, policies, repair=True)
        assert (found.wrong > changed > 0, bool(found.example)) == (True, True)
        assert judge_facts(raw, desk, policies, repair=False).wrong == 0
