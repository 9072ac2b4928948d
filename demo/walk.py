"""The main job, walked by key presses in the real window against the real server, with a picture of every step."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from demo import desk
from demo.cable import Cable
from demo.hands import Hands, settle
from desk_client.bootstrap import Client, build
from desk_client.models.errors import DeskError
from desk_client.services.records import TicketView
from desk_client.system.clock import MachineClock
from desk_client.system.keys import KeyKeeper
from desk_client.ui.call.work import CallWork
from desk_client.ui.screens import Screens
from desk_client.ui.settings.store import Settings
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from desk_core import references
from desk_core.calls import Call
from desk_core.tickets import Ticket

# A Friday morning on which both offices are open, so that every run shows the same day.
_MORNING = dt.datetime.fromisoformat("2026-06-12T11:02:00+02:00")
_COMPANY = "Nordlicht Druck GmbH"


class ShiftedClock(MachineClock):
    """This machine's clock, moved to the day of the walk."""

    def __init__(self, ahead: dt.timedelta) -> None:
        self._ahead = ahead

    def wall(self) -> dt.datetime:
        """The time on the day of the walk."""
        return super().wall() + self._ahead


@dataclass
class Stage:
    """Everything that plays: the server, the cable to it, the client behind the window, and whose hands are on the keys."""

    served: desk.ServedDesk
    cable: Cable
    client: Client
    screens: Screens
    hands: Hands
    folder: Path
    colleague: desk.SigningIn | None = None
    taken: str = ""

    @property
    def server(self) -> str:
        """The address at the near end of the cable."""
        return f"http://127.0.0.1:{self.cable.port}"

    def phone(self, event: str, number: str, call: str) -> None:
        """What a softphone's hook does: one short command that tells the open window."""
        arguments = ["--profile", str(self.folder / "client"), "call", event, "--number", number, "--id", call]
        running = subprocess.Popen(
            desk.program("desk_client", *arguments), env=desk.environment(), stderr=subprocess.PIPE, text=True
        )
        self.hands.until(lambda: running.poll() is not None, "The telephone's command does not come back.")
        if running.returncode != 0:
            raise desk.DemoProblem(
                f"The telephone could not tell the window: {(running.stderr and running.stderr.read()) or ''}"
            )

    def in_work(self) -> str:
        """The page of the work area, by its name."""
        page = self.screens.window.work.page
        return page.objectName() if page is not None else ""


@contextmanager
def _stage(folder: Path, pictures: Path) -> Iterator[Stage]:
    ahead = _MORNING - dt.datetime.now(dt.UTC)
    clock = folder / "clock.txt"
    clock.write_text(f"offset {ahead.total_seconds()}", encoding="utf-8")
    os.environ |= {k: v for k, v in desk.environment().items() if k.startswith(("PYTHON_KEYRING", "DESK_CLIENT"))}
    desk.make(folder / "server", clock)
    served = desk.serve(folder / "server", clock)
    cable = Cable(served.port)
    app = QApplication(sys.argv[:1])
    client = build(folder / "client", clock=ShiftedClock(ahead), keys=KeyKeeper(backend=lambda: None))
    try:
        theme = Theme(app, Scheme.LIGHT, reduced_motion=True)
        screens = Screens(client, theme, Settings(client.profile.path), client.profile.last, app.quit)
        door = client.open_door()
        screens.start()
        try:
            yield Stage(served, cable, client, screens, Hands(screens.window, theme, pictures), folder)
        finally:
            door.close()
            screens.close()
            settle()
    finally:
        client.close()
        cable.close()
        served.stop()


def walk_all(pictures: Path) -> int:
    """Walk every step of the main job; 0 when all reached their end, 1 with a sentence about the first that did not."""
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desk-demo-") as temporary, _stage(Path(temporary), pictures) as stage:
        steps = (sign_in, take_a_call, log_it, call_back, take_next, reply, work_offline, come_back)
        for step in steps:
            begun = time.monotonic()
            try:
                step(stage)
            except DeskError as problem:
                raise desk.DemoProblem(f"{step.__name__.replace('_', ' ')}: {problem.text}") from problem
            print(f"{step.__name__.replace('_', ' ')}: done in {time.monotonic() - begun:.1f} s", flush=True)
    print(f"The main job was walked to its end; pictures are in {pictures}.")
    return 0


