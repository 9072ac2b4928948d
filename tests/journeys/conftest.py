"""An office for every journey: the real server on a PostgreSQL of its own, and desks around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from desk_server.app import Services
from desk_server.settings import Settings
from tests.journeys.office import Office, OfficeClock, RunningClock
from tests.support.postgres import Cluster
from tests.support.server import make_desk, running_server


@pytest.fixture(scope="session")
def small_desk(cluster: Cluster) -> str:
    """The name of a database that holds the small desk of `make_desk`; journeys work on copies."""
    address = cluster.new()
    services = Services(Settings(address, OfficeClock()))
    make_desk(services.desks)
    services.close()
    return str(address.database)


@pytest.fixture
def clock() -> OfficeClock:
    """Stands still until a test moves it."""
    return OfficeClock()


@pytest.fixture
def office(cluster: Cluster, small_desk: str, clock: OfficeClock, tmp_path: Path) -> Iterator[Office]:
    """A server with the small desk; time stands still, for the server and for all desks alike."""
    address = cluster.new(small_desk)
    with running_server(address, clock, fresh=False) as server, Office(server, clock, tmp_path) as made:
        yield made
    cluster.drop(address)


@pytest.fixture
def busy_office(cluster: Cluster, small_desk: str, tmp_path: Path) -> Iterator[Office]:
    """The same where time runs: for desks that are processes of their own."""
    address, clock = cluster.new(small_desk), RunningClock()
    with running_server(address, clock, fresh=False) as server, Office(server, clock, tmp_path) as made:
        yield made
    cluster.drop(address)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 13 px without animation."""
    made = Theme(qapp, Scheme.LIGHT, base_px=13, reduced_motion=True)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()
