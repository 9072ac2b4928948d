"""One transaction of a desk: receipts first, then decide in memory in order, then one commit. The table of receipts is in ``_admit``."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec
import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from desk_core.decisions import Decided, Refusal, decide
from desk_core.events import Event
from desk_core.protocol import Answered, Stop, Verdict
from desk_core.wording import refuse
from desk_server.sync.commit import Commit, DeskState, Receipt, collect
from desk_server.sync.entries import Entry, Given, Submission, command_of
from desk_server.sync.facts import Refused
from desk_server.sync.policies import Policies
from desk_server.sync.view import Raw, Wanted

_LOG = logging.getLogger("desk_server.sync")

_LOCK = (
    "SELECT id, log_epoch, head_seq, chain, policy_version, next_counter, accounts FROM desk WHERE id = %s FOR UPDATE"
)
_VERDICT = msgspec.json.Decoder(Verdict)


LARGEST_COMMIT = 5_000
"""Rows; a batch that changes more is split into several commits, each of whole commands."""
_ROWS_OF_A_COMMAND = 2
_ROWS_OF_A_MOVE = 200
"""What a ticket is taken to bring along when it changes its place: its history is not read before the commit is written."""
_LIMIT_EXCEEDED = "54"


class NoSuchDesk(LookupError):
    """The desk does not exist."""


class NotAllAtOnce(Exception):
    """A command among several cannot be written: they are done again one by one."""


def is_operational(error: Exception) -> bool:
    """Whether the connection or the server failed, and not what was to be written. PostgreSQL's own limits (class 54: a value too
    long for its index) are the command's."""
    if isinstance(error, DBAPIError):
        return error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    return isinstance(error, psycopg.OperationalError) and not (error.sqlstate or "").startswith(_LIMIT_EXCEEDED)


def raw_of(connection: Connection) -> Raw:
    """The driver's connection below SQLAlchemy's: for pipelines and prepared statements."""
    return cast(Raw, connection.connection.driver_connection)


def lock_desk(raw: Raw, desk: str) -> DeskState:
    """Lock the desk's counter row until the transaction ends: commit order is cursor order (P7)."""
    return _state(raw.execute(_LOCK, (desk,)))


def _state(cursor: psycopg.Cursor[tuple[Any, ...]]) -> DeskState:
    row = cursor.fetchone()
    if row is None:
        raise NoSuchDesk
    return DeskState(*row)


