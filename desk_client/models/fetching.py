"""Fetching everything, or what was added: snapshots, receipts after a loss, what the server lost, and whether both sides agree."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Literal

import msgspec

from desk_client.models import changes
from desk_client.models.cache import Cache
from desk_client.models.columns import BASE_COLUMNS
from desk_client.models.facts import own_facts, policy_of
from desk_client.models.files import CACHE_DIFFERED
from desk_client.models.journal import answered, tidy
from desk_client.models.outbox import Kept
from desk_client.models.sending import tidy_files
from desk_client.models.store import Store
from desk_core.protocol import Cursor, DigestReply, PullReply, ReceiptsReply, SnapshotPage

_LOG = logging.getLogger(__name__)
_SCOPES = msgspec.json.Decoder(tuple[str, ...])
MOST_RECEIPTS = 500
JOURNAL = dt.timedelta(days=30)
"""How long an answered command stays in the journal: a server that lost it gets it again."""

Compared = Literal["same", "moved", "differs"]


class SnapshotState(msgspec.Struct, frozen=True):
    """Where a download stands: the token of its next page, "" at the start; ``complete`` when there is nothing to fetch. ``scopes``: only
    these are fetched, into what is here. ``swapped``: what was fetched became the cache, and something may have to be sent again."""

    complete: bool
    token: str
    scopes: tuple[str, ...] = ()
    swapped: bool = False


class Fetching:
    """The downloads of one member's cache."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._next: Cache | None = None
        self._asked: list[Kept] = []
        self._place = ("", "")
        self._has_swapped = False

    def close(self) -> None:
        """Close a snapshot that is under way; it goes on from its last page next time."""
        if self._next is not None:
            self._next.close()
            self._next = None

    def state(self) -> SnapshotState:
        """What is still to be fetched."""
        cache = self._target()
        if self._next is not None and cache.fact("complete") == "1" and cache.fact("offered") == "1":
            self._swap()
            cache = self._target()
        adding, token = self._place = _place_of(cache)
        swapped, self._has_swapped = self._has_swapped, False
        if adding:
            return SnapshotState(False, token, _SCOPES.decode(adding), swapped)
        return SnapshotState(cache.fact("complete") == "1", token, swapped=swapped)

    def _target(self) -> Cache:
        """The cache that a snapshot is written to: the first one straight, a later one beside the old, which serves on (P24)."""
        store = self.store
        if self._next is None and store.folder.next_cache.exists():
            self._next = store.open_next()
        if self._next is None and store.outbox.identity("anew"):
            if store.cache.fact("offered") == "1":
                self._swapped()  # the program ended, or its disk failed, after the swap
            else:
                self._next = store.open_next()
        return self._next or store.cache

    # --- beginning anew --------------------------------------------------------------------------------------------------

    def reset(self, why: str = "") -> None:
        """The feed cannot go on from here: fetch everything anew, beside the old cache; outbox, journal and identity stay (P16). The server
        may have lost something, whatever it gives as the reason (``why``): it is asked what it still knows, and gets the rest again (P18).
        """
        store = self.store
        _LOG.warning("everything is fetched anew: %s", why or "asked for")
        # First of all: whatever happens from here on, this is not forgotten.
        store.outbox.identify(anew="yes")
        store.own_files.nothing_is_sent()
        store.cache.note(offered="")  # what was being added stays noted: until the swap this cache lacks it
        self.close()
        store.folder.remove(store.folder.next_cache)
        self._next = store.open_next()

    def gained(self, reply: PullReply) -> None:
        """Scopes were gained or lost, in the page's transaction: what was gained is fetched next, into what is here."""
        held = set(_SCOPES.decode(self.store.cache.fact("adding") or "[]"))
        adding = sorted((held | set(reply.scope_add)) - set(reply.scope_purge))
        self.store.cache.note(adding=msgspec.json.encode(adding).decode() if adding else "", adding_token="")

    # --- snapshots -------------------------------------------------------------------------------------------------------

    def snapshot(self, page: SnapshotPage) -> None:
        """One page of a snapshot, one transaction with the token of the next; the last one makes the new cache the cache. A page of a
        download that went with its cache is left: what follows from it is not the whole (F16)."""
        store, target = self.store, self._target()
        if _place_of(target) != self._place:
            return
        if target.fact("adding"):
            self._added(target, page)
            return
        with target.commit():
            if page.cursor.log_epoch and not target.fact("snapshot_cursor"):
                target.note(snapshot_cursor=msgspec.json.encode(page.cursor).decode())
            target.apply(page.rows, policy_of(store))
            target.note(snapshot_token=page.token)
            if not page.token:
                target.set_cursor(msgspec.json.decode(target.fact("snapshot_cursor"), type=Cursor))
                target.note(complete="1", snapshot_cursor="")
            if self._next is None:
                self._show(_tables_of(page), last=not page.token)
        store.met(page.server_time)

    def _added(self, target: Cache, page: SnapshotPage) -> None:
        """A page of what was gained; the pull from the old cursor repairs what moves meanwhile."""
        with target.commit():
            target.apply(page.rows, policy_of(self.store))
            target.note(adding_token=page.token, **({} if page.token else {"adding": ""}))
            self._show(_tables_of(page), last=not page.token)
        self.store.met(page.server_time)

    def _show(self, what: set[str], *, last: bool) -> None:
        store = self.store
        if last:
            what = set(changes.OF_TABLE.values())
        with store.cache.commit():
            own_facts(store, what)
            store.rebuild()
        store.listeners.tell(*what)

    def _swap(self) -> None:
        """What was fetched becomes the cache (P24). What the server lost is pending again (P18)."""
        store = self.store
        self.close()
        store.swap(since=store.clock.last_contact() - JOURNAL)
        self._swapped()

    def _swapped(self) -> None:
        self._show(set(), last=True)
        self.store.outbox.identify(anew="")
        self._has_swapped = True

    # --- receipts --------------------------------------------------------------------------------------------------------

    def receipts_wanted(self) -> tuple[str, ...]:
        """Commands about which the server is asked: before they are replayed after the loss of a cache; after a loss of the server's,
        those that it had answered."""
        store = self.store
        if store.receipts_owed:
            asked = int(store.cache.fact("receipts_upto") or 0)
            self._asked = [k for k in store.pending if k.n > asked][:MOST_RECEIPTS]
            return tuple(k.command.id for k in self._asked)
        target = self._target()
        if self._next is None or target.fact("offered") == "1" or target.fact("complete") != "1":
            # Only after the snapshot: a server that goes back in time after it is found out by the cursor that it began with.
            return ()
        asked = int(target.fact("offered_upto") or 0)
        found = answered(store.outbox, store.cache, store.clock.last_contact() - JOURNAL, asked)[:MOST_RECEIPTS]
        if not found:
            target.note(offered="1")
        self._asked = found
        return tuple(k.command.id for k in found)

    def receipts(self, reply: ReceiptsReply) -> None:
        """What the server knows: a command that it knows leaves the replay list, its effects come with the snapshot that follows; one
        that it does not know is sent again, whatever was answered before."""
        store = self.store
        known = {v.id for v in reply.verdicts}
        store.met(reply.server_time)
        if not store.receipts_owed:
            if self._next is not None and self._asked:
                upto = self._next.cursor().commit_seq
                with self._next.commit():
                    # What was carried out later is offered again: its answer comes with the page that brings its effects.
                    self._next.settle([v for v in reply.verdicts if v.commit_seq <= upto])
                    self._next.note(offered_upto=str(max(k.n for k in self._asked)))
            return
        upto = max((k.n for k in self._asked), default=store.outbox.last())
        store.outbox.offer_again([k.command.id for k in self._asked if k.command.id not in known])
        with store.settling():
            store.cache.settle(reply.verdicts)
            store.cache.note(receipts_upto=str(upto))
            store.forget(known)
            if not any(upto < k.n <= int(store.cache.fact("born") or 0) for k in store.pending):
                store.cache.note(receipts="asked")
            store.rebuild()
        # These verdicts come with no page: they must outlive a power cut like one.
        store.cache.fold_log()
        store.outbox.settle(reply.verdicts, store.cursor().log_epoch)
        store.listeners.tell(changes.OUTBOX, *changes.WORK)

    # --- do both sides agree? --------------------------------------------------------------------------------------------

    def compare(self, reply: DigestReply) -> Compared:
        """Whether this cache holds what the server says that it should hold (P13). It is never made to agree by taking over the server's
        word: what differs is fetched again (F18). ``moved``: they cannot be compared, the server is further."""
        store = self.store
        store.met(reply.server_time)
        cursor = store.cursor()
        if cursor.commit_seq != reply.commit_seq:
            return "moved"
        theirs = {(d.table, d.scope): (d.count, d.xor) for d in reply.digests if d.table in BASE_COLUMNS}
        ours = store.cache.digests()
        if ours == theirs:
            store.cache.note(agreed_at=store.clock.now().isoformat())
            tidy(store.outbox, store.cache, store.clock.now() - JOURNAL)
            tidy_files(store)
            return "same"
        for key in sorted(ours.keys() | theirs.keys()):
            if ours.get(key) != theirs.get(key):
                _LOG.error("%s in %s: here %s, at the server %s", *key, ours.get(key), theirs.get(key))
        store.notices.append(CACHE_DIFFERED)
        store.listeners.tell(changes.SYNC)
        return "differs"


def _tables_of(page: SnapshotPage) -> set[str]:
    return {changes.OF_TABLE[row.table] for row in page.rows if row.table in changes.OF_TABLE}


def _place_of(cache: Cache) -> tuple[str, str]:
    """What is being added to a cache, "" while everything is fetched, and the token of its next page."""
    adding = cache.fact("adding")
    return adding, cache.fact("adding_token" if adding else "snapshot_token")
