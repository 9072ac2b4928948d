"""States of the window that the walk through the main job does not pass by itself, one step each."""

from __future__ import annotations

import json

from PySide6.QtCore import Qt

from demo import desk
from demo.stage import Stage, ticket_of, work_of
from desk_core.commands import GiveBack

_SECONDS = 20


def empty(stage: Stage) -> None:
    """Only what is in hand, in an office where the agent holds nothing: the list says why it is empty and offers the whole."""
    hands = stage.hands
    held = stage.client.queue.in_hand()
    with stage.sitting("supervisor") as supervisor:
        for row in held:
            supervisor.tickets.ask(GiveBack(ticket=row.id, reason="Early shift")).result(_SECONDS)
        supervisor.status.sync().result(_SECONDS)
    hands.until(lambda: not stage.client.queue.in_hand(), "What was in hand does not go back.")
    hands.ctrl(Qt.Key.Key_H)
    hands.until(lambda: stage.screens.queue.mine, "Only what is in hand is not shown.")
    hands.picture("nothing-in-hand")
    hands.state("empty")
    hands.ctrl(Qt.Key.Key_H)


def second_call(stage: Stage) -> None:
    """The telephone rings again meanwhile: the form stays as it is, one key goes to the other call and back."""
    hands, first = stage.hands, work_of(stage).call.id
    stage.phone("answered", "+49 40 5550142", "walk-2")
    hands.until(lambda: len(stage.client.calls.open()) > 1, "The second call is not taken.")
    hands.until(lambda: stage.screens.window.work.banner.isVisible(), "The second call is not announced.")
    hands.press(Qt.Key.Key_F2)
    hands.until(lambda: work_of(stage).call.id != first, "The second call has no form.")
    hands.picture("two-calls")
    hands.state("two-calls")
    hands.press(Qt.Key.Key_F4)
    hands.until(lambda: work_of(stage).form.question.isVisible(), "Nobody asks why the call has no ticket.")
    hands.press(Qt.Key.Key_Right)
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: len(stage.client.calls.open()) == 1, "The second call does not end.")
    hands.press(Qt.Key.Key_F10)
    hands.until(lambda: work_of(stage).call.id == first, "The first call is not shown again.")


def out_of_scope(stage: Stage) -> None:
    """The number of another department's ticket is typed into the search: whose it is, and what may be done."""
    hands = stage.hands
    listed = json.loads(stage.twin("supervisor", "--json", "queue", "--department", "workshop"))
    hands.ctrl(Qt.Key.Key_K)
    hands.type(listed[0]["reference"])
    hands.press(Qt.Key.Key_Return)
    hands.until(lambda: stage.in_work() == "stub-page", "The ticket of another department is not shown as such.")
    hands.picture("out-of-scope")
    hands.state("out-of-scope")


def needs_attention(stage: Stage) -> None:
    """A ticket is handed to a colleague while this agent solves it without network: the server refuses, nothing is lost."""
    hands = stage.hands
    stage.cable.cut()
    hands.until(lambda: stage.client.status.state().connection == "offline", "The window does not notice the cut.")
    if stage.screens.tickets is not None:
        stage.screens.tickets.open_ticket(stage.taken)
    hands.until(lambda: stage.in_work() == "ticket-page", "The ticket that was taken is not shown.")
    hands.ctrl(Qt.Key.Key_5)
    hands.type("Ribbon turned, head cleaned twice")
    hands.ctrl(Qt.Key.Key_Return)
    hands.until(lambda: stage.client.outbox.pending(), "Solving it does not wait in the outbox.")
    reference = ticket_of(stage, stage.taken).reference
    stage.twin("supervisor", "hand-over", reference, "--to", desk.COLLEAGUE, "--note", "He is on site")
    stage.cable.mend()
    hands.until(lambda: stage.client.outbox.needs_attention(), "The server does not refuse what came too late.")
    hands.press(Qt.Key.Key_F7)
    hands.picture("needs-attention")
    hands.state("needs-attention")
