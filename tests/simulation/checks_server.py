"""Promises that are judged by what the server committed and what it answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from desk_core.protocol import DESK_SCOPE, Change, PullReply, PushReply, SnapshotPage, Verdict, cursor_from_text
from tests.simulation.oracle import Receipt
from tests.simulation.wire import Letter

if TYPE_CHECKING:
    from tests.simulation.history import History

_ENCODE = msgspec.json.encode


def check_p01_no_command_runs_twice(history: History) -> None:
    """No UUID is twice in the applied log."""
    assert not history.oracle.twice, f"P1: executed twice: {history.oracle.twice}"


def check_p01_effects_once(history: History) -> None:
    """Every text that a member typed is in as many events as its command made, which is one when it was applied, else none."""
    text = "".join(history.oracle.bodies("event"))
    found = Counter(part.split(".")[0] for part in text.split("token-")[1:])
    for command, token in history.agents.token_of.items():
        receipt = history.oracle.receipts.get(command)
        times = found[token.removeprefix("token-").rstrip(".")]
        applied = receipt is not None and receipt.outcome != "refused"
        if not applied:
            assert times == 0 or _again(history, command, token), (
                f"P1: {command} was not applied and is in {times} events"
            )


def _again(history: History, command: str, token: str) -> bool:
    """Whether the same text was given again, as another command."""
    return any(other != command and t == token for other, t in history.agents.token_of.items())


def check_p02_all_or_none(history: History) -> None:
    """Effect, change rows, receipt and last seq are there together: the tables agree with the log up to its head."""
    behind, oracle = history.server.behind, history.oracle
    (beyond,) = behind.execute(
        "SELECT (SELECT count(*) FROM change, desk WHERE commit_seq > head_seq) + "
        "(SELECT count(*) FROM receipt, desk WHERE commit_seq > head_seq) + "
        "(SELECT count(*) FROM feed_commit, desk WHERE seq > head_seq)"
    ).fetchone() or (None,)
    assert beyond == 0, f"P2: {beyond} rows beyond the head"
    assert sorted(oracle.chains) == list(range(1, oracle.head + 1)), "P2: a commit is missing"
    last: Counter[str] = Counter()
    for receipt in oracle.receipts.values():
        last[receipt.device] = max(last[receipt.device], receipt.seq)
    for device, seq in behind.execute("SELECT id, last_seq FROM device").fetchall():
        assert seq == last[device], f"P2: {device} is at {seq}, its receipts at {last[device]}"
    made = {msgspec.json.decode(body)["command"] for body in oracle.bodies("event")}
    for receipt in oracle.receipts.values():
        if receipt.outcome == "refused":
            assert receipt.command not in made, f"P2: {receipt.command} was refused and has an effect"
    rows = {(c.table, c.pk): bytes(c.row) for c in oracle.changes if c.op == "put"}
    for table in ("ticket", "call", "event", "stub"):
        stored = {(table, pk): body.encode() for pk, body in behind.execute(f"SELECT id, body::text FROM {table}")}
        told = {key: body for key, body in rows.items() if key[0] == table}
        assert stored == told, f"P2: {table} is not what the log says"


def check_p03_order_and_verdicts(history: History) -> None:
    """Executed order per device is seq order, dense."""
    last: dict[str, int] = {}
    for receipt in sorted(history.oracle.receipts.values(), key=lambda r: (r.commit, r.device, r.seq)):
        assert receipt.seq == last.get(receipt.device, 0) + 1, f"P3: {receipt} follows {last.get(receipt.device, 0)}"
        last[receipt.device] = receipt.seq


def as_told(receipt: Receipt) -> bytes:
    """The verdict of a receipt, as every answer must have it."""
    return _ENCODE(msgspec.json.decode(receipt.verdict, type=Verdict))


def check_p03_same_verdict(history: History, reply: Any) -> None:
    """The same UUID always has the same verdict, byte for byte."""
    verdicts: tuple[Verdict, ...] = getattr(reply, "verdicts", ())
    if isinstance(reply, PushReply):
        verdicts = tuple(answered.verdict for answered in reply.verdicts)
    for verdict in verdicts:
        body = _ENCODE(verdict)
        before = history.memory.verdicts.setdefault(verdict.id, body)
        assert body == before, f"P3: {verdict.id} was answered {before!r} and is answered {body!r}"


def check_p06_numbers(history: History) -> None:
    """No two tickets share their number, and every number that was spoken for a ticket finds it."""
    tickets = [msgspec.json.decode(body) for body in history.oracle.bodies("ticket")]
    numbers = Counter(ticket["reference"] for ticket in tickets)
    assert all(count == 1 for count in numbers.values()), f"P6: shared: {numbers.most_common(2)}"
    owners: dict[str, set[str]] = {}
    for reference, owner in history.server.behind.execute("SELECT reference, owner FROM number WHERE kind <> 'call'"):
        owners.setdefault(reference, set()).add(owner)
    calls = {call["id"]: call for call in map(msgspec.json.decode, history.oracle.bodies("call"))}
    for event in map(msgspec.json.decode, history.oracle.bodies("event")):
        what = event["what"]
        if what["event"] != "call.rang":
            continue
        ticket = calls[event["call"]].get("ticket", "")
        spoken = what.get("spoken") or what["reference"]
        if ticket:
            assert ticket in owners.get(spoken, ()), f"P6: {spoken} was spoken for {ticket} and does not find it"


def check_p07_p08_whole_commits(history: History, letter: Letter, page: PullReply) -> None:
    """A page holds exactly the commits of the reader's scope between its two cursors, whole and in order."""
    before = cursor_from_text(letter.asked.params["cursor"])
    if (
        page.reset
        or page.departments
        or page.scope_purge
        or page.scope_add
        or page.cursor.commit_seq == before.commit_seq
    ):
        return
    scopes = history.oracle.scopes(letter.member, page.cursor.scope_version)
    expected = history.oracle.between(scopes, before.commit_seq, page.cursor.commit_seq)
    assert list(page.changes) == expected, (
        f"P7, P8: the page after {before.commit_seq} has {_brief(page.changes)}, the log {_brief(expected)}"
    )


