"""Promises that are judged by what lies on a machine's disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from desk_client.models import overlay, waiting
from desk_client.models.columns import BASE_COLUMNS, OVERLAY_COLUMNS
from desk_client.models.view import LocalView
from desk_core.calls import Call
from desk_core.events import Event
from desk_core.protocol import DESK_SCOPE, PullReply, SnapshotPage, WireCommand, row_hash
from desk_core.tickets import Ticket
from tests.simulation.machine import Machine
from tests.simulation.wire import Letter

if TYPE_CHECKING:
    from tests.simulation.history import History

_ENTITIES: dict[str, Any] = {
    "ticket": msgspec.json.Decoder(Ticket),
    "call": msgspec.json.Decoder(Call),
    "event": msgspec.json.Decoder(Event),
}
Rows = dict[tuple[str, str], tuple[str, int, bytes]]


def base_rows(machine: Machine) -> Rows:
    """Every confirmed row: scope, seq and body by table and id."""
    found: Rows = {}
    with machine.store.cache.commit() as connection:
        for table in BASE_COLUMNS:
            for pk, scope, seq, body in connection.run(f"SELECT id, scope, seq, body FROM {table}").fetchall():
                found[table, pk] = (scope, seq, bytes(body))
    return found


def _overlay_rows(connection: Any) -> set[tuple[Any, ...]]:
    found: set[tuple[Any, ...]] = set()
    for table in OVERLAY_COLUMNS:
        rows = connection.run(f"SELECT * FROM overlay_{table}").fetchall()
        # Decoded: a value that equals its default may be written or left out.
        found |= {(table, *row[:-1], str(_ENTITIES[table].decode(row[-1]))) for row in rows}
    return found


def _commands(machine: Machine) -> dict[str, WireCommand]:
    with machine.store.outbox.commit() as connection:
        rows = connection.run("SELECT id, body FROM command").fetchall()
    return {str(row[0]): msgspec.json.decode(row[1], type=WireCommand) for row in rows}


def check_p04_shown_numbers_are_kept(history: History, machine: Machine) -> None:  # noqa: ARG001 - as every check
    """Every number that was shown here is in the outbox with its command, and none was shown for two."""
    commands = _commands(machine)
    for command, number in machine.ledger.numbers.items():
        assert command in commands, f"P4: {machine.name} showed {number} for {command}, which is not in its outbox"
        kept = msgspec.json.decode(commands[command].args)
        assert kept["reference"] == number, f"P4: {number} was shown for {command}, which has {kept['reference']}"
    numbers = list(machine.ledger.numbers.values())
    assert len(set(numbers)) == len(numbers), f"P4: {machine.name} showed a number twice"


def check_p05_nothing_vanishes(history: History, machine: Machine) -> None:
    """Every command that was shown as accepted is applied, refused and visible (or put away by its member), or pending."""
    store = machine.store
    commands, pending = _commands(machine), {kept.command.id for kept in store.pending}
    put_away = store.outbox.replacements()
    with machine.access.read() as here:
        visible = {item.command.id for item in waiting.items(here.reading)}
    for command in machine.ledger.commands:
        assert command in commands, f"P5: {machine.name} lost {command}"
        receipt = history.oracle.receipts.get(command)
        if command in pending:
            assert command in visible or command in put_away or _answered(machine, command), (
                f"P5: {command} is pending and not shown"
            )
        elif receipt is None and _in_step(history, machine):
            assert command in put_away or command in visible, (
                f"P5: {command} is settled on {machine.name} and unknown to the server"
            )
        elif receipt is not None and receipt.outcome == "refused" and _in_step(history, machine):
            assert command in visible or command in put_away, f"P5: the refusal of {command} is not shown"


def _in_step(history: History, machine: Machine) -> bool:
    """Whether the machine knows of every restore of the server, and has given back what that lost."""
    store = machine.store
    return history.oracle.holds(store.cursor()) and not store.outbox.identity("anew")


def _answered(machine: Machine, command: str) -> bool:
    hint = machine.store.outbox.hints().get(command)
    return hint is not None and hint.outcome != "refused"


def check_p07_reader_sees_the_log(history: History, machine: Machine) -> None:
    """The confirmed rows are the fold of the log up to the cursor in the member's scope, no more and no less (P7, P9, P23, P24)."""
    store, oracle = machine.store, history.oracle
    cursor = store.cursor()
    if store.cache.fact("complete") != "1" or store.cache.fact("adding") or not oracle.knows(cursor, machine.member):
        return
    if cursor.commit_seq < history.memory.moving.get(str(store.folder.path), 0):
        return
    if store.cache.fact("agreed_at") == history.memory.torn.get(str(store.folder.path)):
        return
    expected = oracle.fold(oracle.scopes(machine.member, cursor.scope_version), cursor.commit_seq)
    found = base_rows(machine)
    # The own member's departments come with the page that says so, before the member's row.
    found.pop(("member", machine.member), None)
    expected.rows.pop(("member", machine.member), None)
    # Without the seq: a snapshot's row bears that of a move which other scopes alone were told of.
    found = {key: (scope, 0, body) for key, (scope, _, body) in found.items()}
    wanted = {key: (c.scope, 0, bytes(c.row)) for key, c in expected.rows.items()}
    if found != wanted:
        keys = [key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key)]
        one = min(keys)
        raise AssertionError(
            f"P7, P9: {machine.name} at {cursor.commit_seq} differs from the log in {len(keys)} rows: "
            f"{one} {str(found.get(one))[:300]} instead of {str(wanted.get(one))[:300]}"
        )


