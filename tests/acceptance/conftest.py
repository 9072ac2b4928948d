"""Acceptance tests: one check per rule, black box, through the programs' commands and the protocol.

How to write one. Take the fixture of the charter (``hosting``, ``hamburg_woking``, ``akixi``, ``ask4``, ``expandit``): a :class:`Desk`
of its own for each test, on a real server and PostgreSQL, with the people and customers of ``charters.py``. Say what is proved as the
test's name, mark it with at most three rules, and check the sentence of the charter, not the way it is done::

    @pytest.mark.rule("V-23")
    def test_only_the_head_of_the_queue_can_be_taken(hosting: Desk) -> None:
        first, second = issue(hosting), issue(hosting, customer=MOSER)
        assert hosting["tam"].may_not(s.Take(ticket=second)).code == "not_free"          # a hand-made request is refused too
        assert hosting["tam"].json("take-next")["ticket"] == first                       # the member's terminal

- ``desk["anna"]`` is a member: ``run(words…)``, ``json(words…)`` and ``refused(words…)`` are commands of desk-client in this process
  (half a second each: the one or two that the rule is about); ``does(asks…)`` and ``may_not(ask)`` are hand-made requests (10 ms: what
  leads up to it, and that the server refuses by itself). ``opens``, ``hears`` and ``gets_mail`` make tickets and return their id.
- ``desk.at("2026-06-09T16:00+07:00")`` and ``desk.later(hours=2)`` set the clock and let the server's jobs do what fell due.
- ``desk.ticket(id or reference)``, ``clock_of``, ``events`` and ``messages`` read what the server has, ``desk.mails(id, message)`` is what
  was handed to the mail sink; ``desk.admin(words…)`` is a command of desk-server, ``desk.due(…)`` one of desk-policy.
- Build the command as a test of the programs would type it; ``desk.ref(id)`` is the reference, ``desk.customers[name]`` a customer's id,
  ``desk.member(login)`` a member's.

A rule that is taken out of its policy (``dev.py rules --prove``) is taken out here too: the test must then fail.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from desk_core.policy_file import load
from desk_core.resources import resource
from tests.acceptance import charters
from tests.acceptance.charters import Charter
from tests.acceptance.desk import SINK, Desk, DeskClock, administer
from tests.support.postgres import Cluster
from tests.support.rules import without_rule
from tests.support.server import PASSWORD, running_server


class Made(NamedTuple):
    """A charter's desk in a database of its own, which nobody uses, and its policy's file."""

    database: str
    policy: Path


Template = Callable[[Charter], Made]


@pytest.fixture(scope="session")
def _template(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A charter's desk, made by the administrator's commands once; tests work on copies."""
    made: dict[str, Made] = {}

    def of(charter: Charter) -> Made:
        if charter.policy not in made:
            made[charter.policy] = _make(charter, cluster, tmp_path_factory.mktemp(charter.policy))
        return made[charter.policy]

    return of


def _make(charter: Charter, cluster: Cluster, folder: Path) -> Made:
    address = cluster.new()
    url = address.render_as_string(hide_password=False)
    policy = folder / f"{charter.policy}.toml"
    text = resource(f"policies/{charter.policy}.toml").read_text(encoding="utf-8")
    policy.write_text(without_rule(text), encoding="utf-8")
    load(policy.read_text(encoding="utf-8"), policy.name)  # a mistake in it is told as such (dev.py rules --prove)
    customers = folder / "customers.csv"
    customers.write_text(charter.spreadsheet, encoding="utf-8")
    administer(url, "desk", "add", charter.policy, "--policy", policy)
    for words in charter.people:
        administer(url, "member", "add", *words.split(), "--password-stdin", stdin=PASSWORD)
    administer(url, "import", customers, "--mapping", "customers")
    return Made(str(address.database), policy)


@contextmanager
def _served(charter: Charter, cluster: Cluster, template: Template, folder: Path) -> Iterator[Desk]:
    made = template(charter)
    address = cluster.new(made.database)
    clock = DeskClock(folder / "clock", charter.now)
    sink = folder / SINK
    sink.mkdir()
    with running_server(address, clock, fresh=False, mail_sink=sink) as server:
        yield Desk(server, clock, folder, charter, made.policy)
    cluster.drop(address)


@pytest.fixture
def hosting(cluster: Cluster, _template: Template, tmp_path: Path) -> Iterator[Desk]:
    """A fresh desk under the customer support policy of a hosting firm (V)."""
    with _served(charters.HOSTING, cluster, _template, tmp_path) as desk:
        yield desk


@pytest.fixture
def hamburg_woking(cluster: Cluster, _template: Template, tmp_path: Path) -> Iterator[Desk]:
    """A fresh desk under the service promises of a firm with two offices (H)."""
    with _served(charters.HAMBURG_WOKING, cluster, _template, tmp_path) as desk:
        yield desk


@pytest.fixture
def akixi(cluster: Cluster, _template: Template, tmp_path: Path) -> Iterator[Desk]:
    """A fresh desk under the customer success and service charter (A)."""
    with _served(charters.AKIXI, cluster, _template, tmp_path) as desk:
        yield desk


@pytest.fixture
def ask4(cluster: Cluster, _template: Template, tmp_path: Path) -> Iterator[Desk]:
    """A fresh desk under the charter of customer assistance and complaints (K)."""
    with _served(charters.ASK4, cluster, _template, tmp_path) as desk:
        yield desk


@pytest.fixture
def expandit(cluster: Cluster, _template: Template, tmp_path: Path) -> Iterator[Desk]:
    """A fresh desk under the customer service guideline (E)."""
    with _served(charters.EXPANDIT, cluster, _template, tmp_path) as desk:
        yield desk
