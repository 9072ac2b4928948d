"""The telephone at the desk: what a softphone, a link or a hot key says to the window, checked and carried out (R45, R49, R52, R53)."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Literal

from desk_client.models.changes import SESSION, Listeners
from desk_client.services.calls import Calls, PhoneEvent
from desk_client.services.errors import DeskError, NotSignedIn
from desk_client.services.records import Record
from desk_core.caller_ids import caller_number, shown_name
from desk_core.people import can_be_called

Wish = Literal["ringing", "answered", "ended", "show", "begin", "dial"]
EVENTS: tuple[PhoneEvent, ...] = ("ringing", "answered", "ended")
MOST_HELD = 20
HELD_SECONDS = 60.0
_PATIENCE = 10.0


class Heard(Record, frozen=True, kw_only=True):
    """What was asked for. A call event names its ``call`` and ``reference``, and the ``name`` that the telephone shows; ``dial`` has the
    ``number`` that a person may decide to dial; ``show`` wants the window, ``begin`` a new call."""

    wish: Wish
    call: str = ""
    reference: str = ""
    number: str = ""
    name: str = ""


class Telephone:
    """Takes messages on any thread. ``told`` hears of each one that was carried out, on that thread.

    While nobody is signed in, the latest call events are held for a minute: the window that a call has started is still opening its files.
    """

    def __init__(
        self, calls: Calls, signed_in: Callable[[], bool], listeners: Listeners, mono: Callable[[], float]
    ) -> None:
        self._calls, self._signed_in, self._mono = calls, signed_in, mono
        self._held: deque[tuple[float, Mapping[str, Any]]] = deque(maxlen=MOST_HELD)
        self._lock = threading.Lock()
        self.told: Callable[[Heard], None] = _nobody
        listeners.subscribe(self._changed)

    def hear(self, message: Mapping[str, Any]) -> Heard:
        """Carry a message out; the record of a call is on the disk then. Raises ``bad_call_event`` for what is none, ``not_signed_in``
        while a call event has to wait, and what :meth:`Calls.phone` raises."""
        wish = message.get("event")
        if wish in ("show", "begin"):
            return self._tell(Heard(wish=wish))
        if wish == "dial":
            return self._tell(Heard(wish="dial", number=number_to_dial(_text(message, "number"))))
        if wish not in EVENTS:
            raise DeskError("A call rings, is answered or is ended.", code="bad_call_event")
        if not self._signed_in():
            with self._lock:
                self._held.append((self._mono(), message))
            # Whoever signed in between these lines was told of nothing that waits.
            self._changed(frozenset((SESSION,)))
            raise NotSignedIn
        number = _text(message, "number")
        begun = self._calls.phone(wish, _text(message, "id"), number).result(_PATIENCE)
        name = shown_name(_text(message, "name"))
        return self._tell(Heard(wish=wish, call=begun.call, reference=begun.reference, number=number, name=name))

    def _tell(self, heard: Heard) -> Heard:
        self.told(heard)
        return heard

    def _changed(self, what: frozenset[str]) -> None:
        """Somebody has signed in: what was held and is not old, on a thread of its own, since the storage thread tells of it."""
        if SESSION in what and self._held and self._signed_in():
            threading.Thread(target=self._catch_up, name="held-calls", daemon=True).start()

    def _catch_up(self) -> None:
        with self._lock:
            held, since = list(self._held), self._mono() - HELD_SECONDS
            self._held.clear()
        for at, message in held:
            if at >= since:
                try:
                    self.hear(message)
                except (DeskError, TimeoutError):
                    continue  # whoever sent it has gone; what it was about is refused as it would have been then


def number_to_dial(raw: str) -> str:
    """The number that a link or a ticket names, fit for a telephone. Raises ``bad_number``."""
    number = caller_number(raw)
    if not number or not can_be_called(number):
        raise DeskError("This is no number that can be dialled.", code="bad_number")
    return number


def _text(message: Mapping[str, Any], key: str) -> str:
    value = message.get(key, "")
    return value if isinstance(value, str) else ""


def _nobody(_heard: Heard) -> None:
    """No window listens."""
