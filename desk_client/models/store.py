"""One member's data on this machine: both files, the policy, what is pending, and the two ways in which anything changes.

A member's action is decided, stored in one outbox commit, then shown (:meth:`Store.capture`); the server's news is applied page by page
(:mod:`desk_client.models.pages`). Everything here runs on the storage thread unless it says otherwise.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

import msgspec

from desk_client.models import changes, overlay
from desk_client.models.cache import Cache
from desk_client.models.changes import Listeners
from desk_client.models.errors import Damaged, DeskError, WrongKey
from desk_client.models.files import CACHE_MENDED, Folder, Notice, cache_key_of, open_outbox
from desk_client.models.grace import Grace, subjects
from desk_client.models.journal import carry_over, waiting_for
from desk_client.models.outbox import Kept
from desk_client.models.own_files import OwnFiles
from desk_client.models.reading import Readers
from desk_client.models.times import Clock, CorrectedClock
from desk_client.models.view import LocalView
from desk_core.calendar_spec import CalendarSpec
from desk_core.commands import Ask, Command
from desk_core.decisions import Decided, Outcome
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.policy_versions import compiled
from desk_core.protocol import Cursor, EnrolReply, WireCommand, wire
from desk_core.wording import Refusal

_LOG = logging.getLogger(__name__)
_MEMBER = msgspec.json.Decoder(Member)
_CALENDARS = msgspec.json.Decoder(tuple[CalendarSpec, ...])


class Captured(NamedTuple):
    """A new command: what was decided here, and its id when it was stored ("" after a refusal)."""

    command: str
    outcome: Outcome


class Sources(NamedTuple):
    """Where time, ids and keys come from; replaceable."""

    clock: Clock
    new_id: Callable[[], str]
    new_key: Callable[[int], bytes]


class _NothingToStore(Exception):
    """Rolls the outbox's transaction back."""


