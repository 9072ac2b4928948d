"""One server for all histories of a process."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulation.clocks import Time
from tests.simulation.server import SimServer
from tests.support.memory import memory_folder
from tests.support.postgres import Cluster


@pytest.fixture(scope="session")
def sim_server(cluster: Cluster) -> Iterator[SimServer]:
    """The server, with a desk that every history puts back to its first day."""
    server = SimServer(cluster, Time())
    yield server
    server.close()


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder for machines' files."""
    with tempfile.TemporaryDirectory(prefix="desk-simulation-", dir=memory_folder()) as folder:
        yield Path(folder) / "machines"
