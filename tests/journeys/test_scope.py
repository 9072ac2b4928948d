"""A ticket of another department: its stub and nothing more, in the window, in the cache file and on the wire (§ 2, H-29, P20)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desk_client.ui.theme import Theme
from desk_core.commands import AddNote, Transfer
from desk_core.references import grouped
from desk_core.tickets import Fault
from tests.journeys.looking import cache_bytes, whole_cache, whole_window
from tests.journeys.office import Office, Sitting
from tests.journeys.recorder import Recording, recorder
from tests.support.desk_profile import MemoryKeyring
from tests.support.server import Refused

SECRET = Fault(
    caller="Zebracaller",
    company="Zebracompany",
    phone="+49 40 9137731",
    product="Zebraproduct",
    serial="ZEBRASERIAL-1",
    description="Zebradescription of what is wrong",
)
# Words of the ticket in the ways in which they are stored: as typed, folded, a phone number in both forms.
SENTINELS = ("zebra", "9137731")


def told(text: str) -> list[str]:
    """Which of the secret words are in a text."""
    folded = text.lower().replace(" ", "")
    return [word for word in SENTINELS if word in folded]


def open_by_number(sitting: Sitting, number: str) -> None:
    """Ctrl+K, the number as people say it, Enter."""
    sitting.ctrl(Qt.Key.Key_K)
    sitting.type(grouped(number))
    sitting.press(Qt.Key.Key_Return)


def secret_ticket(office: Office) -> tuple[str, str]:
    """Ben logs a call with secret words and writes a note; id and number."""
    ben = office.server.client("ben")
    ticket = ben.log(fault=SECRET, classification="Zebraclass")
    ben.applied(AddNote(ticket=ticket, text="Zebranote"))
    number = next(t.reference for t in office.colleague().tickets() if t.id == ticket)
    return ticket, number


def look(office: Office, login: str, theme: Theme, number: str, page: str) -> tuple[str, str, Recording]:
    """What a member gets to see of a ticket: the whole window, the whole cache, the whole recording."""
    keyring = MemoryKeyring()
    with (
        recorder(office.port) as recording,
        office.window(login, theme, port=recording.port, keyring=keyring) as sitting,
    ):
        sitting.sign_in()
        open_by_number(sitting, number)
        sitting.until(lambda: sitting.page() == page, page)
        seen = whole_window(sitting.window)
        cached = whole_cache(sitting.client.profile.path, keyring)
        # From memory while the window is open, and from what is on the disk when it is closed.
    return seen, cached + whole_cache(office.folder / login, keyring), recording


def test_a_stub_and_nothing_more_in_the_window_in_the_cache_and_on_the_wire(office: Office, theme: Theme) -> None:
    ticket, number = secret_ticket(office)
    seen, cached, recording = look(office, "carla", theme, number, "stub-page")
    assert "It belongs to Technical support" in seen
    assert grouped(number) in seen
    assert told(seen) == []
    assert ticket in cached, "the stub is there"
    assert told(cached) == []
    assert ticket in recording.text()
    assert told(recording.text()) == []


def test_the_same_looks_find_everything_where_it_belongs(office: Office, theme: Theme) -> None:
    """The counter-proof: these looks see the words where a member may read them."""
    _, number = secret_ticket(office)
    seen, cached, recording = look(office, "anna", theme, number, "ticket-page")
    for place in (seen, cached, recording.text()):
        assert told(place) == list(SENTINELS)


def test_transfer_takes_the_content_from_the_old_departments_window_and_file(office: Office, theme: Theme) -> None:
    """P20: what leaves the scope leaves the machine of whoever does not hold it."""
    ticket, number = secret_ticket(office)
    keyring = MemoryKeyring()
    with office.window("anna", theme, keyring=keyring) as sitting:
        sitting.sign_in()
        open_by_number(sitting, number)
        sitting.until(lambda: sitting.page() == "ticket-page")
        assert told(whole_cache(sitting.client.profile.path, keyring)) == list(SENTINELS)
        assert told(cache_bytes(sitting.client.profile.path, keyring)) == list(SENTINELS), (
            "this look sees it where it is"
        )
        office.server.client("ben").applied(Transfer(ticket=ticket, department="customer_service", note="Yours"))
        sitting.until(lambda: sitting.page() == "stub-page", "the stub in the place of the ticket")
        sitting.until(lambda: told(whole_window(sitting.window)) == [], "no word of it in the window")
    assert told(whole_cache(office.folder / "anna", keyring)) == []
    assert told(cache_bytes(office.folder / "anna", keyring)) == []


def test_hand_made_requests_get_no_more_than_the_stub(office: Office) -> None:
    """P20: the server does not rely on the client's good manners."""
    ticket, number = secret_ticket(office)
    carla = office.server.client("carla")
    rows = [row for page in carla.snapshot() for row in page.rows]
    ben = office.server.client("ben")
    ben.applied(AddNote(ticket=ticket, text="Zebranews"))
    rows += carla.pull_all()
    assert {row.table for row in rows if ticket in bytes(row.row).decode()} == {"stub"}
    assert told(repr([bytes(row.row) for row in rows])) == []
    found = carla.find(number).stub
    assert found is not None
    assert told(repr(found)) == []
    with pytest.raises(Refused) as refused:
        carla.snapshot_page(scopes="technical_support")
    assert refused.value.status == 404, "as if there were none (R02)"
