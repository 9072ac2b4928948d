"""The journal: what was answered stays for 30 days, so that a server that lost it gets it again; then it is let go (P5, P16, P18)."""

from __future__ import annotations

from desk_client.bootstrap import Client
from desk_client.models.fetching import JOURNAL
from desk_client.models.journal import tidy
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


def rows(client: Client, table: str) -> int:
    """How many rows a table of the outbox has."""
    with client.access.read() as here:
        return int(here.reading.outbox.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
