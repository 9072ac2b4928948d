"""What the network brings and what it may take: pages, snapshots, receipts, batches, leases. On the storage thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

import msgspec

from desk_client.models import changes
from desk_client.models.facts import own_facts, policy_of, settle_known, work_in
from desk_client.models.fetching import MOST_RECEIPTS, Fetching
from desk_client.models.outbox import Kept
from desk_client.models.sending import tidy_files
from desk_client.models.store import Store
from desk_core.commands import ASKS
from desk_core.protocol import (
    MAX_BATCH,
    Answered,
    EnrolReply,
    Lease,
    LeaseRequest,
    PullReply,
    PushRequest,
    ReceiptsReply,
    Verdict,
    WireCommand,
)

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


class Pages:
    """The server's news on one member's files."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.fetching = Fetching(store)
        self._log_owed = False
        self._asked: Sequence[Kept] = ()
        self._asked_to = 0
        self._beyond: set[str] = set()

    def close(self) -> None:
        """Close a snapshot that is under way; it goes on from its last page next time."""
        self.fetching.close()

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
        with outbox.commit():
            seqs = outbox.sequence(device, [k.command.id for k in going], store.clock.now())
            store.grace.end(seqs)
        again = outbox.offered_again()
        wired = tuple(
            msgspec.structs.replace(k.command, seq=seqs[k.command.id], replay=k.command.id in again) for k in going
        )
        return PushRequest(cursor=store.cursor(), commands=wired)

    def _free(self, fresh: Sequence[Kept], hints: dict[str, Verdict]) -> list[Kept]:
        """Commands whose causes let them go: none of them refused and unattended, none guarded and unanswered (P15), none that can still be
        taken back, as they can't be themselves."""
        waiting = {k.command.id: k.command for k in self.store.pending}
        replaced = self.store.outbox.replacements()
        held = set(self.store.grace.held())
        free: list[Kept] = []
        for kept in fresh:
            if kept.command.id in held or held.intersection(kept.command.causes):
                held.add(kept.command.id)
            elif not any(self._blocks(cause, waiting, hints, replaced) for cause in kept.command.causes):
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

    def held(self) -> float:
        """After how many seconds the next command can be taken back no more; 0 when none can."""
        return min(self.store.grace.held().values(), default=0.0)

    def awaiting(self) -> int:
        """How many commands were answered by a push and wait for the page that settles them."""
        hints = self.store.outbox.hints()
        return sum(k.command.id in hints for k in self.store.pending)

    def answered(self, answers: Iterable[Answered], server_time: dt.datetime, epoch: str) -> None:
        """A push reply: a hint; the pull brings the truth."""
        found = tuple(answers)
        self.store.outbox.hint((a.verdict for a in found), epoch)
        self.store.met(server_time)
        settle_known(self.store, {a.verdict.id for a in found if a.cached})
        self.store.listeners.tell(changes.OUTBOX)

    def renumber(self, last_seq: int, known: Iterable[str] = ()) -> None:
        """The server expects another seq: everything it has not answered is numbered anew, in order."""
        outbox, store = self.store.outbox, self.store
        skipped = {*known, *outbox.hints()}
        device = outbox.identity("device_id")
        seqs = outbox.sequences(device)
        unknown = [k.command.id for k in store.pending if k.command.id in seqs and k.command.id not in skipped]
        outbox.renumber(device, last_seq, unknown, store.clock.now())

    # --- a copied machine ------------------------------------------------------------------------------------------------

    def forked(self) -> None:
        """Another machine goes on as this device: this one becomes a device of its own (P19)."""
        self.store.outbox.identify(forked="yes")

    @property
    def is_forked(self) -> bool:
        """True until this machine has an identity of its own."""
        return bool(self.store.outbox.identity("forked"))

    def to_ask(self) -> tuple[str, ...]:
        """Before that, the server is asked about everything unsent: the other machine may have sent it."""
        self._asked = [k for k in self.store.pending if k.n > self._asked_to][:MOST_RECEIPTS]
        return tuple(k.command.id for k in self._asked)

    def known(self, reply: ReceiptsReply) -> None:
        """The server's answers to what another machine sent already."""
        store = self.store
        store.outbox.hint(reply.verdicts, store.outbox.identity("hint_epoch"))
        store.met(reply.server_time)
        self._asked_to = max((k.n for k in self._asked), default=self._asked_to)
        settle_known(store, {v.id for v in reply.verdicts})

    def became(self, reply: EnrolReply) -> None:
        """This machine is a device of its own from now on: everything without an answer is numbered anew and goes on under its old id. The
        token lies in the file until the keyring has it."""
        self.store.enrolled(reply, self.store.server, reply.token)
        self._asked_to = 0

    # --- what comes ------------------------------------------------------------------------------------------------------

    def page(self, reply: PullReply) -> bool:
        """One page, one transaction: lost departments, rows, verdicts, overlay, cursor; afterwards the outbox's housekeeping (P8, P10, P11,
        P20). What was gained is fetched next. True when something is to be sent again."""
        store = self.store
        what = {changes.OF_TABLE[c.table] for c in reply.changes if c.table in changes.OF_TABLE}
        settled = {v.id for v in reply.verdicts}
        rescoped = bool(reply.scope_purge or reply.scope_add)
        with store.settling():
            if rescoped:
                store.cache.purge(reply.scope_purge, policy_of(store))
                work_in(store, reply.departments)
                self.fetching.gained(reply)
            store.cache.apply(reply.changes, policy_of(store))
            own_facts(store, what)
            store.cache.settle(reply.verdicts)
            store.forget(settled)
            if what or settled or rescoped:
                store.rebuild()
            store.cache.set_cursor(reply.cursor)
        self._clean_up(left=bool(reply.scope_purge) or any(c.op != "put" for c in reply.changes))
        store.outbox.settle(reply.verdicts, reply.cursor.log_epoch)
        again = self._offer_unsettled(reply.head_seq)
        store.met(reply.server_time)
        if settled:
            what |= {changes.OUTBOX, *changes.WORK}
        if rescoped:
            what = {*changes.OF_TABLE.values(), changes.OUTBOX, changes.SESSION}
        if again:
            what.add(changes.OUTBOX)
        if what:
            store.listeners.tell(*what)
        return again

    def _offer_unsettled(self, head: int) -> bool:
        """An answer whose page came without it, or beyond the head of a server that was asked since, is void: the server was put back
        behind it, by hand, or answered another device. The command is sent again; whoever knows it answers as before (P17, P18)."""
        store = self.store
        cursor = store.cursor()
        before = store.outbox.hints()
        store.outbox.only_hints_of(cursor.log_epoch)
        hints = store.outbox.hints()
        seqs = {k.command.id: hints[k.command.id].commit_seq for k in store.pending if k.command.id in hints}
        # The page that is here may have been read before the answer was given; the next one is not.
        beyond, self._beyond = self._beyond, {i for i, seq in seqs.items() if seq > head}
        void = [i for i, seq in seqs.items() if seq <= cursor.commit_seq or i in beyond & self._beyond]
        store.outbox.offer_again(void)
        return bool(void) or before.keys() != hints.keys()

    def _clean_up(self, *, left: bool) -> None:
        """What left the scope lies in no log and in no damaged cache either (P20); while somebody reads, the log waits for the next
        page."""
        if left:
            self.store.folder.remove_damaged_caches()
            tidy_files(self.store)
        if left or self._log_owed:
            self._log_owed = not self.store.cache.fold_log()

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
