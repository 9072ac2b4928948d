"""The look that the tests of the window stand on."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from tests.support.desk_profile import desk_profile
from tests.support.desk_window import DeskWindow, open_window
from tests.support.ticket_scene import Scene, scene

AtDesk = Callable[..., DeskWindow]


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 13 px without animation; a test may switch it."""
    made = Theme(qapp, Scheme.LIGHT, base_px=13, reduced_motion=True)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()


@pytest.fixture
def at_desk(tmp_path: Path, theme: Theme) -> Iterator[AtDesk]:
    """Opens the window of a member of a scene: ``at_desk("anke")``; by default Sven's, a specialist's."""
    with ExitStack() as open_:

        def sit_down(login: str = "sven", day: Scene | None = None) -> DeskWindow:
            made = day or scene()
            member = made.world.members[login]
            profile = desk_profile(tmp_path, made.world, member, made.contacts, made.policy_text)
            return open_.enter_context(open_window(open_.enter_context(profile), theme))

        yield sit_down
