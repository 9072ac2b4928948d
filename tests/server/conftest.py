"""Fixtures of the server's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from desk_server.app import Services
from desk_server.settings import Settings
from tests.support.commands import POLICY, Folder
from tests.support.passwords import make_costly
from tests.support.postgres import Cluster
from tests.support.server import RunningServer, SetClock, make_desk, running_server


@pytest.fixture(scope="session")
def small_desk(cluster: Cluster) -> str:
    """The name of a database that holds the small desk of `make_desk`; tests work on copies."""
    address = cluster.new()
    services = Services(Settings(address, SetClock()))
    make_desk(services.desks)
    services.close()
    return str(address.database)


@pytest.fixture
def server(cluster: Cluster, small_desk: str) -> Iterator[RunningServer]:
    """A running server with a small desk of its own."""
    address = cluster.new(small_desk)
    with running_server(address, fresh=False) as running:
        yield running
    cluster.drop(address)


@pytest.fixture
def costly_server(database_url: URL, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningServer]:
    """The same where passwords cost what they cost in the program."""
    make_costly(monkeypatch)
    with running_server(database_url) as running:
        yield running


@pytest.fixture(scope="module")
def shared_server(cluster: Cluster, small_desk: str) -> Iterator[RunningServer]:
    """The same for all tests of a module that change nothing which another of them looks at."""
    address = cluster.new(small_desk)
    with running_server(address, fresh=False) as running:
        yield running
    cluster.drop(address)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder made for tests by the real command, with the agent ada; tests work on copies."""
    made = Folder(tmp_path_factory.mktemp("template") / "data")
    made("init", "--policy", POLICY, "--test")
    made.add_member("ada")
    return made


@pytest.fixture
def data(template: Folder, tmp_path: Path) -> Folder:
    """A folder made for tests, of one's own."""
    return template.copy(tmp_path / "data")


@pytest.fixture(scope="session")
def live(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """A folder that was made to be worked with."""
    made = Folder(tmp_path_factory.mktemp("live") / "data")
    made("init", "--policy", POLICY)
    return made
