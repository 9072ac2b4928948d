"""Ten seconds to take back what was given: unsent, on the disk, sent after a crash, in the order in which it was given (26)."""

from __future__ import annotations

import pytest

from desk_client.bootstrap import Client
from desk_client.services.errors import DeskError
from desk_core import commands as c
from tests.client.conftest import HandClock, Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.client.test_working import both
from tests.waiting import until


@pytest.fixture
def spec(ada: Client, open_client: Open) -> Client:
    """The specialist's client; one ticket is in hand."""
    spec = sign_in(open_client("spec"), "spec")
    log(ada)
    both(ada, spec)
    spec.tickets.take_next().result(20)
    return spec


def in_hand(server: MemoryServer) -> str:
    return next(t.id for t in server.tickets.values() if t.holder == "spec")


def names(server: MemoryServer, ticket: str) -> list[str]:
    """What was sent about a ticket after it was taken."""
    sent = [w.name for w in server.pushed if ticket.encode() in bytes(w.args)]
    return [name for name in sent if name not in ("log_call", "offer_call_back", "put_through")]


def test_26_a_reply_is_on_the_disk_and_is_sent_when_ten_seconds_are_over(
    spec: Client, server: MemoryServer, clock: HandClock
) -> None:
    ticket = in_hand(server)
    given = spec.graces.give(c.Reply(ticket=ticket, text="It leaves today.")).result(5)
    assert given.held
    both(spec)
    assert names(server, ticket) == []
    assert [u.id for u in spec.outbox.pending()] == [given.command]
    assert spec.graces.held() == {given.command: 10.0}
    clock.advance(9)
    both(spec)
    assert (names(server, ticket), spec.graces.held()) == ([], {given.command: 1.0})
    clock.advance(1)
    spec.graces.ended()
    until(lambda: not spec.outbox.all(), "everything to be sent", 20)
    assert (names(server, ticket), spec.graces.held(), spec.outbox.all()) == (["reply"], {}, ())


def test_26_what_is_taken_back_was_never_given(spec: Client, server: MemoryServer, clock: HandClock) -> None:
    """Nothing of it reaches the server; a note that was written meanwhile stays, what builds on it goes with it."""
    ticket = in_hand(server)
    reply = spec.graces.give(c.Reply(ticket=ticket, text="To the wrong person")).result(5).command
    spec.tickets.note(ticket, "She needs it on Friday.").result(5)
    spec.graces.give(c.WaitForCustomer(ticket=ticket)).result(5)
    spec.graces.take_back(reply).result(5)
    assert {u.name for u in spec.outbox.pending()} <= {"add_note"}, "which may have gone by now"
    clock.advance(20)
    until(lambda: names(server, ticket) == ["add_note"], "the note", 20)
    both(spec)
    assert names(server, ticket) == ["add_note"]
    assert server.tickets[ticket].status == "open"
    gone = spec.graces.give(c.Reply(ticket=ticket, text="It leaves today.")).result(5).command
    clock.advance(10)
    spec.graces.ended()
    until(lambda: "reply" in names(server, ticket), "the reply", 20)
    with pytest.raises(DeskError, match="on its way"):
        spec.graces.take_back(gone).result(5)


def test_26_what_was_given_after_it_waits_behind_it_p3(spec: Client, server: MemoryServer, clock: HandClock) -> None:
    """A fact about the same ticket keeps its place; other tickets wait for nobody."""
    ticket = in_hand(server)
    spec.graces.give(c.AttemptCallBack(ticket=ticket, reached=True)).result(5)
    spec.tickets.log_time(ticket, 5).result(5)
    _, other = log(spec)
    both(spec)
    assert (names(server, ticket), other in server.tickets) == ([], True)
    clock.advance(10)
    spec.graces.ended()
    until(lambda: not spec.outbox.all(), "everything to be sent", 20)
    assert names(server, ticket) == ["attempt_call_back", "log_time"]


def test_26_what_must_be_decided_now_sends_what_it_builds_on_first_p3(
    ada: Client, spec: Client, server: MemoryServer
) -> None:
    """Take next does not ask for the next ticket while the one before seems to be open; a reply changes no order, and may still be taken
    back meanwhile."""
    first = in_hand(server)
    _, second = log(ada)
    both(ada, spec)
    reply = spec.graces.give(c.Reply(ticket=first, text="It leaves today.")).result(5).command
    assert spec.tickets.take_next().result(20).ticket == second
    assert (names(server, first), list(spec.graces.held())) == ([], [reply])
    spec.graces.give(c.Resolve(ticket=first, solution="It has left.")).result(5)
    with pytest.raises(DeskError, match="Nothing waits"):
        spec.tickets.take_next().result(20)
    assert (names(server, first), spec.graces.held()) == (["reply", "resolve"], {})


def test_26_a_crash_in_the_ten_seconds_loses_nothing_and_says_so_p5(
    spec: Client, open_client: Open, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = in_hand(server)
    spec.graces.give(c.Reply(ticket=ticket, text="It leaves today.")).result(5)
    monkeypatch.setattr(spec.access.store.grace, "end_all", lambda: None)  # the process ends before it can say that
    spec.close()
    again = open_client("spec")
    again.session.resume().result(10)
    reference = server.tickets[ticket].reference
    assert again.graces.left_over().result(5) == (("reply", reference),)
    assert again.graces.left_over().result(5) == ()
    until(lambda: names(server, ticket) == ["reply"], "the reply", 20)


def test_26_closing_sends_what_is_held(spec: Client, open_client: Open, server: MemoryServer) -> None:
    ticket = in_hand(server)
    spec.graces.give(c.Reply(ticket=ticket, text="It leaves today.")).result(5)
    spec.graces.end().result(5)
    until(lambda: names(server, ticket) == ["reply"], "the reply", 20)
    spec.close()
    again = open_client("spec")
    again.session.resume().result(10)
    assert again.graces.left_over().result(5) == ()
