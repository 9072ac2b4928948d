"""What the rest of the server asks of the feed: push, pull, snapshot and the small questions, without any HTTP."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, TypeVar

from desk_core import references
from desk_core.commands import Command
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.protocol import (
    DESK_SCOPE,
    MAX_BATCH,
    PAGE_ROWS,
    Cursor,
    DigestReply,
    FindReply,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
    Stop,
    Verdict,
    page_digest,
)
from desk_server.audit import Audit, Entry
from desk_server.clock import Clock
from desk_server.db.engine import Database, Unavailable
from desk_server.sync import feed, lookups, snapshot
from desk_server.sync.acts import AT_ONCE, Looked, act_on_tickets, leave_alone
from desk_server.sync.batch import is_operational, raw_of
from desk_server.sync.dated import draw_surveys, record_overdue
from desk_server.sync.entries import Given, Submission, entry
from desk_server.sync.executor import Executor, Overloaded
from desk_server.sync.feed import Page, Reader, StaleReader, Stretch
from desk_server.sync.hub import Hub, Waiter
from desk_server.sync.judging import judge_again as judge_facts
from desk_server.sync.judging import owed as facts_owed
from desk_server.sync.leases import CONTACT_NOTED_EVERY, end_leases, work_of
from desk_server.sync.loading import load_past
from desk_server.sync.places import kept_scope, own_scope, scopes_of
from desk_server.sync.policies import Policies, policy_of_text
from desk_server.sync.rows import member_row, party_row
from desk_server.sync.snapshot import BadToken, Stale
from desk_server.sync.versions import OtherRules, Published, Version, put_policy, versions
from desk_server.sync.view import Raw
from desk_server.sync.writing import accounts_changed, put_rows, replace_scopes

__all__ = [
    "AT_ONCE",
    "CONTACT_NOTED_EVERY",
    "PROGRAM",
    "BadToken",
    "Conflict",
    "Hub",
    "Looked",
    "NotFound",
    "OtherRules",
    "Policies",
    "Published",
    "Raw",
    "Reader",
    "Stale",
    "StaleReader",
    "SyncService",
    "Version",
    "accounts_changed",
    "act_on_tickets",
    "draw_surveys",
    "end_leases",
    "facts_owed",
    "is_operational",
    "judge_facts",
    "kept_scope",
    "leave_alone",
    "load_past",
    "member_row",
    "party_row",
    "policy_of_text",
    "put_policy",
    "put_rows",
    "raw_of",
    "reader_of",
    "record_overdue",
    "replace_scopes",
    "versions",
    "work_of",
]

T = TypeVar("T")
Gone = Callable[[], Coroutine[Any, Any, object]]
"""Returns when the client of a held request has left."""

PROGRAM = "program"
"""The member and the device of the server's own programs: import, demonstration, administration."""
READERS = 8
"""Threads that read, fewer than the readers' connections."""
LONGEST_LINE = 2_000
"""Reads that wait for a thread; whoever comes then is sent away for a while, so that sign-in and work are answered meanwhile (F22)."""
LONGEST_WAIT = 30.0
"""Seconds for which a pull is held at most."""
RETRY_AFTER = 2.0
RECONNECTS_PER_SECOND = 20.0
LONGEST_SPREAD = 30.0
"""Seconds over which the clients of this process come back at most, when it went away under them (F31)."""
COMMANDS_AT_ONCE = 16
"""Commands of a program in one commit: an imported ticket brings its whole history, and a page never splits a commit."""


class NotFound(LookupError):
    """There is nothing of that name, or nothing that the reader may know of (R02)."""


class Conflict(Exception):
    """A command's id came with another payload than before (R69). ``command`` is its id."""

    def __init__(self, command: str) -> None:
        super().__init__(command)
        self.command = command


def reader_of(desk: str, member: Member, device: str, scope_version: int, policy: Policy, accounts: int) -> Reader:
    """What a member may read on a device, under the desk's policy: the one place where scopes are given out (R01)."""
    departments = tuple(d.id for d in policy.departments)
    works_in = member.departments or departments
    scopes = scopes_of(policy, member)
    return Reader(desk, member.id, device, scopes, scope_version, departments, accounts, works_in)


