"""Reading the feed: whole commits, verdicts, long poll, resets, scope."""

from __future__ import annotations

import threading
import time
from collections import defaultdict

import httpx
import msgspec
import pytest
import zstandard

from desk_core.commands import AddNote, EndCall, OfferCallBack, TakeNext, Transfer
from desk_core.people import Customer
from desk_core.protocol import PAGE_ROWS, Cursor, PullReply, PushReply, PushRequest, SnapshotPage, cursor_to_text
from desk_core.tickets import Stub
from tests.support.postgres import Cluster
from tests.support.server import DESK, FAULT, Api, Mirror, Refused, RunningServer, digests_of, running_server
from tests.waiting import until

SENTINEL = "sentinel-of-customer-service"


def customers(count: int) -> list[Customer]:
    return [Customer(id=f"k{number:05}", name=f"Company {number}") for number in range(count)]


def test_p8_pages_hold_whole_commits_and_replaying_one_is_a_no_op(server: RunningServer) -> None:
    server.desks.put_parties(DESK, customers(2 * PAGE_ROWS + 500))
    anna = server.client("anna")
    pages: list[PullReply] = []
    while not pages or pages[-1].cursor.commit_seq < pages[-1].head_seq:
        pages.append(anna.pull())
    assert len(pages) >= 3
    of_commit = defaultdict(set)
    for number, page in enumerate(pages):
        assert len(page.changes) <= PAGE_ROWS
        for change in page.changes:
            of_commit[change.commit_seq].add(number)
            assert change.commit_seq <= page.cursor.commit_seq
    assert all(len(numbers) == 1 for numbers in of_commit.values())
    assert anna.pull(pages[0].cursor).changes == pages[1].changes
    mirror = Mirror()
    for page in (pages[0], pages[1], pages[1], *pages[2:]):
        mirror.fold(page.changes)
    assert digests_of(anna.digest()) == mirror.digests()


