"""One desk for a round of kills."""

from collections.abc import Iterator

import pytest

from tests.kill_matrix.checks import Judge
from tests.kill_matrix.world import World, opened, small_desk
from tests.support.postgres import Cluster


@pytest.fixture(scope="module")
def world(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A server process and machines."""
    folder = tmp_path_factory.mktemp("kills")
    with opened(cluster, small_desk(cluster), folder) as made:
        yield made


@pytest.fixture(scope="module")
def judge(world: World) -> Judge:
    """Looks at both sides."""
    return Judge(world)