def sign_in(stage: Stage) -> None:
    """Server, name and password; then the queue stands in its order."""
    hands = stage.hands
    hands.until(lambda: stage.screens.signin_page.isVisible(), "The window does not ask who is there.")
    page = stage.screens.signin_page
    hands.until(lambda: page.server.editor.hasFocus(), "The cursor is not in the field of the server.")
    hands.fill(stage.server, desk.AGENT)
    hands.type(stage.served.password)
    hands.picture("sign-in")
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: stage.client.session.who() is not None, "Signing in did not work.")
    hands.until(lambda: stage.client.queue.count() > 0, "The queue stays empty after signing in.")
    hands.until(lambda: _downloaded(stage), "The first download does not end.")
    hands.until(lambda: stage.screens.window.queue_view.model().rowCount() > 0, "The queue is not shown.")
    hands.picture("queue")
    # Meanwhile a colleague signs in elsewhere, to be asked at the end what is on their screen.
    stage.colleague = desk.SigningIn(stage.folder / "colleague", stage.served, desk.COLLEAGUE)


def _downloaded(stage: Stage) -> bool:
    state = stage.client.status.state()
    return state.connection == "online" and state.last_sync is not None


def take_a_call(stage: Stage) -> None:
    """The telephone rings with a number that is known; the banner takes no focus; one key answers."""
    hands = stage.hands
    found = stage.client.lookup.by_company(_COMPANY)
    contacts = stage.client.lookup.customer(found[0].customer.id).contacts if found else ()
    if not contacts:
        raise desk.DemoProblem(f"The sample desk has no contact at {_COMPANY}.")
    stage.phone("ringing", contacts[0].phone_e164, "walk-1")
    hands.until(lambda: stage.screens.window.work.banner.isVisible(), "A ringing call is not announced.")
    hands.picture("ringing")
    hands.press(Qt.Key.Key_F2)
    hands.until(lambda: stage.in_work() == "call_form", "The call form does not open.")
    hands.until(
        lambda: stage.screens.calls.current is not None and stage.screens.calls.current.form.company.text(),
        "The caller is not known.",
    )


def log_it(stage: Stage) -> None:
    """Product, serial number, class and what is wrong; whoever calls was known by the number."""
    hands, work = stage.hands, _work(stage)
    form = work.form
    asset = stage.client.lookup.customer(work.picking.customer).assets[0]
    typed = {
        "product": asset.product,
        "serial": asset.serial,
        "category": "Printhead · hardware",
        "fault": "Stops after about 20 labels with E-114. Started this morning after the ribbon was changed.",
    }
    for name, field in (
        ("product", form.product),
        ("serial", form.serial),
        ("category", form.category),
        ("fault", form.fault),
    ):
        for _ in range(12):
            if field.editor.hasFocus():
                break
            hands.press(Qt.Key.Key_Tab)
        if not field.editor.hasFocus():
            raise desk.DemoProblem(f"The Tab key does not reach the field {name}.")
        if not field.text():
            hands.type(typed[name])
    hands.until(
        lambda: stage.client.drafts.load(f"call:{work.call.id}") is not None, "What is typed is not kept as a draft."
    )
    hands.picture("call-form")
    hands.ctrl(Qt.Key.Key_S)
    hands.until(lambda: _logged(stage, work.call.id), "The fault is not saved.")
    hands.ctrl(Qt.Key.Key_T)
    hands.until(lambda: _call(stage, work.call.id).told_at, "Told is not recorded.")
    hands.picture("call-logged")


def call_back(stage: Stage) -> None:
    """Look who could take the caller; promise a call back; end the call."""
    hands, work = stage.hands, _work(stage)
    hands.ctrl(Qt.Key.Key_1)
    hands.until(lambda: stage.in_work() != "call_form", "Nobody is offered to put the caller through to.")
    hands.picture("put-through")
    hands.press(Qt.Key.Key_Escape)
    hands.ctrl(Qt.Key.Key_2)
    hands.until(lambda: _promised(stage, work.call.id), "No call back is promised.")
    hands.picture("call-back-promised")
    hands.press(Qt.Key.Key_F4)
    hands.until(lambda: stage.screens.calls.current is None, "The call does not end.")


def take_next(stage: Stage) -> None:
    """The head of the queue, and why it is due when it is."""
    hands = stage.hands
    before = {row.id for row in stage.client.queue.in_hand()}
    hands.press(Qt.Key.Key_F9)
    hands.until(lambda: {row.id for row in stage.client.queue.in_hand()} - before, "Take next brings nothing.")
    stage.taken = next(row.id for row in stage.client.queue.in_hand() if row.id not in before)
    hands.until(lambda: stage.in_work() == "ticket-page", "The ticket that was taken is not shown.")
    hands.picture("take-next")
    hands.ctrl(Qt.Key.Key_I)
    hands.picture("why-this-deadline")
    hands.press(Qt.Key.Key_Escape)