class SyncService:
    """One process's side of the feed of all desks."""

    def __init__(self, database: Database, clock: Clock, hub: Hub, policies: Policies, audit: Audit) -> None:
        self._database = database
        self._clock = clock
        self._hub = hub
        self._audit = audit
        self._executor = Executor(database, clock, policies)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._reading = 0
        self._stretches: dict[tuple[object, ...], asyncio.Future[Stretch]] = {}

    def close(self) -> None:
        """Finish what is under way."""
        self._executor.close()
        self._readers.shutdown(wait=True)

    # --- push ----------------------------------------------------------------------------------------------------------

    async def push(self, reader: Reader, request: PushRequest) -> PushReply:
        """Execute a batch with authority. Raises :class:`Conflict`, and Unavailable while the database cannot answer."""
        submission = Submission(
            device=reader.device,
            member=reader.member,
            epoch=request.cursor.log_epoch,
            entries=[entry(sent) for sent in request.commands[:MAX_BATCH]],
            received_at=self._clock.now(),
            accounts=reader.accounts,
        )
        try:
            done = await asyncio.wrap_future(self._executor.submit(reader.desk, submission))
        except Overloaded:
            submission.stop = Stop(code="deferred", retry_after=RETRY_AFTER)
            done = submission
        if done.stale:
            raise StaleReader
        await self._audited(reader, done)
        if done.conflict:
            raise Conflict(done.conflict)
        return PushReply(
            verdicts=tuple(done.answered),
            server_time=self._clock.now(),
            log_epoch=done.log_epoch or request.cursor.log_epoch,
            stop=done.stop,
            news_seq=0 if request.commands else await self._news(reader, request.cursor),
        )

    async def _news(self, reader: Reader, cursor: Cursor) -> int:
        """How far to read beyond ``cursor``; 0 when nothing there is for this reader. A reset is told by the pull."""
        page = await self._read(reader, lambda raw: feed.pull(raw, reader, cursor, 1))
        return 0 if page.empty or page.reset else page.head.seq

    async def _audited(self, reader: Reader, done: Submission) -> None:
        entries = [Entry("time_clamped", reader.member, reader.device, command) for command in done.clamped]
        if done.conflict:
            entries.append(Entry("payload_conflict", reader.member, reader.device, done.conflict))
        if done.stop is not None and done.stop.code == "FORKED":
            entries.append(Entry("forked", reader.member, reader.device, detail=str(done.stop.expected)))
        if entries:
            await asyncio.to_thread(self._audit.add, reader.desk, entries)

    def run(self, desk: str, commands: Sequence[Command]) -> list[Verdict]:
        """Execute commands of the server's own programs, each as its actor and as given at its own ``issued_at``, in order.

        A command that is known already gets its old verdict. Blocking; raises :class:`Conflict` and Unavailable.
        """
        verdicts: list[Verdict] = []
        for start in range(0, len(commands), COMMANDS_AT_ONCE):
            part = commands[start : start + COMMANDS_AT_ONCE]
            given = [entry(Given(command, command.issued_at)) for command in part]
            submission = Submission(PROGRAM, PROGRAM, "", given, self._clock.now())
            self._executor.execute(desk, [submission])
            if submission.conflict:
                raise Conflict(submission.conflict)
            verdicts += [answered.verdict for answered in submission.answered]
        return verdicts

    # --- pull ----------------------------------------------------------------------------------------------------------

    async def pull(
        self, reader: Reader, cursor: Cursor, wait: float, gone: Gone | None = None, rows: int = PAGE_ROWS
    ) -> PullReply:
        """The next page, of about ``rows`` rows at most; with ``wait`` (seconds) held until there is something for this reader, or until
        ``gone`` returns."""
        waiter = Waiter(frozenset((DESK_SCOPE, *reader.scopes)), reader.device)
        self._hub.enter(reader.desk, waiter)
        try:
            page = await self._page(reader, cursor, rows, together=wait > 0)
            if page.empty and wait > 0 and not self._hub.closed:
                await self._held(waiter, min(wait, LONGEST_WAIT), gone)
                if waiter.woken.is_set() and not self._hub.closed:
                    page = await self._page(reader, page.cursor, rows, together=True)
        finally:
            self._hub.leave(reader.desk, waiter)
        return self._pulled(reader, page)

    async def _page(self, reader: Reader, cursor: Cursor, rows: int, *, together: bool) -> Page:
        """The page after a cursor. A commit wakes everybody in its departments at once: ``together``, what it told being nothing of one
        member or device alone, it is read once for all of them."""
        told = self._hub.told_since(reader.desk, cursor.commit_seq) if together and cursor.commit_seq else None
        own = own_scope(reader.member)
        if told is not None and all(
            w.alike and not w.everyone and own not in w.scopes and reader.device not in w.devices for w in told
        ):
            upto = cursor.commit_seq + len(told)
            page = feed.page_of(await self._stretch(reader, cursor.commit_seq, upto, rows), reader, cursor, upto)
            if page is not None:
                return page
        return await self._read(reader, lambda raw: feed.pull(raw, reader, cursor, rows))

    async def _stretch(self, reader: Reader, after: int, upto: int, rows: int) -> Stretch:
        """Commits read as nobody in particular, once for all who ask for the same before it is begun: nobody is answered with rights that
        were over before the question (R10)."""
        scopes = tuple(scope for scope in reader.scopes if scope != own_scope(reader.member))
        anybody = replace(reader, member="", device="", scopes=scopes)
        asked = (reader.desk, scopes, reader.accounts, after, upto, rows)
        reading = self._stretches.get(asked)
        if reading is None:
            work = self._read(
                anybody,
                lambda raw: feed.stretch(raw, anybody, after, upto, rows),
                begins=lambda: self._stretches.pop(asked, None),
            )
            reading = self._stretches[asked] = asyncio.ensure_future(work)
            reading.add_done_callback(_heard)
        # Shielded: whoever asked first may leave while the others wait.
        return await asyncio.shield(reading)

    async def _held(self, waiter: Waiter, seconds: float, gone: Gone | None) -> None:
        """Wait for news, for the client to leave, or for the time to pass."""
        tasks: list[asyncio.Future[object]] = [asyncio.ensure_future(waiter.woken.wait())]
        if gone is not None:
            tasks.append(asyncio.ensure_future(gone()))
        try:
            await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)

    def _pulled(self, reader: Reader, page: Page) -> PullReply:
        return PullReply(
            changes=page.changes,
            verdicts=page.verdicts,
            cursor=page.cursor,
            head_seq=page.head.seq,
            server_time=self._clock.now(),
            reset=page.reset,
            scope_purge=page.purge,
            scope_add=page.add,
            departments=reader.works_in if page.rescoped else (),
            spread=min(LONGEST_SPREAD, self._hub.waiting / RECONNECTS_PER_SECOND),
        )

    # --- snapshot and the small questions ------------------------------------------------------------------------------

    async def snapshot(self, reader: Reader, token: str, scopes: Sequence[str], size: int = PAGE_ROWS) -> SnapshotPage:
        """A page of the snapshot, of at most ``size`` rows; ``token`` "" begins one. Raises ``snapshot.BadToken`` and
        ``snapshot.Stale``."""
        if not set(scopes) <= set(reader.scopes):
            raise NotFound

        def read(raw: Raw) -> SnapshotPage:
            here = snapshot.from_text(token) if token else snapshot.first_token(raw, reader, scopes)
            rows, following = snapshot.page(raw, reader, here, size)
            return SnapshotPage(
                rows=tuple(rows),
                digest=page_digest(rows),
                cursor=here.cursor,
                server_time=self._clock.now(),
                token=snapshot.to_text(following) if following else "",
                total=here.total,
            )

        return await self._read(reader, read)

    async def receipts(self, reader: Reader, ids: Sequence[str]) -> ReceiptsReply:
        """The verdicts of those commands that are known."""
        verdicts, last = await self._read(reader, lambda raw: lookups.receipts(raw, reader, ids))
        return ReceiptsReply(verdicts=verdicts, last_seq=last, server_time=self._clock.now())

    async def digest(self, reader: Reader) -> DigestReply:
        """Count and hash of what this reader should hold, at the head."""

        def read(raw: Raw) -> DigestReply:
            head = feed.head_of(raw, reader, 0)
            return DigestReply(commit_seq=head.seq, digests=lookups.digests(raw, reader), server_time=self._clock.now())

        return await self._read(reader, read)

    async def find(self, reader: Reader, text: str) -> FindReply:
        """The stub of any ticket of the desk, by its number or one that was spoken. Raises :class:`NotFound`."""
        reference = references.parse(text)
        stubs = await self._read(reader, lambda raw: lookups.find(raw, reader, reference)) if reference else ()
        if not stubs:
            raise NotFound
        return FindReply(stub=stubs[0], also=stubs[1:], server_time=self._clock.now())

    async def _read(self, reader: Reader, work: Callable[[Raw], T], begins: Callable[[], object] | None = None) -> T:
        """One stable view of the desk, in the reader's scopes, off the event loop; ``begins`` is called before it is taken. Raises
        Unavailable when too many wait for one."""
        if self._reading >= LONGEST_LINE:
            if begins is not None:
                begins()
            raise Unavailable("too many questions wait")

        def read() -> T:
            if begins is not None:
                begins()
            return self._database.retried(
                lambda: self._database.reader(reader.desk, reader.scopes, reader.member),
                lambda connection: work(raw_of(connection)),
            )

        self._reading += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, read)
        finally:
            self._reading -= 1


def _heard(reading: asyncio.Future[Stretch]) -> None:
    """Whoever waited has its error; when all of them have left, nobody wants it."""
    if not reading.cancelled():
        reading.exception()
