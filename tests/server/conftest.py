"""Fixtures of the server's tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.support.commands import POLICY, Folder
from tests.support.postgres import cluster, database, database_url
from tests.support.server import RunningServer, running_server

__all__ = ["cluster", "database", "database_url"]


@pytest.fixture
def server(database_url: URL) -> Iterator[RunningServer]:
    """A running server with a small desk of its own."""
    with running_server(database_url) as running:
        yield running


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