class Store:
    """The open files of one member."""

    def __init__(
        self, folder: Folder, key: bytes, sources: Sources, listeners: Listeners, *, sure: bool = False
    ) -> None:
        """Open or create both files. Raises ``WrongKey`` when the key does not open the outbox; nothing is changed then. With a key that
        is ``sure`` to be the right one such an outbox is damaged, and is recovered."""
        self.folder = folder
        self.sources = sources
        self.listeners = listeners
        self._key = key
        unclean = folder.mark_open()
        self.outbox, mended = open_outbox(folder, key, sources.clock.wall(), suspect=unclean, sure=sure)
        self.own_files = OwnFiles(self.outbox)
        folder.mark_log(there=True)
        self.notices: list[Notice] = [] if mended is None else [mended]
        self.clock = CorrectedClock(sources.clock, self.outbox.anchor())
        self.grace = Grace(self.outbox, sources.clock.mono)
        self._cache_key = cache_key_of(self.outbox, sources.new_key)
        self._cache: Cache | None = self._open_cache(suspect=unclean)
        self._stale = False
        self.readers = Readers(folder.cache, folder.outbox, lambda: (self._cache_key, self._key))
        self.policy: Policy | None = None
        body = self.outbox.identity("member")
        self.member: Member | None = _MEMBER.decode(body) if body else None
        self._load_identity()
        self.load_policy()
        self.pending: list[Kept] = []
        self.find_pending()

    def close(self) -> None:
        """Close both files properly."""
        self.grace.end_all()
        self.readers.close()
        if self._cache is not None:
            self._cache.close()
        self.folder.mark_log(there=False)
        self.outbox.close()
        self.folder.mark_closed()

    # --- opening ---------------------------------------------------------------------------------------------------------

    def _open_cache(self, *, suspect: bool) -> Cache:
        try:
            cache = Cache(self.folder.cache, self._cache_key, suspect=suspect)
        except (WrongKey, Damaged) as error:
            _LOG.warning("the cache is set aside: %s", error.code)
            self.folder.aside(self.folder.cache, self.sources.clock.wall())
            self.notices.append(CACHE_MENDED)
            cache = Cache(self.folder.cache, self._cache_key)
        if not cache.fact("born"):
            cache.note(born=str(self.outbox.last()))
        return cache

    @property
    def cache(self) -> Cache:
        """The cache in use. What has taken its place is opened here; a disk that fails at that is asked again next time."""
        if self._cache is None:
            with self.readers.away():
                self._cache = self._open_cache(suspect=False)
            try:
                self.find_pending()
            except BaseException:
                self._leave_cache()
                raise
        return self._cache

    def _leave_cache(self) -> None:
        cache, self._cache = self._cache, None
        if cache is not None:
            cache.close()

    def mend_cache(self) -> None:
        """The cache turned out to be damaged while in use: set it aside and begin a new one."""
        with self.readers.away():
            self._leave_cache()
            self.folder.aside(self.folder.cache, self.sources.clock.wall())
        self.notices.append(CACHE_MENDED)
        self.find_pending()
        self.listeners.tell(changes.SYNC, changes.PEOPLE, *changes.WORK)

    def open_next(self) -> Cache:
        """A cache beside the one in use, to be filled by a snapshot."""
        try:
            return Cache(self.folder.next_cache, self._cache_key)
        except (WrongKey, Damaged):
            self.folder.remove(self.folder.next_cache)
            return Cache(self.folder.next_cache, self._cache_key)

    def swap(self, since: dt.datetime) -> None:
        """The cache beside the one in use becomes the cache; what was settled stays settled (P16, P24), unless the server lost what it
        answered ``since`` then (P18)."""
        with closing(self.open_next()) as fresh:
            carry_over(self.outbox, self.cache, fresh, since)
        with self.readers.away():
            self._leave_cache()
            self.folder.remove(self.folder.cache)
            self.folder.next_cache.replace(self.folder.cache)

    def _load_identity(self) -> None:
        self.server = self.outbox.identity("server")
        self.desk = self.outbox.identity("desk")
        self.desk_title = self.outbox.identity("desk_title")

    def seal(self) -> None:
        """Sign out: the cache and its key are gone, and the token; what is unsent stays, for its member alone."""
        with self.readers.away():
            self.cache.close()
            for file in (self.folder.cache, self.folder.next_cache):
                self.folder.remove(file)
            self.folder.remove_damaged_caches()
            self.outbox.identify(cache_key="", token="")

    def load_policy(self) -> bool:
        """The policy in force: the feed's, or until it came the one that the sign-in brought. True when another one came into force."""
        row = self.cache.policy()
        if row is not None:
            self._keep_policy(row.text, row.version, row.calendars)
        text = self.outbox.identity("policy")
        if not text:
            return False
        calendars = self.outbox.identity("policy_calendars") or "[]"
        before, self.policy = self.policy, compiled(text, _CALENDARS.decode(calendars))
        # The same text with the same calendars is the same policy.
        return before is not None and before is not self.policy

    def _keep_policy(self, text: str, version: str, calendars: tuple[CalendarSpec, ...]) -> None:
        """Keep the policy in force for the time in which there is no cache."""
        revised = msgspec.json.encode(calendars).decode()
        if (text, revised) != (self.outbox.identity("policy"), self.outbox.identity("policy_calendars")):
            self.outbox.identify(policy=text, policy_version=version, policy_calendars=revised)

    def enrolled(self, reply: EnrolReply, server: str, token: str) -> None:
        """A sign-in succeeded: keep who and what this device is. ``token`` is "" when the keyring keeps it."""
        known = self.outbox.identity("device_id")
        new_device = reply.device_id != known
        with self.outbox.commit():
            if known and new_device:
                self.outbox.drop_blocks()
            self.outbox.identify(
                device_id=reply.device_id,
                device_number=str(reply.device_number),
                server=server,
                desk=reply.desk,
                desk_title=reply.desk_title,
                token=token,
                member=msgspec.json.encode(reply.member).decode(),
                forked="",
            )
            if new_device:
                self.outbox.identify(last_seq=str(reply.last_seq), reserve_used="0")
            self._keep_policy(reply.policy_text, reply.policy_version, reply.policy_calendars)
            self.outbox.add_blocks(reply.lease.blocks)
        self.outbox.fold_log()
        self._load_identity()
        self.member = reply.member
        self.policy = compiled(reply.policy_text, reply.policy_calendars)
        self.met(reply.server_time)
        self.rebuild()  # what the member may do counts in it
        self.listeners.tell(changes.SESSION, changes.POLICY)

    def met(self, server_time: dt.datetime) -> None:
        """A reply carried the server's time."""
        self.outbox.set_anchor(self.clock.met(server_time))

    # --- what is pending -------------------------------------------------------------------------------------------------

    def find_pending(self) -> None:
        """Start-up and after a loss: what has no verdict in the cache is pending, whatever the outbox's marks say (F3)."""
        cursor = self.cache.cursor()
        marked = self.outbox.marked()
        self.outbox.unsettle(set(marked) - self.cache.settled(marked))
        kept = self.outbox.commands()
        done = self.cache.settled([k.command.id for k in kept])
        self.pending = [k for k in kept if k.command.id not in done]
        if cursor.log_epoch:
            self.outbox.mark_settled([(command_id, cursor.commit_seq) for command_id in done], cursor.log_epoch)
        self.rebuild()

    @property
    def receipts_owed(self) -> bool:
        """True after the loss of a cache: before older commands are replayed the server is asked which ones it knows."""
        born = int(self.cache.fact("born") or 0)
        return self.cache.fact("receipts") != "asked" and any(k.n <= born for k in self.pending)

    def shown(self) -> list[Kept]:
        """The pending commands that may be replayed."""
        if not self.receipts_owed:
            return self.pending
        born = int(self.cache.fact("born") or 0)
        return [k for k in self.pending if k.n > born]

    def rebuild(self) -> None:
        """Wipe the overlay and replay (P9); inside a page's transaction when there is one."""
        if self.policy is not None and self.member is not None:
            with self.cache.commit() as connection:
                overlay.rebuild(connection, self.shown(), self.policy, self.member)

    def forget(self, ids: set[str]) -> None:
        """These have left the replay list."""
        self.pending = [k for k in self.pending if k.command.id not in ids]

    @contextmanager
    def settling(self) -> Iterator[None]:
        """One transaction of the cache in which commands leave the replay list; a disk that fails leaves both as they were."""
        before = self.pending
        try:
            with self.cache.commit():
                yield
        except BaseException:
            self.pending = before
            raise

    # --- a member's action -----------------------------------------------------------------------------------------------

    def capture(
        self,
        ask: Ask | Callable[[str], Ask],
        stated_at: dt.datetime | None = None,
        instead_of: str = "",
        grace: bool = False,
    ) -> Captured:
        """Decide here, then store in one outbox commit, then show. A refusal stores nothing and consumes no number. ``instead_of`` is the
        id of a refused command that this one replaces; with ``grace`` it can be taken back for ten seconds, and is not sent meanwhile.

        An ask that needs a fresh reference is given as what to make of one; the number is consumed in the same commit (P4, H-09).
        """
        if self.policy is None or self.member is None:
            raise ValueError("nobody ever signed in here")
        kept, command, outcome = self._keep(ask, stated_at, self.policy, self.member, instead_of, grace)
        if kept is None:
            return Captured("", outcome)
        self.grace.kept(command.id, command.ask, held=grace)
        self.pending.append(kept)
        self._show(kept, outcome, self.policy)
        self.listeners.tell(changes.OUTBOX, *changes.WORK)
        return Captured(command.id, outcome)

    def _keep(
        self,
        ask: Ask | Callable[[str], Ask],
        stated_at: dt.datetime | None,
        policy: Policy,
        member: Member,
        instead_of: str,
        grace: bool,
    ) -> tuple[Kept | None, Command, Outcome]:
        """Decide and store in one outbox commit; nothing is stored and no number used when the answer is no. The cache is left before that
        commit: its disk may fail, and then nothing was stored (P25)."""
        try:
            with self.outbox.commit():
                whole = ask if isinstance(ask, Ask) else ask(self._fresh_reference(policy, member))
                command = self._command(whole, member, stated_at, instead_of)
                with self.cache.commit() as connection:
                    outcome = overlay.judge(LocalView(connection, policy, member), command, member)
                if isinstance(outcome, Refusal):
                    raise _NothingToStore
                kept = self.outbox.append(self._stamped(command), " ".join(subjects(whole)))
                self.grace.keep(command.id, whole, held=grace)
                if instead_of:
                    self._replace(instead_of, kept)
        except _NothingToStore:
            return None, command, outcome
        return kept, command, outcome

    def _fresh_reference(self, policy: Policy, member: Member) -> str:
        """A number that nobody has as far as is known here: a machine that was copied or put back from a backup has the numbers before it
        that were given out since (H-09)."""
        with self.cache.commit() as connection:
            view = LocalView(connection, policy, member)
            while view.reference_owner(number := self.outbox.next_reference()) is not None:
                pass
        return number

    def _replace(self, refused: str, by: Kept) -> None:
        """A refused command was given again, as it was or edited."""
        was = self.outbox.command(refused)
        same = was is not None and bytes(was.command.args) == bytes(by.command.args)
        self.outbox.put_away(refused, "sent_again" if same else "edited", self.clock.now(), by.command.id)

    def _show(self, kept: Kept, outcome: Outcome, policy: Policy) -> None:
        """Show what is already safe in the outbox. A disk that fails now fails the picture, not the command (P25)."""
        try:
            if self._stale:
                self.rebuild()
                self._stale = False
            elif isinstance(outcome, Decided):
                with self.cache.commit() as connection:
                    overlay.show(connection, policy, kept.n, outcome)
        except DeskError as error:
            _LOG.warning("stored, but not shown yet: %s", error.code)
            self._stale = True

    def _command(self, ask: Ask, member: Member, stated_at: dt.datetime | None, instead_of: str) -> Command:
        now = self.clock.now()
        about = set(subjects(ask))
        after = waiting_for(self.outbox, self.pending, instead_of) if instead_of else set()
        first = self.grace.ended_by(ask)
        causes = tuple(
            k.command.id
            for k in self.pending
            if k.command.id in first or (k.command.id not in after and about.intersection(k.subject.split()))
        )
        return Command(
            id=self.sources.new_id(),
            ask=ask,
            actor=member.id,
            issued_at=now,
            stated_at=min(stated_at, now) if stated_at else None,
            causes=causes,
            last_contact=self.clock.anchor.server_time if self.clock.anchor else None,
        )

    def _stamped(self, command: Command) -> WireCommand:
        anchor = self.clock.anchor
        return msgspec.structs.replace(
            wire(command),
            last_contact=anchor.server_time if anchor else None,
            mono_since_contact=self.clock.since_contact(),
            boot_id=self.clock.clock.boot,
        )

    def withdraw(self, command_id: str) -> bool:
        """Take back a command that was never sent; False when it was (then its verdict will come)."""
        device = self.outbox.identity("device_id")
        if command_id in self.outbox.sequences(device):
            return False
        with self.outbox.commit():
            self.outbox.put_away(command_id, "withdrawn", self.clock.now())
            self.grace.end({command_id})
        self.forget({command_id})
        self.rebuild()
        self.listeners.tell(changes.OUTBOX, *changes.WORK)
        return True

    def cursor(self) -> Cursor:
        """How far the cache has read."""
        return self.cache.cursor()
