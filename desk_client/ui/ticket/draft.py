"""What is typed in a panel is kept within a second and is there again after a crash (12)."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QTimer

from desk_client.services.formats import clock_time
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.panels import Panel

KEEP_MS = 400
_VALUES = msgspec.json.Decoder(dict[str, str])


class DraftKeeper(QObject):
    """One draft per action and ticket, under ``action:ticket``."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: tuple[str, Panel] | None = None
        # Not restarted by the next key: somebody who never stops typing is kept all the same.
        self._soon = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._soon.timeout.connect(self.flush)

    def keep(self, ticket: str, panel: Panel) -> None:
        """Something was typed in ``panel``."""
        self._waiting = (_key(panel.name, ticket), panel)
        if not self._soon.isActive():
            self._soon.start()

    def flush(self) -> None:
        """Keep it now."""
        self._soon.stop()
        if self._waiting is None:
            return
        (key, panel), self._waiting = self._waiting, None
        values = {name: text for name, text in panel.values().items() if text}
        body = msgspec.json.encode(values).decode() if values else ""
        self._desk.run(lambda: self._desk.drafts.save(key, body), lambda _done: self._kept(panel), owner=panel)

    def forget(self, ticket: str, name: str, then: Callable[[], None]) -> None:
        """It was carried out; ``then`` when it is forgotten."""
        self._soon.stop()
        self._waiting = None
        self._desk.run(lambda: self._desk.drafts.forget(_key(name, ticket)), lambda _done: then(), owner=self)

    def load(self, ticket: str, name: str) -> dict[str, str]:
        """What was typed and not carried out."""
        return _loaded(self._desk, ticket, name)

    def names(self, ticket: str) -> frozenset[str]:
        """The actions of this ticket that were begun."""
        keys = (draft.key.partition(":") for draft in self._desk.drafts.all())
        return frozenset(name for name, _, owner in keys if owner == ticket)

    def _kept(self, panel: Panel) -> None:
        panel.show_kept(tr("kept on this computer {time}", time=clock_time(self._desk.local(self._desk.now()))))


def bring_back(desk: Desk, ticket: str, name: str, values: dict[str, str]) -> None:
    """What was carried out and taken back is typed again: a draft, in an open panel. What was begun meanwhile stands below it."""
    typed = {field: text for field, text in values.items() if text}
    if not typed:
        desk.wanted.emit(ticket, "")
        return
    begun = _loaded(desk, ticket, name)
    both = {f: "\n\n".join(t for t in (typed.get(f, ""), begun.get(f, "")) if t) for f in {**typed, **begun}}
    body = msgspec.json.encode(both).decode()
    desk.run(
        lambda: desk.drafts.save(_key(name, ticket), body), lambda _done: desk.wanted.emit(ticket, name), owner=desk
    )


def _loaded(desk: Desk, ticket: str, name: str) -> dict[str, str]:
    draft = desk.drafts.load(_key(name, ticket))
    try:
        return _VALUES.decode(draft.body) if draft else {}
    except msgspec.MsgspecError:
        return {}


def _key(name: str, ticket: str) -> str:
    return f"{name}:{ticket}"
