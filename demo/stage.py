"""The stage of the walk: server, cable, client and window, and what can be seen of them."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication

from demo import desk
from demo.cable import Cable
from demo.hands import Hands, settle
from desk_client.bootstrap import Client, build
from desk_client.services.records import TicketView
from desk_client.system.clock import MachineClock
from desk_client.system.keys import KeyKeeper
from desk_client.ui.call.work import CallWork
from desk_client.ui.screens import Screens
from desk_client.ui.settings.store import Settings
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme
from desk_core.calls import Call
from desk_core.tickets import Ticket

# A Friday morning on which both offices are open, so that every run shows the same day.
_SECONDS = 20
_MORNING = dt.datetime.fromisoformat("2026-06-12T11:02:00+02:00")


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
    clock: ShiftedClock
    colleague: desk.SigningIn | None = None
    supervisor: desk.SigningIn | None = None
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

    def signed_in(self, who: str) -> Path:
        """The profile of a member who signs in meanwhile; it is ready when this returns."""
        signing_in = {"colleague": self.colleague, "supervisor": self.supervisor}[who]
        if signing_in is not None:
            signing_in.done()
        return self.folder / who

    @contextmanager
    def sitting(self, who: str) -> Iterator[Client]:
        """A member's own client, without a window."""
        with closing(build(self.signed_in(who), clock=self.clock, keys=KeyKeeper(backend=lambda: None))) as client:
            client.session.resume(desk.PASSPHRASE).result(_SECONDS)
            client.status.sync().result(_SECONDS)
            yield client

    def twin(self, who: str, *arguments: str) -> str:
        """What a member's terminal answers; ``who`` is the folder of its profile."""
        said = subprocess.run(
            desk.program("desk_client", "--profile", str(self.signed_in(who)), *arguments),
            env=desk.environment(), capture_output=True, text=True, check=False,
        )  # fmt: skip
        if said.returncode != 0:
            raise desk.DemoProblem(f"The terminal of the {who} fails: {said.stderr.strip() or said.stdout.strip()}")
        return said.stdout

    def in_work(self) -> str:
        """The page of the work area, by its name."""
        page = self.screens.window.work.page
        return page.objectName() if page is not None else ""


@contextmanager
def stage_set(folder: Path, pictures: Path) -> Iterator[Stage]:
    ahead = _MORNING - dt.datetime.now(dt.UTC)
    clock = folder / "clock.txt"
    clock.write_text(f"offset {ahead.total_seconds()}", encoding="utf-8")
    os.environ |= {k: v for k, v in desk.environment().items() if k.startswith(("PYTHON_KEYRING", "DESK_CLIENT"))}
    desk.make(folder / "server", clock)
    served = desk.serve(folder / "server", clock)
    cable = Cable(served.port)
    app = QApplication(sys.argv[:1])
    moved = ShiftedClock(ahead)
    client = build(folder / "client", clock=moved, keys=KeyKeeper(backend=lambda: None))
    try:
        theme = Theme(app, Scheme.LIGHT, reduced_motion=True)
        screens = Screens(client, theme, Settings(client.profile.path), client.profile.last, app.quit)
        door = client.open_door()
        screens.start()
        try:
            yield Stage(served, cable, client, screens, Hands(screens.window, theme, pictures), folder, moved)
        finally:
            door.close()
            screens.close()
            settle()
    finally:
        client.close()
        cable.close()
        served.stop()


def work_of(stage: Stage) -> CallWork:
    work = stage.screens.calls.current
    if work is None:
        raise desk.DemoProblem("No call is open.")
    return work


def call_of(stage: Stage, call: str) -> Call:
    found = stage.client.calls.get(call)
    if found is None:
        raise desk.DemoProblem("The record of the call cannot be read.")
    return found


def logged_of(stage: Stage, call: str) -> Ticket | None:
    """The ticket of a call, None before it is logged."""
    ticket = call_of(stage, call).ticket
    return ticket_of(stage, ticket) if ticket else None


def promised_of(stage: Stage, call: str) -> bool:
    """True once a call back is promised to the caller."""
    ticket = logged_of(stage, call)
    return ticket is not None and ticket.call_back


def ticket_of(stage: Stage, ticket: str) -> Ticket:
    found = stage.client.tickets.get(ticket)
    if not isinstance(found, TicketView):
        raise desk.DemoProblem("The ticket cannot be read.")
    return found.ticket
