"""Fixtures of the server's tests."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from tests.support.postgres import cluster, database, database_url
from tests.support.server import RunningServer, running_server

__all__ = ["cluster", "database", "database_url"]


@pytest.fixture
def server(database_url: URL) -> Iterator[RunningServer]:
    """A running server with a small desk of its own."""
    with running_server(database_url) as running:
        yield running