def _brief(changes: Iterable[Change]) -> list[tuple[int, str, str, str]]:
    return [(c.commit_seq, c.scope, c.pk, c.op) for c in changes]


def check_p17_rollback_is_detected(history: History, letter: Letter, page: PullReply) -> None:
    """A cursor that the log does not hold any more is never read on from."""
    cursor = cursor_from_text(letter.asked.params["cursor"])
    if not history.oracle.holds(cursor):
        assert page.reset, f"P17: the server was rolled back behind {cursor} and reads on"


def check_p20_wire(history: History, letter: Letter, page: PullReply | SnapshotPage) -> None:
    """No row outside the member's scope crosses the wire."""
    found = page.changes if isinstance(page, PullReply) else page.rows
    version = history.server.behind.execute(
        "SELECT scope_version FROM member WHERE id = %s", (letter.member,)
    ).fetchone()
    scopes = {*history.oracle.scopes(letter.member, version[0] if version else 0), DESK_SCOPE}
    for change in found:
        assert change.scope in scopes, (
            f"P20: {change.table} {change.pk} of {change.scope} went to {letter.member}, who reads {sorted(scopes)}"
        )


def check_p21_actor(history: History) -> None:
    """Every event's actor is the member of the device that sent its command; what follows by itself has none."""
    for event in map(msgspec.json.decode, history.oracle.bodies("event")):
        receipt = history.oracle.receipts.get(event["command"])
        if receipt is not None:
            assert event["actor"] in (receipt.member, ""), (
                f"P21: {event['command']} of {receipt.member} ran as {event['actor']}"
            )


def check_p22_instants(history: History) -> None:
    """No event lies after its receipt, none before the last contact that its command names."""
    new = {receipt.command: receipt for receipt in history.oracle.new_receipts}
    commits = {receipt.commit for receipt in new.values()}
    for change in history.oracle.changes:
        if change.table != "event" or change.op != "put" or change.commit_seq not in commits:
            continue
        event = msgspec.json.decode(change.row)
        receipt = new.get(event["command"])
        if receipt is None:
            continue
        at, recorded = _instant(event["at"]), _instant(event["recorded_at"])
        assert at <= recorded, f"P22: {event['id']} lies after its receipt"
        assert at >= recorded - dt.timedelta(days=40), f"P22: {event['id']} lies long before it was given"


def _instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
