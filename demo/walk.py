"""The main job, walked by key presses in the real window against the real server, with a picture of every step."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

from PySide6.QtCore import Qt

from demo import desk
from demo.stage import Stage, call_of, logged_of, promised_of, stage_set, ticket_of, work_of
from demo.states import empty, needs_attention, out_of_scope, second_call
from desk_client.models.errors import DeskError
from desk_core import references

_COMPANY = "Nordlicht Druck GmbH"


def walk_all(pictures: Path) -> int:
    """Walk every step of the main job; 0 when all reached their end, 1 with a sentence about the first that did not."""
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="desk-demo-") as temporary, stage_set(Path(temporary), pictures) as stage:
        steps = (
            *(sign_in, empty, take_a_call, log_it, second_call, call_back, take_next, reply, out_of_scope),
            *(work_offline, come_back, needs_attention),
        )
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
    stage.supervisor = desk.SigningIn(stage.folder / "supervisor", stage.served, desk.SUPERVISOR)


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
    hands.state("ringing")
    hands.press(Qt.Key.Key_F2)
    hands.until(lambda: stage.in_work() == "call_form", "The call form does not open.")
    hands.until(
        lambda: stage.screens.calls.current is not None and stage.screens.calls.current.form.company.text(),
        "The caller is not known.",
    )


def log_it(stage: Stage) -> None:
    """Product, serial number, class and what is wrong; whoever calls was known by the number."""
    hands, work = stage.hands, work_of(stage)
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
    hands.until(lambda: logged_of(stage, work.call.id), "The fault is not saved.")
    hands.ctrl(Qt.Key.Key_T)
    hands.until(lambda: call_of(stage, work.call.id).told_at, "Told is not recorded.")
    hands.picture("call-logged")


def call_back(stage: Stage) -> None:
    """Look who could take the caller; promise a call back; end the call."""
    hands, work = stage.hands, work_of(stage)
    hands.ctrl(Qt.Key.Key_1)
    hands.until(lambda: stage.in_work() != "call_form", "Nobody is offered to put the caller through to.")
    hands.picture("put-through")
    hands.press(Qt.Key.Key_Escape)
    hands.ctrl(Qt.Key.Key_2)
    hands.until(lambda: promised_of(stage, work.call.id), "No call back is promised.")
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
    hands.state("breached")
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
    hands.until(lambda: "replied" in ticket_of(stage, stage.taken).flags, "The answer is not sent.")
    hands.picture("replied")
    hands.state("busy")


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
    work = work_of(stage)
    number = work.call.reference
    if references.parse(number) != number:
        raise desk.DemoProblem(f"The number {number} has a wrong check digit.")
    hands.fill("Rosa Kern", "Elbe Optik", "040 555 01 99", "LabelJet 4300", "LJ43-0081234", "Ribbon and media")
    hands.type("Ribbon runs out too early, about 200 labels a roll.")
    hands.picture("offline-call")
    hands.state("offline")
    hands.ctrl(Qt.Key.Key_2)
    hands.until(lambda: promised_of(stage, work.call.id), "The call is not logged offline.")
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
    listed = json.loads(stage.twin("colleague", "--json", "queue"))
    return [row["reference"] for row in listed]
