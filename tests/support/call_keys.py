"""A call by keys: begun, filled and looked at, for the tests of the form and of its ways."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desk_client.ui.call.form import CallForm
from desk_client.ui.widgets import Chip
from desk_core.tickets import Ticket
from tests.support.workplace import Workplace

KEY = Qt.Key
FAULT = "Stops after about 20 labels"


def begin(place: Workplace) -> CallForm:
    """Begin a call by its key; the form."""
    place.press(KEY.Key_F2)
    place.until(lambda: place.focused() == "Caller", "the form")
    return form_of(place)


def form_of(place: Workplace) -> CallForm:
    work = place.screens.calls.current
    assert work is not None
    return work.form


def fill(place: Workplace, **texts: str) -> None:
    """Type from field to field with Tab, as a caller talks; the cursor stands in the first field."""
    values = {
        "caller": "Eva Lorenz",
        "company": "Lorenz Etiketten",
        "phone": "040 1234567",
        "product": "LabelJet 2100",
        "serial": "LJ21-555",
        "category": "does not start",
        "fault": FAULT,
    } | texts
    for place_, text in enumerate(values.values()):
        if place_:
            place.press(KEY.Key_Tab)
        place.type(text)


def logged(place: Workplace) -> Ticket:
    """The ticket of the call on show, as this computer knows it."""
    work = place.screens.calls.current
    assert work is not None
    found = place.client.tickets.get(work.saving.ticket)
    return found.ticket  # type: ignore[union-attr]


def chips(place: Workplace) -> list[str]:
    return [chip.words for chip in form_of(place).findChildren(Chip) if chip.isVisible()]
