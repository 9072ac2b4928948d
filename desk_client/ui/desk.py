"""The desk as the screens see it: the services, the policy, the members, the time; and the one way home for work that takes long.

Reading methods of the services are called directly: they answer at once. Everything that changes something, or may take longer than a
frame, goes through :meth:`Desk.run` (for a service's future) or :meth:`Desk.later` (for reading that takes long).
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desk_client.services import (
    PEOPLE,
    POLICY,
    SESSION,
    Attachments,
    Calls,
    Drafts,
    Explanations,
    Figures,
    Graces,
    Listeners,
    Lookup,
    Outbox,
    Queue,
    Replies,
    Session,
    Status,
    Tickets,
    words,
)
from desk_client.services.records import Who, World
from desk_client.ui.sentences import sentence
from desk_core.people import Member
from desk_core.policy import Policy

_T = TypeVar("_T")
GATHER_MS = 60


class Services(Protocol):
    """What :func:`desk_client.bootstrap.build` makes."""

    @property
    def attachments(self) -> Attachments: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def figures(self) -> Figures: ...
    @property
    def graces(self) -> Graces: ...
    @property
    def replies(self) -> Replies: ...
    @property
    def why(self) -> Explanations: ...
    @property
    def lookup(self) -> Lookup: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def session(self) -> Session: ...
    @property
    def status(self) -> Status: ...
    @property
    def tickets(self) -> Tickets: ...
    @property
    def listeners(self) -> Listeners: ...


@dataclass(frozen=True)
class _Waiting:
    """Who waits for an answer; ``owner`` is the widget whose end ends the waiting."""

    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]
    owner: QObject | None


class _Post:
    """Where threads leave what they bring; it holds no widget."""

    def __init__(self) -> None:
        self.answers: deque[tuple[int, Future[Any]]] = deque()
        self.changes: deque[frozenset[str]] = deque()
        self.ring: Callable[[], None] = _nobody

    def bring(self, number: int, future: Future[Any]) -> None:
        """On any thread: an answer has come."""
        self.answers.append((number, future))
        self.ring()

    def tell(self, what: frozenset[str]) -> None:
        """On any thread: something changed."""
        self.changes.append(what)
        self.ring()


def _nobody() -> None:
    """The window has gone; what is brought stays where it is."""


class Desk(QObject):
    """One per window. ``changed`` carries the names of what changed (constants of :mod:`desk_client.services`), gathered over a few
    frames; ``problem`` carries one sentence that no screen took; ``held`` what can still be taken back
    (:class:`desk_client.ui.grace.Held`); ``wanted`` a ticket, and the action whose panel is to be open on it ("" for none)."""

    changed = Signal(frozenset)
    problem = Signal(str)
    held = Signal(object)
    wanted = Signal(str, str)
    _arrived = Signal()

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.calls, self.drafts, self.lookup, self.outbox = (
            services.calls,
            services.drafts,
            services.lookup,
            services.outbox,
        )
        self.queue, self.session, self.status, self.tickets = (
            services.queue,
            services.session,
            services.status,
            services.tickets,
        )
        self.why, self.graces, self.replies = services.why, services.graces, services.replies
        self.attachments, self.figures = services.attachments, services.figures
        self._world: World | None = None
        self._leaving = False
        self._keys: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._waiting: dict[int, _Waiting] = {}
        self._numbers, self._tickets = itertools.count(1), itertools.count(1)
        self._pool = ThreadPoolExecutor(2, "desk-reading")
        self._post = _Post()
        self._post.ring = self._arrived.emit
        self._arrived.connect(self._home, Qt.ConnectionType.QueuedConnection)
        self._changes: set[str] = set()
        self._gather = QTimer(self, singleShot=True, interval=GATHER_MS)
        self._gather.timeout.connect(self._tell)
        self._end_listening = services.listeners.subscribe(self._post.tell)

    def close(self) -> None:
        """Hear nothing any more; answers that come later are dropped."""
        self.leave()
        self._gather.stop()
        self._end_listening()
        self._post.ring = _nobody
        self._waiting.clear()
        self._pool.shutdown(wait=False, cancel_futures=True)

    # --- work ------------------------------------------------------------------------------------------------------------

    def run(
        self,
        work: Callable[[], Future[_T]],
        done: Callable[[_T], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Ask a service for something and hear of it on the GUI thread: ``done`` with the answer, ``failed`` with the error, whose sentence
        is :func:`desk_client.ui.sentences.sentence`. Without ``failed`` the sentence goes to the banner. Nobody is called once ``owner``
        (or the object that ``done`` is a method of) is gone."""
        number = next(self._numbers)
        self._waiting[number] = _Waiting(done or _ignore, failed or self._unheard, owner or _owner(done))
        try:
            future = work()
        except Exception as error:
            future = Future()
            future.set_exception(error)
        post = self._post
        future.add_done_callback(lambda came: post.bring(number, came))

    def later(
        self,
        work: Callable[[], _T],
        done: Callable[[_T], None],
        failed: Callable[[BaseException], None] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Run ``work`` on another thread; it may hold no widget and answers with frozen records."""
        self.run(lambda: self._pool.submit(work), done, failed, owner)

    def _home(self) -> None:
        while self._post.answers:
            number, future = self._post.answers.popleft()
            waiting = self._waiting.pop(number, None)
            if waiting is None or (waiting.owner is not None and not shiboken6.isValid(waiting.owner)):
                continue
            error = future.exception() if not future.cancelled() else None
            if error is not None:
                waiting.failed(error)
            elif not future.cancelled():
                waiting.done(future.result())
        while self._post.changes:
            self._changes |= self._post.changes.popleft()
        if self._changes and not self._gather.isActive():
            self._gather.start()

    def _tell(self) -> None:
        what, self._changes = frozenset(self._changes), set()
        if what & {POLICY, PEOPLE, SESSION}:
            self._world = None
        self.changed.emit(what)

    def _unheard(self, error: BaseException) -> None:
        self.problem.emit(sentence(error))

    # --- who and what ----------------------------------------------------------------------------------------------------

    @property
    def who(self) -> Who | None:
        """Who is signed in, or None; None also from the moment in which somebody leaves (:meth:`leave`)."""
        return None if self._leaving else self.session.who()

    def leave(self, *, leaving: bool = True) -> None:
        """The member's files are about to be closed: no screen asks for them any more."""
        self._leaving, self._world = leaving, None

    @property
    def member(self) -> Member:
        """Who is signed in; only to be asked while somebody is."""
        who = self.who
        if who is None:
            raise LookupError("nobody is signed in")
        return who.member

    @property
    def world(self) -> World:
        """Policy and members; kept until they change."""
        if self._world is None:
            self._world = self.lookup.world()
        return self._world

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self.world.policy

    def policy_of(self, version: str) -> Policy:
        """The policy of a ticket that keeps this version (A-01)."""
        return self.world.policy_of(version)

    def member_name(self, member_id: str) -> str:
        """The name of a member, "" when unknown."""
        return next((m.name for m in self.world.members if m.id == member_id), "")

    def department_title(self, department: str) -> str:
        """What a department is called."""
        return words.department_title(self.policy, department)

    def office_title(self, office: str) -> str:
        """What an office is called."""
        return words.office_title(self.policy, office)

    @property
    def office(self) -> str:
        """The office whose time the window shows: the member's, else the policy's first."""
        return self.member.office or self.policy.offices[0].id

    # --- time ------------------------------------------------------------------------------------------------------------

    def now(self) -> dt.datetime:
        """The corrected time, UTC."""
        return self.status.now()

    def zone(self, office: str = "") -> ZoneInfo:
        """The zone of an office, the member's own by default."""
        return words.office_zone(self.policy, office or self.office)

    def local(self, at: dt.datetime, office: str = "") -> dt.datetime:
        """``at`` on the wall of an office."""
        return at.astimezone(self.zone(office))

    # --- tickets in lists ------------------------------------------------------------------------------------------------

    def key(self, ticket_id: str) -> int:
        """The number under which Qt's lists know a ticket; the same as long as the window is open. On any thread."""
        known = self._keys.get(ticket_id)
        if known is None:
            # Two threads may ask at once: both get what stood there first.
            known = self._keys.setdefault(ticket_id, next(self._tickets))
            self._ids[known] = ticket_id
        return known

    def ticket_id(self, key: int) -> str:
        """The ticket behind a number of :meth:`key`."""
        return self._ids[key]


def _ignore(_answer: object) -> None:
    """Nobody wants to know."""


def _owner(done: Callable[..., None] | None) -> QObject | None:
    """The widget that ``done`` is a method of."""
    found = getattr(done, "__self__", None)
    return found if isinstance(found, QObject) else None
