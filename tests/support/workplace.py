"""A place to work at: the whole window over real services and real encrypted files, a desk's server in memory, and a keyboard."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desk_client.bootstrap import Client, Wire, build
from desk_client.system.keys import Backend, KeyKeeper
from desk_client.ui.screens import Screens
from desk_client.ui.theme import Theme
from desk_client.ui.widgets import Label
from desk_core import commands as c
from desk_core import protocol
from desk_core.people import Asset, Contact, Contract, Customer, fold_serial, phone_e164
from desk_core.tickets import Fault
from tests.client.double import Door, MemoryServer
from tests.support.desk_profile import MemoryKeyring, SetClock
from tests.support.keyboard import Keyboard, window_of

SERVER = "https://desk.example.org"
PASSWORD = MemoryServer.password
# company, person, phone, product, serial number, fault, class, minutes ago
_COMPANIES = """
Nordlicht Druck GmbH|Imke Petersen|+49 40 5550177|LabelJet 4300|LJ43-0092817|Printhead error E-114, stops soon|Printhead · hardware|138
Brandt & Söhne|Rolf Brandt|+49 40 5550212|LabelJet 2100|LJ21-0004411|Labels shifted 3 mm to the left|Calibration and label position|108
Surrey Foods Ltd|Amy Clarke|+44 1483 555019|LabelJet 4300|LJ43-0100034|Driver refuses firmware 4.2|Driver|41
Hafenlogistik Nord|Jens Ohm|+49 40 5550399|ScanPoint 7|SP7-777120|Serial port not found after update|USB and serial port|900
Kessel Apotheken|Dr. Lena Kessel|+49 451 555088|LabelJet 2100|LJ21-0007001|Cutter blade worn, wants price|Cutter and peeler|8
Elbe Optik|Nina Wolter|+49 4121 555040|LabelJet 1200|LJ12-0000912|Ribbon runs out too early|Ribbon and media|1
"""


def _rows() -> list[list[str]]:
    return [line.split("|") for line in _COMPANIES.strip().splitlines()]


def small_desk(extra: str = "") -> MemoryServer:
    """A desk of two offices: an agent, two specialists, a supervisor, somebody of another department, six companies. ``extra`` is written
    at the end of its policy."""
    desk = MemoryServer.ready(more=extra)
    desk.next_block += 10_000  # the numbers of the tickets below belong to other devices
    support, other = desk.policy.departments[0].id, desk.policy.departments[1].id
    office, second = (o.id for o in desk.policy.offices[:2])
    for login, name, more in (
        ("anke", "Anke Brandt", {"departments": (support,)}),
        ("jonas", "Jonas Reimann", {"departments": (support,), "functions": ("specialist",), "skills": ("driver",)}),
        ("petra", "Petra Vogt", {"departments": (support,), "functions": ("specialist",), "skills": ("printhead",)}),
        ("colin", "Colin Hart", {"departments": (support,), "functions": ("specialist",), "office": second}),
        ("susanne", "Susanne Ahlers", {"departments": (support,), "role": "supervisor"}),
        ("olga", "Olga Stein", {"departments": (other,)}),
    ):
        member = desk.add_member(login, **{"office": office, "phone": "+49 40 555 01 00", **more})
        desk.members[login] = msgspec.structs.replace(member, name=name)
    for place, row in enumerate(_rows()):
        _company(desk, place, row, office, second)
    desk.publish()
    with desk.lock:
        for place, row in enumerate(_rows()):
            contact = Contact(
                id=f"p{place}", customer=f"k{place}", name=row[1], phone=row[2], phone_e164=phone_e164(row[2], "DE")
            )
            desk._put("contact", contact.id, protocol.DESK_SCOPE, contact)
    return desk


def _company(desk: MemoryServer, place: int, row: list[str], office: str, second: str) -> None:
    company, person, phone, product, serial, text, category, ago = row
    until_day = dt.date(2027, 6, 30)
    desk.customers[f"k{place}"] = Customer(id=f"k{place}", name=company, office=second if "Ltd" in company else office)
    desk.assets[f"a{place}"] = Asset(
        id=f"a{place}", customer=f"k{place}", product=product, serial=serial, warranty_until=dt.date(2026, 3, 12)
    )
    assert fold_serial(serial)
    begins = dt.date(2024, 7, 1)
    desk.contract_list.append(
        Contract(id=f"v{place}", customer=f"k{place}", title="Maintenance contract", starts=begins, ends=until_day)
    )
    now = desk.now
    desk.now = now - dt.timedelta(minutes=int(ago))
    fault = Fault(caller=person, company=company, phone=phone, product=product, serial=serial, description=text)
    jonas = desk.members["jonas"]
    desk.log(jonas, f"t{place}", fault=fault, classification=category, customer=f"k{place}")
    desk.do(jonas, c.OfferCallBack(ticket=f"t{place}"))
    if int(ago) > 600:
        desk.do(jonas, c.AttemptCallBack(ticket=f"t{place}", reached=True))
    desk.now = now


def words(widget: QWidget) -> str:
    """Everything that can be read in a widget."""
    found = [w.text() for w in widget.findChildren(Label) if w.isVisible()]
    return "\n".join(found)


@dataclass
class Workplace(Keyboard):
    """The window of a member of a desk that is played in memory."""

    desk: MemoryServer
    clock: SetClock

    def sign_in(self, user: str = "anke", password: str = PASSWORD) -> None:
        """Sign in by keys and wait for the queue."""
        self.type_sign_in(SERVER, user, password)
        self.wait_for_data()
        self.until(lambda: self.window.queue_view.model().rowCount() > 0, "the queue")
        self.until(lambda: self.window.queue_view.hasFocus(), "the keyboard on the queue")

    def go_offline(self) -> None:
        """Cut the network and wait until the window knows."""
        with self.desk.lock:
            self.desk.offline = True
            self.desk.lock.notify_all()
        self.client.network.wake()
        self.until(lambda: self.window.status.network.startswith("Offline"), "the word Offline")

    def go_online(self) -> None:
        """Give the network back and wait until everything is sent."""
        self.desk.offline = False
        self.press(Qt.Key.Key_F5)
        self.until(lambda: not self.client.outbox.pending(), "an empty outbox")
        self.until(lambda: "everything is sent" in self.window.status.network, "everything sent")


@contextmanager
def workplace(
    folder: Path,
    theme: Theme,
    desk: MemoryServer | None = None,
    *,
    keyring: MemoryKeyring | None = None,
    keys: KeyKeeper | None = None,
    wire: Wire | None = None,
    clock: SetClock | None = None,
) -> Iterator[Workplace]:
    """A window of its own on a profile in ``folder``; the same folder and keyring again is the next start."""
    served = desk or small_desk()
    clock, ring, ids = clock or SetClock(served.now), keyring or MemoryKeyring(), itertools.count(1)
    stamp = len(list(folder.glob("*"))) if folder.exists() else 0
    client = build(
        folder,
        clock=clock,
        new_id=lambda: f"id-{stamp}-{next(ids):04d}",
        keys=keys or KeyKeeper(backend=lambda: cast("Backend", ring), passphrase=lambda: ""),
        wire=wire or cast("Wire", Door(served)),
        chance=lambda: 0.0,
    )

    def hands(client: Client, screens: Screens, closed: list[bool]) -> Workplace:
        return Workplace(client, screens, closed, served, clock)

    with window_of(client, theme, clock.mono, hands) as place:
        yield place
