# ruff: noqa: ARG002 - the methods are those of the transport, and one desk asks for no address
"""A desk's server in memory, behind the same door as the real one: it decides with authority and keeps a feed, receipts and scopes.

Faults are injected per request: ``server.faults`` holds what happens to the next ones (``drop``: it never arrives; ``lose``: it is carried
out and the answer is lost).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
from collections import deque
from typing import Literal

import msgspec

from desk_client.models.network import Unreachable
from desk_client.sync.transport import OFFLINE, Trouble
from desk_core import protocol as p
from desk_core.decisions import Decided, decide, judge
from desk_core.events import Event
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.records import Entry
from desk_core.references import BLOCK_SIZE, FIRST_COUNTER, NumberBlock
from desk_core.resources import resource
from desk_core.scope import closed, covers, keeps_closed
from desk_core.tickets import stub
from desk_core.wording import Refusal
from tests.support.world import World, ready_policy

Fault = Literal["drop", "lose"]
_ENCODE = msgspec.json.encode
_SUPERVISORS = "=supervisors"


class _Device:
    def __init__(self, device_id: str, number: int, member: Member) -> None:
        self.id = device_id
        self.number = number
        self.member = member
        self.last_seq = 0


class MemoryServer(World):
    """One desk with the policy that ships; ``password`` is everybody's."""

    password = "sesame sesame"

    def __init__(self, policy: Policy, policy_text: str) -> None:
        super().__init__(policy)
        self.policy_text = policy_text
        self.epoch = "e1"
        self.changes: list[p.Change] = []
        self.seq = 0
        self.receipts: dict[str, tuple[str, p.Verdict]] = {}
        self.devices: dict[str, _Device] = {}
        self.tokens: dict[str, _Device] = {}
        self.blobs: dict[str, bytes] = {}
        self.faults: deque[Fault] = deque()
        self.offline = False
        self.pushed: list[p.WireCommand] = []
        self.page_rows = 500
        self.resets: deque[str] = deque()
        self.lock = threading.Condition()
        self.next_block = FIRST_COUNTER
        self._put("policy", "policy", p.DESK_SCOPE, p.PolicyRow(policy.head.name, policy.head.version, policy_text))

    @classmethod
    def ready(cls, name: str = "hamburg-woking", more: str = "") -> MemoryServer:
        """The desk of a policy that ships; ``more`` is written at its end."""
        text = resource(f"policies/{name}.toml").read_text(encoding="utf-8") + more
        return cls(load(text) if more else ready_policy(name), text)

    # --- what is there ---

    def _put(self, table: p.Table, pk: str, scope: str, row: object, op: Literal["put", "leave"] = "put") -> None:
        body = msgspec.Raw(_ENCODE(row)) if op == "put" else msgspec.Raw(b"null")
        self.changes.append(p.Change(commit_seq=self.seq, scope=scope, table=table, pk=pk, op=op, row=body))

    def publish(self) -> None:
        """Everything that tests put into the world becomes part of the feed, in one commit."""
        with self.lock:
            self.seq += 1
            for member in self.members.values():
                self._put("member", member.id, p.DESK_SCOPE, member)
            for customer in self.customers.values():
                self._put("customer", customer.id, p.DESK_SCOPE, customer)
            for asset in self.assets.values():
                self._put("asset", asset.id, p.DESK_SCOPE, asset)
            for contract in self.contract_list:
                self._put("contract", contract.id, p.DESK_SCOPE, contract)
            for ticket in self.tickets.values():
                self._put("stub", ticket.id, p.DESK_SCOPE, stub(ticket))
                self._put("ticket", ticket.id, ticket.department, ticket)
            for call in self.calls.values():
                self._put("call", call.id, call.department, call)
            for entry in self.lines.values():
                self._put("entry", entry.id, self._scope_of_entry(entry), entry)
            for event in self.events:
                self._put("event", event.id, self._scope(event), event)
            self.lock.notify_all()

    def _scope(self, event: Event) -> str:
        if event.entry:
            return self._scope_of_entry(self.lines[event.entry])
        return self.tickets[event.ticket].department if event.ticket else self.calls[event.call].department

    def _scope_of_entry(self, entry: Entry) -> str:
        if closed(self.policy.register(entry.register)):
            return _SUPERVISORS
        return self.tickets[entry.ticket].department if entry.ticket else p.DESK_SCOPE

    def _fault(self) -> bool:
        """Raise when the request is dropped; True when its answer will be lost."""
        if self.offline:
            raise Unreachable(OFFLINE)
        fault = self.faults.popleft() if self.faults else ""
        if fault == "drop":
            raise Unreachable(OFFLINE)
        return fault == "lose"

    def _device(self, token: str) -> _Device:
        if token not in self.tokens:
            raise Trouble(p.Problem(code="signed_out", text="Sign in again."), 401)
        return self.tokens[token]

    def _cursor(self, seq: int) -> p.Cursor:
        return p.Cursor(self.epoch, seq, hashlib.sha256(f"{self.epoch}{seq}".encode()).hexdigest()[:8], 0)

    def _blocks(self, count: int = 2) -> tuple[NumberBlock, ...]:
        found = []
        for _ in range(count):
            found.append(NumberBlock(self.next_block, self.next_block + BLOCK_SIZE - 1))
            self.next_block += BLOCK_SIZE
        return tuple(found)

    # --- the door ---

    def enrol(self, server: str, request: p.EnrolRequest) -> p.EnrolReply:
        with self.lock:
            self._fault()
            member = self.members.get(request.user)
            if member is None or request.password != self.password:
                raise Trouble(p.Problem(code="wrong_password", text="User name or password is wrong."), 403)
            device = self.devices.get(request.device_id)
            if device is None:
                number = len(self.devices) + 1
                device = self.devices[f"d{number}"] = _Device(f"d{number}", number, member)
            token = f"token-{len(self.tokens)}"
            self.tokens[token] = device
            return p.EnrolReply(
                device_id=device.id,
                device_number=device.number,
                token=token,
                member=member,
                desk="desk",
                desk_title="The desk",
                log_epoch=self.epoch,
                server_time=self.now,
                policy_name=self.policy.head.name,
                policy_version=self.policy.head.version,
                policy_text=self.policy_text,
                lease=p.Lease(blocks=self._blocks()),
                last_seq=device.last_seq,
            )

    def push(self, server: str, token: str, request: p.PushRequest) -> p.PushReply:
        with self.lock:
            lost = self._fault()
            device = self._device(token)
            answers: list[p.Answered] = []
            stop: p.Stop | None = None
            for sent in request.commands:
                payload = hashlib.sha256(bytes(sent.args)).hexdigest()
                known = self.receipts.get(sent.id)
                if known is not None:
                    assert known[0] == payload, "another payload under the same id"
                    answers.append(p.Answered(verdict=known[1], cached=True))
                    continue
                if sent.seq <= device.last_seq:
                    stop = p.Stop(code="FORKED")
                    break
                if sent.seq > device.last_seq + 1:
                    stop = p.Stop(code="SEQ_GAP", expected=device.last_seq + 1)
                    break
                device.last_seq = sent.seq
                self.pushed.append(sent)
                verdict = self._execute(device, sent)
                self.receipts[sent.id] = (payload, verdict)
                answers.append(p.Answered(verdict=verdict))
            self.lock.notify_all()
            if lost:
                raise Unreachable(OFFLINE)
            news = 0 if request.commands or request.cursor.commit_seq >= self.seq else self.seq
            return p.PushReply(
                verdicts=tuple(answers), server_time=self.now, log_epoch=self.epoch, stop=stop, news_seq=news
            )

    def _execute(self, device: _Device, sent: p.WireCommand) -> p.Verdict:
        judged = judge(sent, self.now, 72)
        command = p.command_from(sent, judged.issued_at, judged.stated_at)
        before = dict(self.tickets)
        outcome = decide(self, command, self.members[device.member.id], self.now)
        self.seq += 1
        if isinstance(outcome, Refusal):
            return p.Verdict(
                id=sent.id,
                outcome="refused",
                commit_seq=self.seq,
                code=outcome.code,
                text=outcome.text,
                fields=outcome.fields,
            )
        assert isinstance(outcome, Decided), outcome
        self.tickets |= outcome.tickets
        self.calls |= outcome.calls
        self.lines |= outcome.entries
        self.events += outcome.events
        for ticket in outcome.tickets.values():
            old = before.get(ticket.id)
            if old is not None and old.department != ticket.department:
                self._put("ticket", ticket.id, old.department, None, "leave")
                for event in self.events:
                    if event.ticket == ticket.id:
                        self._put("event", event.id, old.department, None, "leave")
                for entry in (each for each in self.lines.values() if each.ticket == ticket.id):
                    self._put("entry", entry.id, old.department, None, "leave")
                    self._put("entry", entry.id, self._scope_of_entry(entry), entry)
            self._put("stub", ticket.id, p.DESK_SCOPE, stub(ticket))
            self._put("ticket", ticket.id, ticket.department, ticket)
        for call in outcome.calls.values():
            self._put("call", call.id, call.department, call)
        for entry in outcome.entries.values():
            self._put("entry", entry.id, self._scope_of_entry(entry), entry)
        for event in outcome.events:
            self._put("event", event.id, self._scope(event), event)
        changed: Literal["applied", "applied_changed"] = "applied_changed" if outcome.changed else "applied"
        return p.Verdict(id=sent.id, outcome=changed, commit_seq=self.seq, code=outcome.changed, result=outcome.result)

    def _sees(self, device: _Device, scope: str) -> bool:
        member = self.members[device.member.id]
        if scope == _SUPERVISORS:
            return keeps_closed(member)
        return scope == p.DESK_SCOPE or covers(member, scope)

    def pull(self, server: str, token: str, cursor: p.Cursor, wait: int, rows: int = p.PAGE_ROWS) -> p.PullReply:
        with self.lock:
            if wait:
                self.lock.wait_for(lambda: self.seq > cursor.commit_seq or self.offline or bool(self.resets), timeout=2)
            lost = self._fault()
            device = self._device(token)
            reset = self.resets.popleft() if self.resets else ""
            upto = self.seq
            changes = [
                c for c in self.changes if cursor.commit_seq < c.commit_seq <= upto and self._sees(device, c.scope)
            ]
            mine = {s.id for s in self.pushed}
            verdicts = [
                v for _, v in self.receipts.values() if cursor.commit_seq < v.commit_seq <= upto and v.id in mine
            ]
            if lost:
                raise Unreachable(OFFLINE)
            return p.PullReply(
                changes=() if reset else tuple(changes),
                verdicts=() if reset else tuple(verdicts),
                cursor=cursor if reset else self._cursor(upto),
                head_seq=self.seq,
                server_time=self.now,
                reset=reset,  # type: ignore[arg-type]
            )

    def _rows(self, device: _Device) -> list[p.Change]:
        last: dict[tuple[str, str], p.Change] = {}
        for change in self.changes:
            if change.op == "put" and self._sees(device, change.scope):
                last[change.table, change.pk] = change
            elif change.op == "leave" and (held := last.get((change.table, change.pk))) and held.scope == change.scope:
                del last[change.table, change.pk]
        return sorted(last.values(), key=lambda c: (p.TABLES.index(c.table), c.pk))

    def digest(self, server: str, token: str) -> p.DigestReply:
        with self.lock:
            self._fault()
            found: dict[tuple[str, str], tuple[int, int]] = {}
            for row in self._rows(self._device(token)):
                count, xor = found.get((row.table, row.scope), (0, 0))
                found[row.table, row.scope] = (count + 1, xor ^ p.row_hash(row.table, row.pk, row.row))
            digests = [
                p.TableDigest(table=t, scope=s, count=c, xor=f"{x:016x}") for (t, s), (c, x) in sorted(found.items())
            ]
            return p.DigestReply(commit_seq=self.seq, digests=tuple(digests), server_time=self.now)

    def device(self, server: str, token: str, request: p.DeviceRequest) -> p.EnrolReply:
        return self.enrol(
            server, p.EnrolRequest(user=self._device(token).member.id, password=self.password, device_name="copy")
        )

    def snapshot(
        self, server: str, token: str, page: str, scopes: tuple[str, ...] = (), rows_wanted: int = 0
    ) -> p.SnapshotPage:
        with self.lock:
            lost = self._fault()
            rows = [r for r in self._rows(self._device(token)) if not scopes or r.scope in scopes]
            pinned, _, start = page.partition(":")
            at, seq = int(start or 0), int(pinned or self.seq)
            part = tuple(rows[at : at + self.page_rows])
            if lost:
                raise Unreachable(OFFLINE)
            more = at + self.page_rows < len(rows)
            return p.SnapshotPage(
                rows=part,
                digest=p.page_digest(part),
                cursor=self._cursor(seq),
                server_time=self.now,
                token=f"{seq}:{at + self.page_rows}" if more else "",
                total=len(rows),
            )

    def receipts_of(self, ids: tuple[str, ...]) -> tuple[p.Verdict, ...]:
        return tuple(self.receipts[i][1] for i in ids if i in self.receipts)

    def lease(self, server: str, token: str, request: p.LeaseRequest) -> p.LeaseReply:
        with self.lock:
            self._fault()
            self._device(token)
            return p.LeaseReply(lease=p.Lease(blocks=self._blocks()), server_time=self.now)

    def find(self, server: str, token: str, reference: str) -> p.FindReply:
        with self.lock:
            self._fault()
            found = next((t for t in self.tickets.values() if reference in (t.reference, *t.aliases)), None)
            if found is None:
                raise Trouble(p.Problem(code="not_found", text="There is no ticket with this number."), 404)
            return p.FindReply(stub=stub(found), server_time=self.now)

    def put_blob(self, server: str, token: str, sha256: str, size: int, at: int, body: bytes) -> p.BlobReply:
        with self.lock:
            lost = self._fault()
            self._device(token)
            held = self.blobs.get(sha256, b"")
            if at == len(held):
                held = self.blobs[sha256] = held + body
            if lost:
                raise Unreachable(OFFLINE)
            return p.BlobReply(received=len(held), size=size, complete=len(held) == size, server_time=self.now)

    def get_blob(self, server: str, token: str, sha256: str, at: int, count: int) -> bytes:
        with self.lock:
            self._fault()
            self._device(token)
            if sha256 not in self.blobs:
                raise Trouble(p.Problem(code="no_such_file", text="There is no such file for you."), 404)
            return self.blobs[sha256][at : at + count]

    def sign_out(self, server: str, token: str) -> None:
        self.tokens.pop(token, None)

    def advance(self, **by: float) -> None:
        """Let time pass at the server."""
        self.now += dt.timedelta(**by)


class Door:
    """The server as one client's transport sees it; the name ``receipts`` is a message here and a store there."""

    def __init__(self, server: MemoryServer) -> None:
        self.server = server

    def __getattr__(self, name: str) -> object:
        return getattr(self.server, name)

    def receipts(self, server: str, token: str, ids: tuple[str, ...]) -> p.ReceiptsReply:
        with self.server.lock:
            self.server._fault()
            device = self.server._device(token)
            return p.ReceiptsReply(
                verdicts=self.server.receipts_of(ids), last_seq=device.last_seq, server_time=self.server.now
            )