class Batch:
    """Executes submissions in one transaction of ``connection``; the caller commits."""

    def __init__(self, connection: Connection, desk: str, policies: Policies, now: dt.datetime) -> None:
        self._connection = connection
        self._raw = raw_of(connection)
        self._desk_id = desk
        self._policies = policies
        self._now = now
        self._receipts: dict[str, tuple[bytes, Verdict]] = {}
        self._last: dict[str, int] = {}
        self._events: list[Event] = []

    def execute(self, submissions: Sequence[Submission]) -> None:
        """All commands in one commit, or in several when it grows too large. Raises :class:`NotAllAtOnce` when any of them cannot be
        written, whatever the reason, and a database error when the database cannot answer."""
        try:
            self._open(submissions)
            for submission, entry in self._admitted(submissions):
                if self._rows >= LARGEST_COMMIT:
                    self._close()
                    self._start(lock_desk(self._raw, self._desk_id))
                self._answer(submission, entry, self._decide(submission, entry))
            self._close()
        except NoSuchDesk:
            raise
        except Exception as error:
            if is_operational(error):
                raise
            raise NotAllAtOnce from error

    def execute_singly(self, submissions: Sequence[Submission]) -> None:
        """Each command in a savepoint and a commit of its own: one that cannot be written is refused alone (P15)."""
        # What the commands name is looked up inside their savepoints, one by one: it may be what fails.
        self._open(submissions, ahead=False)
        for submission, entry in self._admitted(submissions):
            savepoint = self._connection.begin_nested()
            answered = len(submission.answered)
            try:
                self._answer(submission, entry, self._decide(submission, entry))
                self._close()
                savepoint.commit()
            except Exception as error:
                if is_operational(error):
                    raise
                _LOG.exception("command %s (%s) could not be written", entry.id, entry.name)
                savepoint.rollback()
                del submission.answered[answered:]
                self._start(self._desk)
                self._answer(submission, entry, refuse("server_fault"))
                self._close()
            self._start(lock_desk(self._raw, self._desk_id))

    # --- reading -------------------------------------------------------------------------------------------------------

    def _open(self, submissions: Sequence[Submission], *, ahead: bool = True) -> None:
        """Lock the desk before anything is read; then read the receipts and, ``ahead``, what the commands need, in one round trip."""
        entries = [entry for submission in submissions for entry in submission.entries]
        wanted = Wanted(members={submission.member for submission in submissions})
        for entry in entries:
            if ahead and not isinstance(entry.ask, Refusal):
                wanted.add(entry.ask)
            if isinstance(entry.sent, Given):
                wanted.members.add(entry.sent.command.actor)
        wanted.commands.update(entry.id for entry in entries)
        wanted.devices.update(submission.device for submission in submissions)
        with self._raw.pipeline():
            locked = self._raw.execute(_LOCK, (self._desk_id,))
            fetched = wanted.ask(self._raw, self._desk_id)
        self._start(_state(locked))
        rows = fetched.fetchall()
        self._view.take(wanted, rows)
        self._receipts = {
            key: (bytes.fromhex(x), _VERDICT.decode(body)) for kind, key, body, x, _, _ in rows if kind == "receipt"
        }
        self._last = {key: int(body) for kind, key, body, _, _, _ in rows if kind == "device"}

    def _start(self, desk: DeskState) -> None:
        """A new commit on the desk as it stands."""
        self._desk = desk
        self._commit = Commit(desk)
        self._events = []
        self._view = self._policies.view(self._raw, desk)
        self._view.now = self._now

    # --- the table of receipts -----------------------------------------------------------------------------------------

    def _admitted(self, submissions: Sequence[Submission]) -> Iterator[tuple[Submission, Entry]]:
        """The commands to execute, in order, each with its seq consumed; everything else is answered on the way."""
        for submission in submissions:
            submission.log_epoch = self._desk.log_epoch
            if submission.accounts not in (None, self._desk.accounts):
                submission.stale = True
                continue
            if submission.epoch not in ("", self._desk.log_epoch):
                submission.stop = Stop(code="STALE_EPOCH")
                continue
            submission.conflict = self._conflict(submission)
            if submission.conflict:
                continue
            for entry in submission.entries:
                answer = self._admit(submission, entry)
                if isinstance(answer, Stop):
                    submission.stop = answer
                    break
                if answer is not None:
                    submission.answered.append(Answered(verdict=answer, cached=True))
                    continue
                self._last[submission.device] = self._last.get(submission.device, 0) + 1
                yield submission, entry

    def _conflict(self, submission: Submission) -> str:
        """The id of a command that came with another payload before, or in this very batch, or "" (R69)."""
        came: dict[str, bytes] = {}
        for entry in submission.entries:
            receipt = self._receipts.get(entry.id)
            if came.setdefault(entry.id, receipt[0] if receipt else entry.hash) != entry.hash:
                return entry.id
        return ""

    def _admit(self, submission: Submission, entry: Entry) -> Verdict | Stop | None:
        """The stored verdict, why the rest is not looked at, or None: execute it. A seq is never skipped (F1)."""
        receipt = self._receipts.get(entry.id)
        if receipt is not None:
            return receipt[1]
        expected = self._last.get(submission.device, 0) + 1
        if isinstance(entry.sent, Given) or entry.sent.seq == expected:
            return None
        return Stop(code="FORKED" if entry.sent.seq < expected else "SEQ_GAP", expected=expected)

    # --- deciding ------------------------------------------------------------------------------------------------------

    def _decide(self, submission: Submission, entry: Entry) -> Decided | Refusal:
        if isinstance(entry.ask, Refusal):
            return entry.ask
        view, sent = self._view, entry.sent
        actor = view.member(sent.command.actor if isinstance(sent, Given) else submission.member)
        if actor is None:
            return refuse("inactive")
        try:
            command = command_of(entry, entry.ask, submission, view.policy.limits.stated_back_hours)
            outcome = decide(view, command, actor, sent.now if isinstance(sent, Given) else self._now)
        except psycopg.Error:
            raise
        except Exception:
            # A fault of ours in one command must not stop the others (P15).
            _LOG.exception("command %s (%s) could not be decided", entry.id, entry.name)
            return refuse("server_fault")
        if not isinstance(outcome, (Decided, Refusal)):
            _LOG.error("command %s (%s) was left undecided", entry.id, entry.name)
            return refuse("server_fault")
        if isinstance(outcome, Decided):
            view.happened(outcome.tickets, outcome.calls, outcome.entries)
            self._events.extend(outcome.events)
        return outcome

    def _answer(self, submission: Submission, entry: Entry, outcome: Decided | Refusal) -> None:
        """Every outcome consumes the seq and leaves a receipt."""
        verdict = _verdict(entry.id, self._commit.seq, outcome)
        seq = self._commit.last_seqs[submission.device] = self._last[submission.device]
        self._commit.receipts.append(Receipt(submission.device, seq, entry.hash, verdict))
        self._receipts[verdict.id] = (entry.hash, verdict)
        if isinstance(outcome, Refusal):
            given = entry.sent.command.actor if isinstance(entry.sent, Given) else submission.member
            self._commit.refused.append(Refused(verdict.id, given, getattr(entry.ask, "ticket", ""), outcome.code))
        submission.answered.append(Answered(verdict=verdict))

    @property
    def _rows(self) -> int:
        """About how many rows the commit has so far."""
        moved = sum(
            ticket_id in self._view.before and self._view.before[ticket_id][1].department != ticket.department
            for ticket_id, ticket in self._view.changed_tickets.items()
        )
        return len(self._events) + _ROWS_OF_A_COMMAND * len(self._commit.receipts) + _ROWS_OF_A_MOVE * moved

    def _close(self) -> None:
        if self._commit.receipts:
            collect(self._commit, self._raw, self._view, self._events)
            self._commit.write(self._raw, self._now, self._view.next_counter)


def _verdict(command: str, commit_seq: int, outcome: Decided | Refusal) -> Verdict:
    if isinstance(outcome, Refusal):
        return Verdict(
            id=command,
            outcome="refused",
            commit_seq=commit_seq,
            code=outcome.code,
            text=outcome.text,
            fields=outcome.fields,
            params=outcome.params,
        )
    return Verdict(
        id=command,
        outcome="applied_changed" if outcome.changed else "applied",
        commit_seq=commit_seq,
        code=outcome.changed,
        result=outcome.result,
    )