def check_p09_view(history: History, machine: Machine) -> None:  # noqa: ARG001 - as every check
    """What the overlay shows is what the pending commands make of the confirmed rows, from an empty overlay."""
    store = machine.store
    if store.policy is None or store.member is None or store._stale:
        return
    cache = store.cache
    with cache.commit() as connection:
        shown = _overlay_rows(connection)
        connection.run("SAVEPOINT shown")
        for table in OVERLAY_COLUMNS:
            connection.run(f"DELETE FROM overlay_{table}")
        view = LocalView(connection, store.policy, store.member)
        for kept in store.shown():
            overlay.replay(connection, view, kept, store.member)
        replayed = _overlay_rows(connection)
        connection.run("ROLLBACK TO shown")
        connection.run("RELEASE shown")
    if shown != replayed:
        extra, lacking = sorted(map(str, shown - replayed))[:1], sorted(map(str, replayed - shown))[:1]
        raise AssertionError(f"P9: the overlay of {machine.name} shows {extra} and not {lacking}")


def check_p10_verdict_with_effects(history: History, machine: Machine) -> None:
    """A command of this device is settled exactly when the cursor has passed its commit.

    What was carried out before a snapshot began came with that; its verdict comes when it is sent again. A refusal has no effects: after
    a restore it stays as it was given (it is not offered again), while a copy of the machine may have had it judged anew, even in a commit
    of the same number. Nor is it a matter of this machine what a copy of it sent as the same device.
    """
    store = machine.store
    cursor = store.cursor()
    if store.cache.fact("complete") != "1" or not history.oracle.holds(cursor):
        return
    device = store.outbox.identity("device_id")
    for kept in store.pending:
        receipt = history.oracle.receipts.get(kept.command.id)
        if receipt is not None and receipt.device == device and not store.receipts_owed:
            passed = receipt.commit <= cursor.commit_seq
            in_snapshot = receipt.commit <= history.memory.moving.get(str(store.folder.path), 0)
            assert not passed or in_snapshot, f"P10: the effects of {kept.command.id} are here, its verdict is not"
    with store.cache.commit() as connection:
        settled = connection.run("SELECT id, commit_seq FROM settled").fetchall()
    own = _commands(machine)
    for command, seq in settled:
        receipt = history.oracle.receipts.get(command)
        if command not in own or receipt is None or receipt.commit != seq:
            continue
        if receipt.outcome != "refused" or not history.counts["restore_server"]:
            assert seq <= cursor.commit_seq, f"P10: {command} of {seq} is settled at {cursor.commit_seq}"