def reply(stage: Stage) -> None:
    """An answer in writing, with preview."""
    hands = stage.hands
    hands.ctrl(Qt.Key.Key_1)
    hands.type("Vielen Dank für Ihre Geduld, wir haben Ihr Gerät und den Vertrag vor uns.\n")
    hands.type("Ein Spezialist ruft Sie noch heute Vormittag an.")
    hands.ctrl(Qt.Key.Key_L)
    hands.picture("reply")
    hands.ctrl(Qt.Key.Key_Return)
    hands.until(lambda: "replied" in _ticket(stage, stage.taken).flags, "The answer is not sent.")
    hands.picture("replied")


def work_offline(stage: Stage) -> None:
    """The cable is pulled; another call is taken, with its number, and logged."""
    hands = stage.hands
    stage.cable.cut()
    hands.until(
        lambda: stage.client.status.state().connection == "offline",
        "The window does not notice that the network is gone.",
    )
    hands.press(Qt.Key.Key_F2)
    hands.until(lambda: stage.screens.calls.current is not None, "Without network no call can be begun.")
    work = _work(stage)
    number = work.call.reference
    if references.parse(number) != number:
        raise desk.DemoProblem(f"The number {number} has a wrong check digit.")
    hands.fill("Rosa Kern", "Elbe Optik", "040 555 01 99", "LabelJet 4300", "LJ43-0081234", "Ribbon and media")
    hands.type("Ribbon runs out too early, about 200 labels a roll.")
    hands.picture("offline-call")
    hands.ctrl(Qt.Key.Key_2)
    hands.until(lambda: _promised(stage, work.call.id), "The call is not logged offline.")
    hands.ctrl(Qt.Key.Key_T)
    hands.press(Qt.Key.Key_F4)
    hands.until(lambda: stage.screens.calls.current is None, "The call does not end.")
    hands.press(Qt.Key.Key_F7)
    hands.picture("unsent-work")


def come_back(stage: Stage) -> None:
    """The cable is mended; both calls are on the server and on a colleague's screen, once."""
    hands = stage.hands
    logged = [row.reference for row in stage.client.queue.page(size=500).rows if row.unsent]
    stage.cable.mend()
    hands.until(
        lambda: stage.client.status.state().connection == "online",
        "The window does not notice that the network is back.",
    )
    hands.until(lambda: not stage.client.outbox.pending(), "What was saved here is not sent.")
    hands.press(Qt.Key.Key_Escape)
    hands.picture("synced")
    seen = _colleague_sees(stage)
    for number in logged:
        if seen.count(number) != 1:
            raise desk.DemoProblem(
                f"A colleague sees the call {references.grouped(number)} {seen.count(number)} times; it must be once."
            )


def _colleague_sees(stage: Stage) -> list[str]:
    """The references in a colleague's queue, through the terminal twin."""
    if stage.colleague is not None:
        stage.colleague.done()
    listed = subprocess.run(
        desk.program("desk_client", "--profile", str(stage.folder / "colleague"), "--json", "queue"),
        env=desk.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode != 0:
        raise desk.DemoProblem(f"The colleague's queue cannot be read: {listed.stderr.strip()}")
    return [row["reference"] for row in json.loads(listed.stdout)]


def _work(stage: Stage) -> CallWork:
    work = stage.screens.calls.current
    if work is None:
        raise desk.DemoProblem("No call is open.")
    return work


def _call(stage: Stage, call: str) -> Call:
    found = stage.client.calls.get(call)
    if found is None:
        raise desk.DemoProblem("The record of the call cannot be read.")
    return found


def _logged(stage: Stage, call: str) -> Ticket | None:
    """The ticket of a call, None before it is logged."""
    ticket = _call(stage, call).ticket
    return _ticket(stage, ticket) if ticket else None


def _promised(stage: Stage, call: str) -> bool:
    """True once a call back is promised to the caller."""
    ticket = _logged(stage, call)
    return ticket is not None and ticket.call_back


def _ticket(stage: Stage, ticket: str) -> Ticket:
    found = stage.client.tickets.get(ticket)
    if not isinstance(found, TicketView):
        raise desk.DemoProblem("The ticket cannot be read.")
    return found.ticket
