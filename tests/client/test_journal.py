"""The journal: what was answered stays for 30 days, so that a server that lost it gets it again; then it is let go (P5, P16, P18)."""

from __future__ import annotations

import contextlib
import datetime as dt
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

from desk_client.bootstrap import Client
from desk_client.models import waiting
from desk_client.models.errors import DiskFull
from desk_client.models.fetching import JOURNAL, Fetching
from desk_client.models.journal import carry_over, tidy
from desk_client.models.store import Store
from desk_client.sync import engine as e
from desk_core.protocol import Verdict
from tests.client.conftest import SERVER, HandClock, Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.simulation.checks_client import check_p09_view
from tests.simulation.disk import Disk
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


def test_p05_a_cache_that_lost_an_answer_in_a_power_cut_has_the_last_word(open_client: Open) -> None:
    """An answer that came without a page moves no cursor: the outbox's mark alone does not say that it is settled. (Seed 50076.)"""
    ada = sign_in(open_client("ada"))
    log(ada)
    assert ada.status.sync(20).result(30).unsent == 0

    def cut(store: Store) -> tuple[list[str], list[str]]:
        marked = store.outbox.marked()
        with store.cache.commit() as cache:
            cache.run("DELETE FROM settled")
        store.find_pending()
        return marked, [kept.command.id for kept in store.pending]

    marked, pending = ada.access.act(cut).result(5)
    assert marked
    assert sorted(marked) == sorted(pending)


def test_p15_what_another_machine_sent_is_held_here_by_the_refusal_that_it_needs(
    open_client: Open, server: MemoryServer
) -> None:
    """Its answer went with a restore of the server, and from here it was never sent: it is not on its way. (Seed 50138.)"""
    ada = sign_in(open_client("ada"))
    server.offline = True
    _, ticket = log(ada)
    ada.tickets.note(ticket, "And noisy").result(5)

    def copied(store: Store) -> str:
        asked = store.pending[-1].command
        cause, note = asked.causes[-1], asked.id
        refusal = Verdict(id=cause, outcome="refused", commit_seq=9, code="not_found", text="There is no such call.")
        store.outbox.hint([Verdict(id=note, outcome="applied", commit_seq=9)], "epoch-1")
        store.outbox.hint([refusal], "epoch-2")
        return note

    def state() -> str:
        with ada.access.read() as here:
            return {i.command.id: i.state for i in waiting.items(here.reading)}[note]

    note = ada.access.act(copied).result(5)
    assert state() == "held"
    ada.access.act(lambda store: store.outbox.sequence("as another device", [note], store.clock.now())).result(5)
    assert state() == "held", "nor was it sent as this device (seed 50240)"


def test_p05_p18_p24_a_disk_that_fails_at_any_write_of_the_swap_is_asked_again(
    open_client: Open, server: MemoryServer
) -> None:
    """The new cache is there in the end, what was lost is pending, and it is said that something is to be sent. (Seeds 50015, 50036.)"""
    ada = sign_in(open_client("ada"))
    log(ada)
    assert ada.status.sync(20).result(30).unsent == 0
    server.offline = True
    disk = Disk()

    def swap(store: Store, write: int) -> bool:
        fetching = Fetching(store)
        fetching.reset("EPOCH")
        store.open_next().note(complete="1", offered="1")
        said = []
        for left in (write, 1_000):
            with disk.watched(), disk.full(left), contextlib.suppress(DiskFull):
                said.append(fetching.state().swapped)
            if left == write:
                failed = disk.happened
        assert (said[-1], store.outbox.identity("anew"), store.cache.fact("offered")) == (not said[:-1], "", "1")
        assert len(store.pending) == store.outbox.last()
        with store.readers.read() as reading:
            assert len(waiting.items(reading)) == store.outbox.last()
        return failed

    assert all(ada.access.act(partial(swap, write=at)).result(5) for at in (2, 7, 12, 17, 22))


def test_p09_a_disk_that_fails_amid_a_page_of_a_download_changes_nothing(
    open_client: Open, server: MemoryServer
) -> None:
    """The rows of a first download's page and what is shown on top of them are one transaction. (Seed 50122.)"""
    ada = sign_in(open_client("ada"))
    log(ada)
    assert ada.status.sync(20).result(30).unsent == 0
    server.offline = True
    log(ada)
    disk = Disk()

    def fetch(store: Store, write: int) -> bool:
        store.cache.note(complete="", snapshot_token="", snapshot_cursor="")
        fetching = Fetching(store)
        fetching.state()
        server.offline = False
        page = server.snapshot(SERVER, ada.network._at.token, "", (), 2_000)  # type: ignore[union-attr]
        server.offline = True
        with disk.watched(), disk.full(write), contextlib.suppress(DiskFull):
            fetching.snapshot(page)
        assert (store.cache.fact("complete") == "1") != disk.happened
        check_p09_view(cast("Any", None), cast("Any", SimpleNamespace(name="ada", store=store)))
        return disk.happened

    writes = 1
    while ada.access.act(partial(fetch, write=writes)).result(5):
        writes += 3
    assert writes > 9


def rows(client: Client, table: str) -> int:
    """How many rows a table of the outbox has."""
    with client.access.read() as here:
        return int(here.reading.outbox.value(f"SELECT count(*) FROM {table}"))