def remember(history: History, letter: Letter) -> None:
    """A snapshot's page brings rows of beyond its cursor: until the cursor has passed them the base is between two states."""
    if letter.told is None or not letter.machine.signed_in:
        return
    if letter.machine.works_for(letter) and isinstance(letter.meant, SnapshotPage):
        history.memory.moving[str(letter.machine.store.folder.path)] = history.oracle.head


def check_p11_monotonic(history: History, machine: Machine) -> None:
    """The cursor goes back only when the server has sent it back."""
    if not machine.signed_in:
        return
    cursor, key = machine.store.cursor(), str(machine.store.folder.path)
    if not history.oracle.holds(cursor) or machine.store.outbox.identity("anew"):
        # Of a log that was lost: a reset will come. Or one came, and the snapshot's cursor counts, wherever the old cache stands: a log
        # that was lost can grow again to what it was.
        history.memory.cursors.pop(key, None)
        return
    epoch, seq = history.memory.cursors.get(key, ("", 0))
    if epoch == cursor.log_epoch:
        assert cursor.commit_seq >= seq, f"P11: {machine.name} went back from {seq} to {cursor.commit_seq}"
    history.memory.cursors[key] = (cursor.log_epoch, cursor.commit_seq)


def token_of(machine: Machine) -> str:
    """The token with which a machine works."""
    at = machine.runner._at
    return at.token if at else ""


def check_p13_digests(history: History, machine: Machine) -> None:
    """In a quiet network the confirmed rows are the server's: count and XOR of the hashes, per table and scope."""
    session = history.server.session(token_of(machine))
    assert session is not None, f"P13: {machine.name} has no session"
    digest = history.server.digest(session.reader)
    wanted = {(d.table, d.scope, d.count, d.xor) for d in digest.digests}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for (table, pk), (scope, _, body) in base_rows(machine).items():
        count, xor = found.get((table, scope), (0, 0))
        found[table, scope] = (count + 1, xor ^ row_hash(table, pk, body))
    here = {(table, scope, count, f"{xor:016x}") for (table, scope), (count, xor) in found.items()}
    assert machine.store.cursor().commit_seq == digest.commit_seq, (
        f"P13: {machine.name} is not at the head with {machine.runner.engine}"
    )
    assert here == wanted, f"P13: {machine.name} differs from the server in {sorted(here ^ wanted)[:3]}"


def check_p08_replay_changes_nothing(history: History, letter: Letter) -> str:
    """A page that is applied a second time changes nothing."""
    machine, page = letter.machine, letter.meant
    history.hand_over(letter)
    if not isinstance(page, PullReply) or not machine.signed_in or page.reset or page.scope_purge or page.scope_add:
        return "not a page"
    if machine.store.cursor() != page.cursor:
        return "not applied"
    before = (base_rows(machine), [kept.command.id for kept in machine.store.pending])
    machine.access.pages.page(page)
    assert (base_rows(machine), [kept.command.id for kept in machine.store.pending]) == before, (
        "P8: a page changed something again"
    )
    return "twice"


def kept_over_a_reset(letter: Letter) -> object:
    """What a reset must leave as it is, when this answer is one."""
    if not isinstance(letter.meant, PullReply) or not letter.meant.reset or not letter.machine.signed_in:
        return None
    with letter.machine.store.outbox.commit() as connection:
        tables = [
            connection.run(f"SELECT * FROM {table}").fetchall() for table in ("command", "put_away", "number_block")
        ]
        who = connection.run("SELECT key, value FROM identity WHERE key IN ('device_id', 'member', 'token')").fetchall()
    with letter.machine.store.cache.commit() as connection:
        settled = connection.run("SELECT * FROM settled").fetchall()
    return [[tuple(row) for row in rows] for rows in (*tables, who, settled)]


def check_p16_reset_keeps(before: object, letter: Letter) -> None:
    """A reset keeps outbox, journal, verdicts, identity and numbers; the old cache serves on until the new one is whole (P24)."""
    if before is None or not letter.machine.signed_in:
        return
    assert kept_over_a_reset(letter) == before, f"P16: a reset of {letter.machine.name} lost something"
    check_p24_old_cache_serves(letter.machine, True)


