"""Pictures of the window with sample data, to look at: ``python -m tests.support.pictures FOLDER``."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desk_client.ui.call.form import CallFields, CallForm, Entitlement
from desk_client.ui.context import OpenTicket
from desk_client.ui.queue.countdown import Countdowns
from desk_client.ui.queue.model import QueueModel
from desk_client.ui.queue.row import ClockState, OpenTime, QueueRow
from desk_client.ui.theme import Theme
from desk_client.ui.tokens import Scheme, Tone
from desk_client.ui.widgets import (
    Action,
    Banner,
    Button,
    Chip,
    EmptyState,
    Field,
    Heading,
    Kind,
    Label,
    ReferenceLabel,
    Secondary,
    ShortcutOverview,
    TextArea,
    message_box,
)
from desk_client.ui.window import MainWindow

HAMBURG = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 6, 12, 11, 6, 24, tzinfo=HAMBURG)
SOON_SECONDS = 15 * 60
_SAMPLES = (
    ("4172057", "Nordlicht Druck GmbH", "Printhead error E-114, stops after 20 labels", "10:48", "Jonas Reimann"),
    ("4172061", "Brandt & Söhne", "Labels shifted 3 mm to the left", "11:18", ""),
    ("4171985", "Surrey Foods Ltd", "Driver refuses firmware 4.2", "12:25", ""),
    ("4171999", "Hafenlogistik Nord", "Serial port not found after update", "", ""),
    ("4171887", "Kessel Apotheken", "Cutter blade worn, wants price", "12:58", ""),
    ("4171904", "Elbe Optik", "Ribbon runs out too early", "13:05", ""),
)


def sample_rows() -> list[QueueRow]:
    """The rows of the target picture."""
    rows = []
    for ticket_id, (reference, company, title, due, holder) in enumerate(_SAMPLES, 1):
        hour, minute = (int(part) for part in (due or "00:00").split(":"))
        rows.append(
            QueueRow(
                ticket_id=ticket_id,
                reference=reference,
                company=company,
                title=title,
                promise="Call back" if due else "Waiting for customer",
                due_text=f"due {due}" if due else "since Thu 16:10",
                deadline_utc=NOW.replace(hour=hour, minute=minute, second=0).astimezone(UTC) if due else None,
                state=ClockState.RUNNING if due else ClockState.PAUSED,
                holder=holder,
                department="Technical support",
                office="Hamburg",
            )
        )
    return rows


def always_open(row: QueueRow, now: datetime) -> OpenTime:
    """A calendar that is open: what is left is what the clock on the wall says."""
    left = (row.deadline_utc - now) if row.deadline_utc else timedelta()
    return OpenTime(left.total_seconds(), None)


def sample_window(rows: Sequence[QueueRow] | None = None) -> MainWindow:
    """The window in the middle of the main job: on a call, offline, a fault being logged."""
    shown = list(sample_rows() if rows is None else rows)
    by_id = {row.ticket_id: row for row in shown}
    countdowns = Countdowns(always_open, SOON_SECONDS)
    countdowns.advance(NOW)
    model = QueueModel(lambda ids: [by_id[ticket_id] for ticket_id in ids], countdowns)
    window = MainWindow(model, countdowns, monotonic=lambda: 1_000.0)
    model.setParent(window)
    window.queue_view.show_ids([row.ticket_id for row in shown])
    window.queue_view.select_id(2)
    window.queue.set_place("Technical support", "Hamburg")
    window.queue.set_waiting(len(shown))
    window.call_bar.show_call(Tone.FINE, "On a call", "+49 40 555 01 77 · answered in 6 s")
    window.call_bar.timer.start(252)
    window.call_bar.set_actions([window.actions_.end_call])
    window.status.show_network(Tone.SOON, "Offline since 10:58 — 2 calls saved here, sent when the network is back")
    window.status.show_time(NOW, "Hamburg")
    window.status.show_member("Anke Brandt", "agent")
    return window


def fill_call(window: MainWindow) -> CallForm:
    """Open the call form of the target picture."""
    form = CallForm(Action("Told at 11:02", parent=window))
    form.reference.show_reference("4172116", advice="read it out with the class")
    form.set_values(
        CallFields(
            "Imke Petersen",
            "Nordlicht Druck GmbH",
            "+49 40 555 01 77",
            "LabelJet 4300",
            "LJ43-0092817",
            "Printhead · hardware",
            "Stops after about 20 labels with E-114. Started this morning after the ribbon was changed. "
            "Head cleaned twice, no change. Needs it for the 14:00 lorry.",
        )
    )
    form.show_entitlements(
        [
            Entitlement(Tone.FINE, "Maintenance contract until 30 Jun 2027", settled=True),
            Entitlement(Tone.SOON, "Warranty ended 12 Mar 2026"),
        ]
    )
    form.show_saved("Saved on this computer 1 s ago")
    form.expected = Action("Put through to a specialist", "Ctrl+1", window)
    form.others = [Action("Call back within 2 h", "Ctrl+2", window)]
    form.aside = [Action("Wants the manager", parent=window)]
    window.work.show_page(form)
    window.context.show_person("Imke Petersen", "Nordlicht Druck GmbH, Hamburg")
    window.context.show_tickets(
        [OpenTicket(1, "4172057", "Printhead error E-114"), OpenTicket(9, "4168808", "Ribbon order question")]
    )
    window.context.show_duplicate("Same fault as 417 205 7?")
    window.context.show_promise(
        "If you call back: due 13:06, if saved now",
        ["2 h of open time, Mon–Fri 08:30–17:00", "11:06 → 13:06, no break, no holiday", "rule H-14"],
    )
    return form


def gallery() -> QWidget:
    """Every widget of the kit in its states."""
    page = QWidget()
    layout = QHBoxLayout(page)
    layout.setContentsMargins(24, 24, 24, 24)
    layout.setSpacing(32)
    left, right = QVBoxLayout(), QVBoxLayout()
    layout.addLayout(left)
    layout.addLayout(right)
    blocked = Action("Take next", "F9", page)
    blocked.block("You hold a ticket that is not answered yet.")
    for widgets in _lines_of_the_kit(page, blocked):
        line = QHBoxLayout()
        for widget in widgets:
            line.addWidget(widget)
        line.addStretch()
        left.addLayout(line)
    number = ReferenceLabel("New fault")
    number.show_reference("4172116", advice="read it out")
    left.addWidget(number)
    _add_banners(left, page)
    left.addStretch()
    for field in _fields_of_the_kit():
        right.addWidget(field)
    right.addWidget(Label("Hidden characters: Nordlicht \u202egnp.exe", wrap=True))
    right.addWidget(EmptyState("inbox", "Nothing waits", "New tickets appear here by themselves.", blocked))
    return page


def _lines_of_the_kit(page: QWidget, blocked: Action) -> list[list[QWidget]]:
    return [
        [Heading("Heading"), Label("Body"), Label("Strong", "strong"), Secondary("Secondary"), Label("Error", "error")],
        [Chip(Tone.FINE, "1 h 19 left"), Chip(Tone.SOON, "12 min left"), Chip(Tone.LATE, "late 18 min")],
        [Chip(Tone.PAUSED, "paused"), Chip(Tone.FINE, "opens Mon 08:30"), Chip(Tone.FINE, "kept", check=True)],
        [
            Button(Action("Take next", "F9", page), Kind.PRIMARY),
            Button(Action("End call", "F4", page)),
            Button(blocked),
        ],
        [
            Button(Action("Put through", "Ctrl+1", page), Kind.PRIMARY, large=True),
            Button(Action("Call back within 2 h", "Ctrl+2", page), large=True),
            Button(Action("Why this order?", parent=page), Kind.LINK),
            Button(Action("Close", parent=page), Kind.QUIET, icon="close"),
        ],
    ]


def _add_banners(layout: QVBoxLayout, page: QWidget) -> None:
    for tone, words in (
        (Tone.LATE, "The disk is full. Free some space; what you typed is still here."),
        (Tone.SOON, "The clock of this computer is 4 min ahead. Times shown are corrected."),
        (Tone.FINE, "Back online. 2 calls were sent."),
        (Tone.PAUSED, "Imke Petersen is calling: +49 40 555 01 77"),
    ):
        banner = Banner()
        layout.addWidget(banner)
        banner.show_message(tone, words, [Action("Open the form", "F2", page)] if tone is Tone.PAUSED else ())


def _fields_of_the_kit() -> list[QWidget]:
    name = Field("Caller", placeholder="Name of the person on the phone", required=True)
    wrong, deceiving = Field("Serial number"), Field("Company")
    wrong.set_text("LJ43")
    wrong.set_error("A serial number has the form LJ43-0092817; it stands below the lid.")
    deceiving.set_text("Nordlicht \u202egnp.exe")
    deceiving.editor.setFocus()
    return [name, wrong, deceiving, TextArea("Fault", placeholder="What does the caller see?")]


def save(widget: QWidget, path: Path) -> None:
    """Grab a widget as it would be shown."""
    QApplication.processEvents()
    if not widget.grab().save(str(path)):
        raise OSError(f"The picture {path} can't be written.")


def main(folder: Path) -> None:
    """Save window and kit in light, dark and high contrast, the window also narrow and with type at 200 %."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("a program with windows is needed")
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in (Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST):
        Theme(app, scheme, base_px=13, reduced_motion=True)
        _save_scheme(folder, scheme.value)
    Theme(app, Scheme.LIGHT, base_px=26, reduced_motion=True)
    large = sample_window()
    fill_call(large)
    large.show()
    save(large, folder / "window-200.png")
    large.close()


def _save_scheme(folder: Path, name: str) -> None:
    window = sample_window()
    form = fill_call(window)
    window.show()
    form.fault.setFocus(Qt.FocusReason.OtherFocusReason)
    save(window, folder / f"window-{name}.png")
    window.resize(1024, 700)
    save(window, folder / f"narrow-{name}.png")
    kit = gallery()
    kit.resize(1366, 768)
    kit.show()
    save(kit, folder / f"kit-{name}.png")
    idle = sample_window([])
    idle.call_bar.show_idle()
    idle.show()
    save(idle, folder / f"idle-{name}.png")
    overview = ShortcutOverview({"Everywhere": window.actions_.all()}, window)
    overview.show()
    save(overview, folder / f"shortcuts-{name}.png")
    box = message_box(window, "2 calls are saved here and not sent yet.", "They are sent at the next start.")
    box.show()
    save(box, folder / f"box-{name}.png")
    for shown in (overview, box, idle, kit, window):
        shown.close()


if __name__ == "__main__":
    # Before the program: on a machine without a screen there is no other platform.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out"))
