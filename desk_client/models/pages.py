"""What the network brings and what it may take: pages, snapshots, receipts, batches, leases. On the storage thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from desk_client.models import changes
from desk_client.models.cache import Cache
from desk_client.models.outbox import Kept
from desk_client.models.store import Store
from desk_core.commands import ASKS
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.protocol import (
    MAX_BATCH,
    Answered,
    Cursor,
    Lease,
    LeaseRequest,
    PullReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
    Verdict,
    WireCommand,
)

_MEMBER = msgspec.json.Decoder(Member)
MOST_RECEIPTS = 500
BATCH_BYTES = 4_000_000
"""A batch is no larger when it is encoded, unless one command alone is."""


def _within(kept: Sequence[Kept]) -> list[Kept]:
    """As many of the first commands as fit into a batch, at least one."""
    size, going = 0, list[Kept]()
    for one in kept:
        size += len(msgspec.json.encode(one.command))
        if going and size > BATCH_BYTES:
            break
        going.append(one)
    return going


class SnapshotState(msgspec.Struct, frozen=True):
    """Where a first download stands: the token of its next page, "" at the start; ``complete`` when there is nothing to fetch."""

    complete: bool
    token: str


class Pages:
    """The server's news on one member's files."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._next: Cache | None = None
        self._asked: list[Kept] = []

    def close(self) -> None:
        """Close a snapshot that is under way; it goes on from its last page next time."""
        if self._next is not None:
            self._next.close()
            self._next = None

    # --- what is sent ----------------------------------------------------------------------------------------------------

    def batch(self, limit: int = MAX_BATCH) -> PushRequest | None:
        """The next commands to send, in the order of their seq, or None when there is nothing that may go now."""
        store, outbox = self.store, self.store.outbox
        device = outbox.identity("device_id")
        if not store.pending or not device:
            return None
        numbered, hints = outbox.sequences(device), outbox.hints()
        sent = [k for k in store.pending if k.command.id in numbered and k.command.id not in hints]
        sent.sort(key=lambda k: numbered[k.command.id])
        fresh = [k for k in store.pending if k.command.id not in numbered]
        going = _within([*sent, *self._free(fresh, hints)][:limit])
        if not going:
            return None
        seqs = outbox.sequence(device, [k.command.id for k in going], store.clock.now())
        wired = tuple(msgspec.structs.replace(k.command, seq=seqs[k.command.id]) for k in going)
        return PushRequest(cursor=store.cursor(), commands=wired)

    def _free(self, fresh: Sequence[Kept], hints: dict[str, Verdict]) -> list[Kept]:
        """Commands whose causes let them go: none of them refused and unattended, none guarded and unanswered (P15)."""
        waiting = {k.command.id: k.command for k in self.store.pending}
        replaced = self.store.outbox.replacements()
        free: list[Kept] = []
        for kept in fresh:
            if not any(self._blocks(cause, waiting, hints, replaced) for cause in kept.command.causes):
                free.append(kept)
        return free

    def _blocks(
        self, cause: str, waiting: dict[str, WireCommand], hints: dict[str, Verdict], replaced: dict[str, str]
    ) -> bool:
        for _ in range(len(replaced) + 1):
            if cause not in replaced:
                break
            if not replaced[cause]:
                return False
            cause = replaced[cause]
        verdict = hints.get(cause) or self.store.cache.verdict(cause)
        if verdict is not None:
            return verdict.outcome == "refused"
        command = waiting.get(cause)
        kind = ASKS.get(command.name) if command else None
        return command is not None and (kind is None or not kind.captures)

    def awaiting(self) -> int:
        """How many commands were answered by a push and wait for the page that settles them."""
        hints = self.store.outbox.hints()
        return sum(k.command.id in hints for k in self.store.pending)

    def answered(self, answers: Iterable[Answered], server_time: dt.datetime, epoch: str) -> None:
        """A push reply: a hint; the pull brings the truth."""
        self.store.outbox.hint((a.verdict for a in answers), epoch)
        self.store.met(server_time)
        self._settle_what_is_here()
        self.store.listeners.tell(changes.OUTBOX)

    def renumber(self, last_seq: int, known: Iterable[str] = ()) -> None:
        """The server expects another seq: everything it has not answered is numbered anew, in order."""
        outbox, store = self.store.outbox, self.store
        skipped = {*known, *outbox.hints()}
        device = outbox.identity("device_id")
        seqs = outbox.sequences(device)
        unknown = [k.command.id for k in store.pending if k.command.id in seqs and k.command.id not in skipped]
        outbox.renumber(device, last_seq, unknown, store.clock.now())

    def forked(self) -> None:
        """Another machine goes on as this device: the next sign-in makes this one a device of its own (P19)."""
        self.store.outbox.identify(forked="yes")

    def _settle_what_is_here(self) -> None:
        """A verdict at or below the cursor comes in no page any more: its effects came with a snapshot, or before it was asked for by
        another device; so it is settled now (P10). One from before the server was restored says nothing (P18)."""
        store = self.store
        cursor = store.cursor()
        if cursor.log_epoch:
            store.outbox.only_hints_of(cursor.log_epoch)
        pending = {k.command.id for k in store.pending}
        here = [v for v in store.outbox.hints().values() if v.id in pending and v.commit_seq <= cursor.commit_seq]
        if not here:
            return
        with store.settling():
            store.cache.settle(here)
            store.forget({v.id for v in here})
            store.rebuild()
        store.outbox.settle([(v.id, v.commit_seq) for v in here], cursor.log_epoch)
        store.listeners.tell(changes.OUTBOX, changes.TICKETS, changes.CALLS)

    # --- what comes ------------------------------------------------------------------------------------------------------

    def _policy(self) -> Policy:
        if self.store.policy is None:
            raise ValueError("no policy: nobody signed in here")
        return self.store.policy

    def page(self, reply: PullReply) -> None:
        """One page, one transaction: lost departments, rows, verdicts, overlay, cursor; afterwards the outbox's housekeeping (P8, P10, P11,
        P20). A page that gains a department asks for :meth:`reset` next."""
        store = self.store
        what = {changes.OF_TABLE[c.table] for c in reply.changes if c.table in changes.OF_TABLE}
        settled = {v.id for v in reply.verdicts}
        rescoped = bool(reply.scope_purge or reply.scope_add)
        with store.settling():
            if rescoped:
                store.cache.purge(reply.scope_purge, self._policy())
                self._work_in(reply.departments)
            store.cache.apply(reply.changes, self._policy())
            self._own_facts(what)
            store.cache.settle(reply.verdicts)
            store.forget(settled)
            if what or settled or rescoped:
                store.rebuild()
            if not reply.scope_add:
                # With a gained department the cursor of the old scope stays until a snapshot has brought what lies before it.
                store.cache.set_cursor(reply.cursor)
        if reply.scope_purge:
            store.folder.remove_damaged_caches()
            store.cache.fold_log()
        store.outbox.settle([(v.id, v.commit_seq) for v in reply.verdicts], reply.cursor.log_epoch)
        self._settle_what_is_here()
        store.met(reply.server_time)
        if settled:
            what |= {changes.OUTBOX, changes.TICKETS, changes.CALLS}
        if rescoped:
            what |= {changes.TICKETS, changes.CALLS, changes.PEOPLE}
        if what:
            store.listeners.tell(*what)

    def _work_in(self, departments: tuple[str, ...]) -> None:
        """From now on the member works in these departments; the member's row itself may lie on a later page."""
        store = self.store
        if store.member is None:
            return
        store.member = msgspec.structs.replace(store.member, departments=departments)
        body = msgspec.json.encode(store.member)
        with store.cache.commit() as connection:
            connection.exec_driver_sql("UPDATE member SET body = ? WHERE id = ?", (body, store.member.id))
        store.outbox.identify(member=body.decode())

    def _own_facts(self, what: set[str]) -> None:
        """A new policy ranks everything anew; the member's own row decides by which rights things are decided here."""
        store = self.store
        if changes.POLICY in what and store.load_policy():
            store.cache.rank_again(self._policy())
        if changes.PEOPLE in what and store.member is not None:
            with store.cache.commit() as connection:
                row = connection.exec_driver_sql("SELECT body FROM member WHERE id = ?", (store.member.id,)).fetchone()
            if row is not None:
                store.member = _MEMBER.decode(row[0])
                store.outbox.identify(member=bytes(row[0]).decode())

    def receipts_wanted(self) -> tuple[str, ...]:
        """After the loss of a cache: commands about which the server is asked before they are replayed."""
        if not self.store.receipts_owed:
            return ()
        asked = int(self.store.cache.fact("receipts_upto") or 0)
        self._asked = [k for k in self.store.pending if k.n > asked][:MOST_RECEIPTS]
        return tuple(k.command.id for k in self._asked)

    def receipts(self, reply: ReceiptsReply) -> None:
        """Known commands leave the replay list; their effects come with the snapshot that follows."""
        store = self.store
        upto = max((k.n for k in self._asked), default=store.outbox.last())
        with store.settling():
            store.cache.settle(reply.verdicts)
            store.cache.note(receipts_upto=str(upto))
            store.forget({v.id for v in reply.verdicts})
            if not any(upto < k.n <= int(store.cache.fact("born") or 0) for k in store.pending):
                store.cache.note(receipts="asked")
            store.rebuild()
        store.outbox.settle([(v.id, v.commit_seq) for v in reply.verdicts], store.cursor().log_epoch)
        store.met(reply.server_time)
        store.listeners.tell(changes.OUTBOX, changes.TICKETS, changes.CALLS)

    # --- snapshot --------------------------------------------------------------------------------------------------------

    def snapshot_state(self) -> SnapshotState:
        """What is still to be fetched."""
        cache = self._target()
        return SnapshotState(cache.fact("complete") == "1", cache.fact("snapshot_token"))

    def _target(self) -> Cache:
        """The cache that a snapshot is written to: the first one straight, a later one beside the old, which serves on (P24)."""
        if self._next is None and self.store.folder.next_cache.exists():
            self._next = self.store.open_next()
        return self._next or self.store.cache

    def reset(self) -> None:
        """The feed cannot go on from here: fetch everything anew, beside the old cache; outbox, journal and identity stay (P16)."""
        self.close()
        self.store.folder.remove(self.store.folder.next_cache)
        if self.store.cache.fact("complete") == "1":
            self._next = self.store.open_next()
        else:
            self.store.cache.note(snapshot_token="", snapshot_cursor="")

    def snapshot(self, page: SnapshotPage) -> None:
        """One page of a snapshot, one transaction with the token of the next; the last one makes the new cache the cache."""
        store, target = self.store, self._target()
        with target.commit():
            if page.cursor.log_epoch and not target.fact("snapshot_cursor"):
                target.note(snapshot_cursor=msgspec.json.encode(page.cursor).decode())
            target.apply(page.rows, self._policy())
            target.note(snapshot_token=page.token)
            if not page.token:
                target.set_cursor(msgspec.json.decode(target.fact("snapshot_cursor"), type=Cursor))
                target.note(complete="1", snapshot_cursor="")
        if self._next is not None and not page.token:
            self.close()
            store.swap()
        if not page.token or self._next is None:
            what = {changes.OF_TABLE[c.table] for c in page.rows if c.table in changes.OF_TABLE}
            with store.cache.commit():
                self._own_facts(what if page.token else set(changes.OF_TABLE.values()))
                store.rebuild()
            store.listeners.tell(*(what if page.token else set(changes.OF_TABLE.values())))
        if not page.token:
            self._settle_what_is_here()
        store.met(page.server_time)

    # --- leases ----------------------------------------------------------------------------------------------------------

    def lease_wanted(self) -> LeaseRequest | None:
        """What to ask for when the numbers run low, else None."""
        outbox = self.store.outbox
        if not outbox.numbers_wanted():
            return None
        return LeaseRequest(numbers_left=outbox.numbers_left())

    def leased(self, lease: Lease, server_time: dt.datetime) -> None:
        """Numbers came."""
        self.store.outbox.add_blocks(lease.blocks)
        self.store.met(server_time)
        self.store.listeners.tell(changes.SYNC)