def check_p24_old_cache_serves(machine: Machine, was_complete: bool) -> None:
    """While everything is fetched anew the old cache is whole."""
    if was_complete and machine.store.folder.next_cache.exists() and machine.store.cursor().log_epoch:
        assert machine.store.cache.fact("complete") == "1", (
            f"P24: the cache of {machine.name} is gone before the new one is there"
        )


def is_downloading(machine: Machine) -> bool:
    """Whether a machine that may do so fetches everything, page by page."""
    store = machine.store
    whole = (
        store.cache.fact("complete") == "1" and not store.folder.next_cache.exists() and not store.cache.fact("adding")
    )
    return not whole and not machine.runner.engine.stopped


def check_p12_lanes(history: History, machine: Machine, blocked: str) -> None:
    """While one lane was blocked for minutes the other one got done; nothing is sent to another epoch before its snapshot is here."""
    engine, store = machine.runner.engine, machine.store
    if engine.stopped or (blocked == "pull" and store.cursor().log_epoch not in ("", history.oracle.epoch)):
        return
    if blocked == "push":
        assert store.cursor().commit_seq == history.oracle.head, (
            f"P12: {machine.name} does not read on while its push is blocked"
        )
        return
    hints = store.outbox.hints()
    with machine.access.read() as here:
        waits = [
            i.command.id
            for i in waiting.items(here.reading)
            if i.state in ("waiting", "sent") and i.command.id not in hints
        ]
    assert not waits, f"P12: {machine.name} does not send while its pull is blocked: {waits[:3]}"


def check_p23_nothing_deleted(machine: Machine, before: Rows) -> None:
    """An answer that cannot be read has deleted and changed nothing."""
    assert base_rows(machine) == before, f"P23: a damaged answer changed rows of {machine.name}"


def may_go(machine: Machine) -> bool:
    """Whether something of this machine waits that may be sent."""
    if not machine.signed_in:
        return False
    with machine.access.read() as here:
        return any(item.state in ("waiting", "sent") for item in waiting.items(here.reading))


def check_p15_all_is_judged(history: History, machine: Machine) -> None:
    """At the end nothing waits but what depends on a refusal that its member has not looked at (P5, P15, P19)."""
    with machine.access.read() as here:
        items = waiting.items(here.reading)
    waits = [item.command.id for item in items if item.state in ("waiting", "sent")]
    assert not waits, f"P15: {machine.name} still has {waits[:5]} with {machine.runner.engine}"
    unjudged = [i for i in machine.ledger.commands if i not in history.oracle.receipts]
    held = {item.command.id for item in items if item.state == "held"}
    refused = {item.command.id for item in items if item.state == "refused"}
    lost = [i for i in unjudged if i not in held | refused and i not in machine.store.outbox.replacements()]
    assert not lost, f"P5: {lost[:5]} of {machine.name} never reached the server"


def check_p20_nothing_outside_the_scope(history: History, machine: Machine) -> None:
    """No row on the disk lies outside the scope of the cursor; the full text knows no ticket but those.

    A snapshot during which the scope changed has its later pages in the new scope; the pull from its cursor purges and adds the rest.
    """
    cursor = machine.store.cursor()
    if not cursor.log_epoch or not history.oracle.knows(cursor, machine.member):
        return
    amid = cursor.commit_seq < history.memory.moving.get(str(machine.store.folder.path), 0)
    later = history.oracle.versions(machine.member, cursor.scope_version) if amid else ()
    versions = {cursor.scope_version, *later}
    scopes = {DESK_SCOPE, *(scope for each in versions for scope in history.oracle.scopes(machine.member, each))}
    for (table, pk), (scope, _, _) in base_rows(machine).items():
        assert scope in scopes, f"P20: {machine.name} holds {table} {pk} of {scope}"
    with machine.store.cache.commit() as connection:
        texts = connection.run("SELECT rowid FROM ticket_text").fetchall()
        docs = {row[0] for row in connection.run("SELECT doc FROM ticket").fetchall()}
    assert {row[0] for row in texts} <= docs, f"P20: the full text of {machine.name} knows a ticket that is not here"