def test_p10_the_verdict_comes_with_the_page_that_holds_its_effect(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    ticket = anna.log()
    anna.pull_all()
    applied, refused = anna.do(AddNote(ticket=ticket, text="hello"), EndCall(call="nowhere"))
    page = anna.pull()
    assert page.verdicts == (applied, refused)
    assert applied.commit_seq in {c.commit_seq for c in page.changes}
    assert page.cursor.commit_seq >= refused.commit_seq
    assert ben.pull().verdicts == ()


def test_a_poll_is_held_until_a_colleague_does_something(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    ben.pull_all()
    answers: list[PullReply] = []
    thread = threading.Thread(target=lambda: answers.append(ben.pull(wait=20)))
    thread.start()
    until(lambda: server.services.hub.waiting == 1, "Ben's poll to be held")
    started = time.monotonic()
    ticket = anna.log()
    thread.join(10)
    assert time.monotonic() - started < 5
    assert ticket in {c.pk for c in answers[0].changes}


def test_a_poll_sleeps_through_what_happens_in_another_department(server: RunningServer) -> None:
    anna, carla = server.client("anna"), server.client("carla")
    ticket = anna.log()
    carla.pull_all()
    answers: list[PullReply] = []
    thread = threading.Thread(target=lambda: answers.append(carla.pull(wait=2)))
    thread.start()
    until(lambda: server.services.hub.waiting == 1, "Carla's poll to be held")
    (verdict,) = anna.applied(AddNote(ticket=ticket, text=SENTINEL))
    thread.join(10)
    assert answers[0].changes == ()
    assert carla.pull().cursor.commit_seq == verdict.commit_seq


def test_an_empty_poll_answers_at_the_end_of_its_time(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.pull_all()
    reply = anna.pull(wait=0.1)
    assert (reply.changes, reply.verdicts, reply.reset) == ((), (), "")
    assert reply.cursor.commit_seq == reply.head_seq


def test_held_polls_are_let_go_when_the_server_stops(cluster: Cluster) -> None:
    address = cluster.new()
    thread = None
    with running_server(address) as server:
        ben = server.client("ben")
        ben.pull_all()
        answers: list[PullReply] = []
        thread = threading.Thread(target=lambda: answers.append(ben.pull(wait=25)))
        thread.start()
        until(lambda: server.services.hub.waiting == 1, "Ben's poll to be held")
        started = time.monotonic()
        server.stop()
        thread.join(10)
    assert time.monotonic() - started < 5
    assert answers[0].changes == ()
    cluster.drop(address)


def test_a_client_that_leaves_is_not_waited_for(server: RunningServer) -> None:
    ben = server.client("ben")
    ben.pull_all()
    with pytest.raises(httpx.ReadTimeout):
        ben.http.get(
            "/v1/pull", params={"cursor": cursor_to_text(ben.cursor), "wait": 25}, timeout=httpx.Timeout(5, read=0.2)
        )
    until(lambda: server.services.hub.waiting == 0, "the poll to be given up", seconds=5)


# --- resets ------------------------------------------------------------------------------------------------------------------


def test_p17_every_other_history_is_noticed(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.log()
    anna.pull_all()
    here = anna.cursor
    for cursor, reset in (
        (msgspec.structs.replace(here, log_epoch="another"), "EPOCH"),
        (msgspec.structs.replace(here, commit_seq=here.commit_seq + 1), "FUTURE"),
        (msgspec.structs.replace(here, anchor="00"), "DIVERGED"),
    ):
        reply = anna.pull(cursor)
        assert reply.reset == reset
        assert reply.changes == ()
    assert anna.pull(here).reset == ""


def test_a_pruned_feed_sends_old_cursors_to_the_snapshot(server: RunningServer, cluster: Cluster) -> None:
    anna = server.client("anna")
    first = anna.pull().cursor
    anna.log()
    head = anna.pull().cursor
    with cluster.superuser(str(server.database.database)) as connection:
        connection.execute("UPDATE desk SET horizon_seq = head_seq")
        connection.execute("DELETE FROM feed_commit WHERE seq < (SELECT head_seq FROM desk)")
    assert anna.pull(first).reset == "PRUNED"
    assert anna.pull(Cursor()).reset == "PRUNED"
    assert anna.pull(head).reset == ""


def test_a_cursor_that_is_none_is_refused_in_words(server: RunningServer) -> None:
    with pytest.raises(Refused) as refused:
        server.client("anna").ask(PullReply, "GET", "/v1/pull", params={"cursor": "what?"})
    assert refused.value.status == 400


# --- scope -------------------------------------------------------------------------------------------------------------------


def secret_ticket(server: RunningServer) -> tuple[str, str]:
    """A ticket of customer service that is full of a word; its id and reference."""
    carla = server.client("carla")
    fault = msgspec.structs.replace(FAULT, caller=SENTINEL, description=SENTINEL, product=SENTINEL)
    ticket = carla.log(fault=fault, department="customer_service", title=SENTINEL, classification=SENTINEL)
    carla.applied(AddNote(ticket=ticket, text=SENTINEL))
    row = next(c for c in carla.pull_all() if c.table == "stub" and c.pk == ticket)
    return ticket, msgspec.json.decode(row.row, type=Stub).reference


def bodies(api: Api, reference: str) -> list[bytes]:
    """Everything that the server says to a member, unpacked."""
    cursor = cursor_to_text(Cursor())
    found = [
        api.raw("GET", "/v1/pull", params={"cursor": cursor}).content,
        api.raw("GET", "/v1/digest").content,
        api.raw("GET", "/v1/find", params={"reference": reference}).content,
        api.raw("POST", "/v1/receipts", {"ids": []}).content,
    ]
    token = ""
    while True:
        page = api.raw("GET", "/v1/snapshot", params={"token": token})
        found.append(page.content)
        token = msgspec.json.decode(page.content).get("token", "")
        if not token:
            return found


def test_p20_r01_no_word_of_another_department_crosses_the_wire(server: RunningServer) -> None:
    ticket, reference = secret_ticket(server)
    said = b"".join(bodies(server.client("anna"), reference))
    assert SENTINEL.encode() not in said
    assert ticket.encode() in said, "the stub is for everyone"
    assert SENTINEL.encode() in b"".join(bodies(server.client("sam"), reference)), "the supervisor works everywhere"


def test_p20_a_command_on_another_department_gives_nothing_away(server: RunningServer) -> None:
    ticket, _ = secret_ticket(server)
    anna = server.client("anna")
    forged = anna.command(Transfer(ticket=ticket, department="workshop", note="mine"))
    reply = anna.raw("POST", "/v1/push", PushRequest(cursor=Cursor(), commands=(forged,)))
    verdict = msgspec.json.decode(reply.content, type=PushReply).verdicts[0].verdict
    assert verdict.code == "out_of_scope"
    assert SENTINEL.encode() not in reply.content


def mirrored(api: Api) -> Mirror:
    mirror = Mirror()
    mirror.fold(change for page in api.snapshot() for change in page.rows)
    mirror.fold(api.pull_all())
    return mirror


def content(mirror: Mirror) -> set[str]:
    """The tickets whose content is there."""
    return {pk for table, pk in mirror.rows if table == "ticket"}


def test_p7_a_ticket_that_changes_department_takes_its_history_with_it(server: RunningServer) -> None:
    anna, carla, sam = server.client("anna"), server.client("carla"), server.client("sam")
    ticket = anna.log()
    anna.applied(*(EndCall(call=c.pk) for c in anna.pull_all() if c.table == "call"))
    mirrors = {api: mirrored(api) for api in (anna, carla, sam)}
    (verdict,) = anna.applied(Transfer(ticket=ticket, department="customer_service", note="a bill"))
    for api, mirror in mirrors.items():
        page = api.pull()
        moved = [c for c in page.changes if c.table in ("ticket", "event", "call")]
        assert {c.commit_seq for c in moved} == {verdict.commit_seq}, "all in one commit"
        mirror.fold(page.changes)
        assert mirror.digests() == digests_of(api.digest())
    assert content(mirrors[anna]) == set()
    assert content(mirrors[carla]) == content(mirrors[sam]) == {ticket}
    tables = {table for table, _ in mirrors[anna].rows}
    assert "stub" in tables
    assert not {"ticket", "event", "call"} & tables
    kinds = [msgspec.json.decode(r.row)["what"]["event"] for (t, _), r in mirrors[carla].rows.items() if t == "event"]
    assert {"call.rang", "ticket.created", "ticket.transferred"} <= set(kinds)


def test_who_logs_a_call_for_another_department_sees_it_until_it_is_handed_on(server: RunningServer) -> None:
    """A fault of customer service, taken by technical support: its taker holds it until a call back is promised (H-13)."""
    anna, carla = server.client("anna"), server.client("carla")
    ticket = anna.log(call_back=False, department="customer_service")
    mirror = mirrored(anna)
    assert content(mirror) == {ticket}
    assert content(mirrored(carla)) == {ticket}
    anna.applied(OfferCallBack(ticket=ticket))
    mirror.fold(anna.pull_all())
    assert content(mirror) == set()
    (call,) = [pk for table, pk in mirror.rows if table == "call"]
    assert mirror.digests() == digests_of(anna.digest())
    anna.applied(EndCall(call=call))
    mirror.fold(anna.pull_all())
    assert not [pk for table, pk in mirror.rows if table == "call"], "a finished call is its department's alone"
    assert mirror.digests() == digests_of(anna.digest())


def test_r05_p20_a_member_who_changes_departments_purges_and_fetches(server: RunningServer) -> None:
    anna, carla = server.client("anna"), server.client("carla")
    support, service = anna.log(), carla.log(department="customer_service")
    mirror = mirrored(anna)
    held = TakeNext()
    server.desks.set_departments(DESK, "anna", ("customer_service", "sales"))
    page = anna.pull()
    assert page.changes == ()
    assert set(page.scope_purge) == {"technical_support"}
    assert set(page.scope_add) == {"customer_service", "sales"}
    assert page.departments == ("customer_service", "sales")
    mirror.purge(page.scope_purge)
    added = anna.snapshot_page(scopes=",".join(page.scope_add))
    assert {c.table for c in added.rows} == {"ticket", "event", "call"}
    mirror.fold(added.rows)
    mirror.fold(anna.pull_all())
    assert content(mirror) == {service}
    assert mirror.digests() == digests_of(anna.digest())
    assert anna.do(held)[0].result["ticket"] == service
    assert support not in {c.pk for c in anna.pull_all() if c.table == "ticket"}


def test_p7_p20_a_snapshot_over_two_changes_of_scope_ends_with_what_its_reader_may_have(server: RunningServer) -> None:
    """In the middle of it anna works elsewhere for a moment: what came meanwhile goes, what was left out meanwhile comes."""
    anna, carla = server.client("anna"), server.client("carla")
    support, _ = anna.log(), carla.log(department="customer_service")

    def page(token: str) -> SnapshotPage:
        return anna.ask(SnapshotPage, "GET", "/v1/snapshot", params={"token": token, "rows": "2"})

    mirror, first = Mirror(), page("")
    anna.cursor, token = first.cursor, first.token
    mirror.fold(first.rows)
    server.desks.set_departments(DESK, "anna", ("customer_service",))
    while token:
        following = page(token)
        mirror.fold(following.rows)
        token = following.token
    assert content(mirror) != {support}
    server.desks.set_departments(DESK, "anna", ("technical_support",))
    rescoped = anna.pull()
    mirror.purge(rescoped.scope_purge)
    assert not {row.scope for row in mirror.rows.values()} & {"customer_service"}
    mirror.fold(anna.snapshot_page(scopes=",".join(rescoped.scope_add)).rows)
    mirror.fold(anna.pull_all())
    assert content(mirror) == {support}
    assert mirror.digests() == digests_of(anna.digest())


def test_p17_p20_a_scope_that_was_lost_with_a_restore_never_comes_again(
    server: RunningServer, cluster: Cluster
) -> None:
    """Put back by hand to just before anna's departments changed, and changed otherwise then. (Seeds 30160 and 30161 of the simulation.)"""
    anna = server.client("anna")
    anna.pull_all()
    server.desks.set_departments(DESK, "anna", ("customer_service",))
    anna.pull()
    with cluster.superuser(str(server.database.database)) as behind:
        behind.execute("DELETE FROM member_scope WHERE member = 'anna' AND version > 1")
        behind.execute("UPDATE member SET scope_version = 1 WHERE id = 'anna'")
    server.clock.advance(seconds=1)
    server.desks.set_departments(DESK, "anna", ("sales",))
    assert anna.pull().reset == "DIVERGED"


def test_r04_rights_are_those_at_arrival(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    offline = anna.command(Transfer(ticket=ticket, department="workshop", note="repair"))
    server.desks.set_departments(DESK, "anna", ("sales",))
    assert anna.push(offline).verdicts[0].verdict.code == "out_of_scope"


def test_a_department_that_is_not_ones_own_cannot_be_fetched(server: RunningServer) -> None:
    with pytest.raises(Refused) as refused:
        server.client("anna").snapshot_page(scopes="customer_service")
    assert refused.value.status == 404


def test_pages_are_packed_for_clients_that_can_unpack(server: RunningServer) -> None:
    server.desks.put_parties(DESK, customers(200))
    anna = server.client("anna")
    with anna.http.stream("GET", "/v1/pull", headers={"Accept-Encoding": "zstd"}) as stream:
        packed = b"".join(stream.iter_raw())
        assert stream.headers["content-encoding"] == "zstd"
    page = msgspec.json.decode(zstandard.ZstdDecompressor().decompressobj().decompress(packed), type=PullReply)
    assert len(page.changes) > 200
    plain = anna.http.get("/v1/pull", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
