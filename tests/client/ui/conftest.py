"""The look that the tests of the window stand on."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme


@pytest.fixture(autouse=True)
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 13 px without animation; a test may switch it."""
    made = Theme(qapp, Scheme.LIGHT, base_px=13, reduced_motion=True)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()
