"""The whole of a member's scopes in pages: resumable, repaired by the pull, never wider than allowed (P24)."""

from __future__ import annotations

import base64

import msgspec
import pytest

from desk_core.commands import AddNote, Close, TakeNext
from desk_core.people import Customer
from desk_core.protocol import SnapshotPage, page_digest
from desk_server.sync import snapshot
from tests.support.server import DESK, Api, Mirror, Refused, RunningServer, digests_of


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven rows a page, so that a small desk has many pages."""
    real = snapshot.page
    monkeypatch.setattr(snapshot, "page", lambda raw, reader, token, _rows: real(raw, reader, token, 7))


def folded(pages: list[SnapshotPage]) -> Mirror:
    mirror = Mirror()
    for page in pages:
        assert page.digest == page_digest(page.rows)
        mirror.fold(page.rows)
    return mirror


@pytest.mark.usefixtures("small_pages")
def test_p24_an_interrupted_snapshot_goes_on_and_equals_a_whole_one(server: RunningServer) -> None:
    server.desks.put_parties(DESK, [Customer(id=f"k{n}", name=f"Company {n}") for n in range(30)])
    anna = server.client("anna")
    for _ in range(5):
        anna.log()
    whole = anna.snapshot()
    assert len(whole) > 5
    assert whole[0].total == sum(len(page.rows) for page in whole)
    before, token = whole[:3], whole[2].token
    again = server.client("anna")
    after = [again.snapshot_page(token)]
    while after[-1].token:
        after.append(again.snapshot_page(after[-1].token))
    assert folded(before + after).digests() == folded(whole).digests() == digests_of(anna.digest())


@pytest.mark.usefixtures("small_pages")
def test_p24_what_moves_during_a_snapshot_is_repaired_by_the_pull(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    for _ in range(6):
        anna.log()
    mirror, page = Mirror(), ben.snapshot_page()
    ben.cursor = page.cursor
    while True:
        mirror.fold(page.rows)
        anna.log()
        ticket = anna.applied(TakeNext())[0].result["ticket"]
        anna.applied(Close(ticket=ticket, summary="done"), AddNote(ticket=ticket, text="and told"))
        if not page.token:
            break
        page = ben.snapshot_page(page.token)
    mirror.fold(ben.pull_all())
    assert mirror.digests() == digests_of(ben.digest())


def test_what_a_person_needs_first_comes_first(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.log()
    tables = [row.table for page in anna.snapshot() for row in page.rows]
    assert tables[0] == "policy"
    assert tables.index("ticket") < tables.index("customer") < tables.index("event")


def widened(token: str, scopes: tuple[str, ...]) -> str:
    """A token that somebody tampered with."""
    parts = snapshot.from_text(token)
    return snapshot.to_text(msgspec.structs.replace(parts, scopes=scopes))


@pytest.mark.usefixtures("small_pages")
def test_r01_a_token_that_was_tampered_with_opens_nothing(server: RunningServer) -> None:
    ticket = server.client("carla").log(department="customer_service")
    anna = server.client("anna")
    token = widened(anna.snapshot_page().token, ("customer_service", "technical_support"))
    seen: list[tuple[str, str]] = []
    while token:
        page = anna.snapshot_page(token)
        seen += [(row.table, row.pk) for row in page.rows]
        token = page.token
    assert ("ticket", ticket) not in seen


@pytest.mark.parametrize(
    "token", ["?", "AAAA", base64.urlsafe_b64encode(b'[["e",1,"a",1],99,""]').decode(), "\u00e4", "e30"]
)
def test_a_token_that_is_none_is_refused_in_words(server: RunningServer, token: str) -> None:
    with pytest.raises(Refused) as refused:
        server.client("anna").snapshot_page(token)
    assert (refused.value.status, refused.value.problem.code) == (400, "bad_token")


@pytest.mark.usefixtures("small_pages")
def test_a_snapshot_of_another_history_begins_anew(server: RunningServer) -> None:
    anna: Api = server.client("anna")
    parts = snapshot.from_text(anna.snapshot_page().token)
    for stale in (
        msgspec.structs.replace(parts, cursor=msgspec.structs.replace(parts.cursor, log_epoch="another")),
        # By hand, to between the beginning and the last page: that page may have brought what was lost (P17; seed 50039).
        msgspec.structs.replace(parts, anchor="00"),
        msgspec.structs.replace(parts, seen=parts.seen + 1),
    ):
        with pytest.raises(Refused) as refused:
            anna.snapshot_page(snapshot.to_text(stale))
        assert refused.value.status == 409
