"""What follows for the whole store when something came from the server: settled answers, another policy, other rights of its member."""

from __future__ import annotations

import msgspec

from desk_client.models import changes
from desk_client.models.store import Store
from desk_core.people import Member
from desk_core.policy import Policy

_MEMBER = msgspec.json.Decoder(Member)


def policy_of(store: Store) -> Policy:
    """The policy in force."""
    if store.policy is None:
        raise ValueError("no policy: nobody signed in here")
    return store.policy


def settle_known(store: Store, ids: set[str]) -> None:
    """What the server knew already when it was asked, at or below the cursor, comes in no page any more: its effects came with a snapshot,
    or before another device asked for it; so it is settled now (P10). An answer from before the server was restored says nothing (P18)."""
    cursor = store.cursor()
    if cursor.log_epoch:
        store.outbox.only_hints_of(cursor.log_epoch)
    known = {k.command.id for k in store.pending} & ids
    here = [v for v in store.outbox.hints().values() if v.id in known and v.commit_seq <= cursor.commit_seq]
    if not here:
        return
    with store.settling():
        store.cache.settle(here)
        store.forget({v.id for v in here})
        store.rebuild()
    store.outbox.settle(here, cursor.log_epoch)
    store.listeners.tell(changes.OUTBOX, *changes.WORK)


def work_in(store: Store, departments: tuple[str, ...]) -> None:
    """From now on the member works in these departments; the member's row itself may lie on a later page, and stays as it is till then."""
    if store.member is None:
        return
    store.member = msgspec.structs.replace(store.member, departments=departments)
    store.outbox.identify(member=msgspec.json.encode(store.member).decode())
    seq, _ = _own_row(store, store.member.id)
    store.cache.note(rights_newer_than=str(seq))


def _own_row(store: Store, member_id: str) -> tuple[int, bytes | None]:
    with store.cache.commit() as connection:
        row = connection.run("SELECT seq, body FROM member WHERE id = ?", (member_id,)).fetchone()
    return (int(row[0]), bytes(row[1])) if row else (-1, None)


def own_facts(store: Store, what: set[str]) -> None:
    """A new policy ranks everything anew; the member's own row decides by which rights things are decided here."""
    if changes.POLICY in what and store.load_policy():
        store.cache.rank_again(policy_of(store))
    if changes.PEOPLE in what and store.member is not None:
        seq, body = _own_row(store, store.member.id)
        if body is not None and seq > int(store.cache.fact("rights_newer_than") or -1):
            store.member = _MEMBER.decode(body)
            store.outbox.identify(member=body.decode())
