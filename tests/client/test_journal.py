"""The journal: what was answered stays for 30 days, so that a server that lost it gets it again; then it is let go (P5, P16, P18)."""

from __future__ import annotations

import datetime as dt

from desk_client.bootstrap import Client
from desk_client.models.fetching import JOURNAL, Fetching
from desk_client.models.journal import carry_over, tidy
from desk_client.models.store import Store
from desk_client.sync import engine as e
from tests.client.conftest import HandClock, Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.waiting import until


def compare(client: Client) -> None:
    """Let the digests be compared, and wait for it."""
    client.access.act(lambda store: store.cache.note(agreed_at="")).result(5)
    client.network._put(e.TimeUp("check"))
    until(lambda: client.access.act(lambda store: store.cache.fact("agreed_at")).result(5), "both sides to agree")


def test_after_thirty_days_the_journal_lets_go_and_everything_goes_on(
    open_client: Open, server: MemoryServer, clock: HandClock
) -> None:
    ada = sign_in(open_client("ada"))
    log(ada)
    assert ada.status.sync(20).result(30).reached
    compare(ada)
    given = ada.access.act(lambda store: store.outbox.last()).result(5)
    assert given >= 2
    assert rows(ada, "command") == given, "it is all kept"
    server.advance(days=31)
    clock.advance(31 * 86_400)
    begun = ada.calls.begin("040 1").result(5)
    assert ada.status.sync(20).result(30).reached
    compare(ada)
    assert rows(ada, "command") == rows(ada, "sent") == 1, "only what is younger"
    again = ada.calls.begin("040 2").result(5)
    assert ada.status.sync(20).result(30).reached
    assert {begun.reference, again.reference} <= {call.reference for call in server.calls.values()}, "the seqs go on"
    assert ada.outbox.counts() == (0, 0)


def test_a_refusal_that_nobody_has_dealt_with_is_never_let_go_p5(
    open_client: Open, server: MemoryServer, clock: HandClock
) -> None:
    ada = sign_in(open_client("ada"))
    _, ticket = log(ada)
    assert ada.status.sync(20).result(30).reached
    server.offline = True
    ada.tickets.note(ticket, "Too late").result(5)
    del server.tickets[ticket]
    server.offline = False
    assert ada.status.sync(20).result(30).reached
    (refused,) = ada.outbox.needs_attention()
    server.advance(days=40)
    clock.advance(40 * 86_400)
    ada.calls.begin("040 1").result(5)
    assert ada.status.sync(20).result(30).reached
    ada.access.act(lambda store: tidy(store.outbox, store.cache, store.clock.now() - JOURNAL)).result(5)
    assert rows(ada, "command") == 2, "the refusal and what is younger"
    assert {u.id for u in ada.outbox.needs_attention()} == {refused.id}


def test_p18_a_wall_clock_a_year_ahead_hides_nothing_that_the_server_may_have_lost(
    open_client: Open, clock: HandClock
) -> None:
    """The machine is started anew with a wrong clock amid the way back: the journal's thirty days end at the last contact. (Seed 30100 of
    the simulation.)"""
    ada = sign_in(open_client("ada"))
    log(ada)
    assert ada.status.sync(20).result(30).unsent == 0
    clock.boot, clock.time = "boot-2", clock.time + dt.timedelta(days=365)

    def asked(store: Store) -> tuple[int, int]:
        fetching = Fetching(store)
        fetching.reset("EPOCH")
        store.open_next().note(complete="1")
        wanted = fetching.receipts_wanted()
        fetching.close()
        store.outbox.identify(anew="")
        store.folder.remove(store.folder.next_cache)
        return len(wanted), store.outbox.last()

    wanted, given = ada.access.act(asked).result(5)
    assert wanted == given > 0


def _since(store: Store) -> dt.datetime:
    return store.clock.last_contact() - JOURNAL


def test_p05_a_crash_amid_the_swap_settles_nothing_that_the_server_lost(open_client: Open) -> None:
    """The outbox has let go of what was lost; the old cache, which is still there at the next start, has it settled."""
    ada = sign_in(open_client("ada"))
    log(ada)
    assert ada.status.sync(20).result(30).unsent == 0

    def twice(store: Store) -> tuple[set[str], set[str]]:
        settled = []
        for _ in range(2):
            fresh = store.open_next()
            carry_over(store.outbox, store.cache, fresh, _since(store))
            settled.append(fresh.settled([kept.command.id for kept in store.outbox.commands()]))
            fresh.close()
            store.folder.remove(store.folder.next_cache)
        return settled[0], settled[1]

    assert ada.access.act(twice).result(5) == (set(), set()), "all of it is pending again, also the second time"


def rows(client: Client, table: str) -> int:
    """How many rows a table of the outbox has."""
    with client.access.read() as here:
        return int(here.reading.outbox.value(f"SELECT count(*) FROM {table}"))
