"""The network table of the sync protocol: whatever a network does to a request or its answer, nothing is lost or doubled, work goes on by
itself afterwards, and the person sees how it stands (P1, P3, P5, P11, P14, R69, R70, R74, F3, F4, F6, F8, F26).

The server is a process of its own; so is the client where that adds anything.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pytest

from desk_client.bootstrap import Client, build
from desk_client.models.cache import Cache
from desk_client.models.errors import DeskError
from desk_client.models.network import NetState
from desk_client.services.records import SyncState
from desk_client.sync import engine
from desk_client.sync.transport import Transport
from desk_client.ui.sync.words import network_words
from desk_core.calls import Call
from desk_core.protocol import HEADER, MEDIA_TYPE
from desk_core.tickets import Fault as Story
from desk_core.tickets import Ticket
from tests.journeys.office import Colleague, keeper
from tests.kill_matrix.processes import client
from tests.support import fault_proxy as faults
from tests.support.commands import PASSWORD, Serving, serving
from tests.support.desk_profile import MemoryKeyring
from tests.support.fault_proxy import Fault, FaultProxy
from tests.support.postgres import Cluster
from tests.support.server import FAULT, Api
from tests.support.terminal import FAULT as WORDS
from tests.support.terminal import PASSPHRASE, Twin
from tests.waiting import until

SECONDS = 30.0
DEADLINE = 1.0
"""Seconds that a request may take here; 30 in the program."""

CUT = (faults.cut_before, faults.cut_in_request, faults.cut_after, faults.cut_in_head, faults.cut_in_body)
DAMAGED = (faults.truncated, faults.flipped_body, faults.flipped_head)
SILENT = (faults.slow, faults.black_hole, faults.black_hole_after)
FOREIGN = (faults.portal, faults.redirect, faults.bad_gateway)
REFUSING = {
    faults.unavailable: "The server cannot answer at this moment; try again shortly.",
    faults.too_often: "This program asks too often; it goes on by itself in a moment.",
}
REPEATED = (faults.stale, faults.stale_after, faults.twice)
ALL = (*CUT, *DAMAGED, *SILENT, *FOREIGN, *REFUSING, *REPEATED)
NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def story(text: str) -> Story:
    return msgspec.structs.replace(FAULT, description=text)


@dataclass
class Seat:
    """A member whose client reaches the server through the proxy alone."""

    client: Client
    proxy: FaultProxy
    states: list[NetState] = field(default_factory=list)
    cursors: list[tuple[str, int]] = field(default_factory=list)

    def sign_in(self) -> None:
        """Sign in, fetch everything."""
        self.client.session.sign_in(self.proxy.url, "anna", PASSWORD).result(SECONDS)
        self.sync()

    def sync(self) -> None:
        """A whole round, which must succeed."""
        done = self.client.status.sync(SECONDS).result(SECONDS + 5)
        assert (done.reached, done.unsent, done.attention) == (True, 0, 0), done

    def log(self, text: str) -> str:
        """A whole call; its number."""
        calls, tickets = self.client.calls, self.client.tickets
        begun = calls.begin(FAULT.phone).result(SECONDS)
        saved = calls.log(begun.call, story(text), classification="Printhead").result(SECONDS)
        tickets.offer_call_back(saved.ticket).result(SECONDS)
        calls.tell(begun.call).result(SECONDS)
        calls.end(begun.call).result(SECONDS)
        return begun.reference

    def wait_until_sent(self) -> None:
        """Nobody presses anything: what waits is sent once the network lets it (P14, F4)."""
        until(lambda: self.proxy.spent and not self.client.outbox.pending(), "everything sent", SECONDS)

    def said(self) -> set[str]:
        """What the status line said of states that were not fine."""
        bad = [s for s in self.states if s.problem or s.connection in ("offline", "refused")]
        return {_words(s) for s in bad}


def _words(net: NetState) -> str:
    state = SyncState(connection=net.connection, code=net.code, problem=net.problem)
    return network_words(state, (), lambda instant: instant, NOW)[1]


@dataclass
class Desk:
    """The server process, and who looks at it."""

    server: Serving
    colleague: Colleague
    ben: Api

    @property
    def port(self) -> int:
        return int(self.server.port)

    def about(self, *texts: str) -> tuple[list[Ticket], list[Call]]:
        """The tickets about this, and their calls."""
        tickets = [ticket for ticket in self.colleague.tickets() if ticket.fault.description in texts]
        ids = {ticket.id for ticket in tickets}
        return tickets, [call for call in self.colleague.calls() if call.ticket in ids]

    def has_once(self, text: str, number: str) -> None:
        """Everything about this call happened once, under the number that was spoken."""
        (ticket,), (call,) = self.about(text)
        assert (ticket.reference, call.reference) == (number, number)
        kinds = self.colleague.kinds(ticket.id)
        assert len(kinds) == len(set(kinds)), kinds
        assert {"ticket.created", "fault.saved"} <= set(kinds)


@pytest.fixture(scope="module")
def desk(cluster: Cluster, small_desk: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    address = cluster.new(small_desk)
    words = address.render_as_string(hide_password=False)
    with serving(tmp_path_factory.mktemp("data"), "--database", words) as server:
        yield Desk(server, Colleague(server.client("sam")), server.client("ben"))
    cluster.drop(address)


@contextmanager
def seated(proxy: FaultProxy, profile: Path) -> Iterator[Seat]:
    """A client whose requests have a second each."""
    ids = itertools.count(1)
    name = f"{profile.parent.name}-{id(proxy)}"
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "POLL_SECONDS", 1)
        made = build(
            profile,
            new_id=lambda: f"{name}-{next(ids):05d}",
            keys=keeper(MemoryKeyring()),
            wire=Transport(deadline=DEADLINE),
            chance=lambda: 0.0,
        )
        stack.callback(made.close)
        seat = Seat(made, proxy)
        made.listeners.subscribe(lambda _: seat.states.append(made.network.state))
        plain = Cache.set_cursor

        def noted(cache: Cache, cursor: object) -> None:
            seat.cursors.append((cursor.log_epoch, cursor.commit_seq))  # type: ignore[attr-defined]
            plain(cache, cursor)  # type: ignore[arg-type]

        patch.setattr(Cache, "set_cursor", noted)
        yield seat


@pytest.fixture
def anna(desk: Desk, tmp_path: Path) -> Iterator[Seat]:
    """Anna, signed in; since then a colleague has done something."""
    with FaultProxy(desk.port) as proxy, seated(proxy, tmp_path / "anna") as seat:
        seat.sign_in()
        desk.ben.log(fault=story("before the fault"))
        seat.sync()
        yield seat


@pytest.mark.parametrize("fault", ALL, ids=lambda fault: fault.__name__)
def test_a_fault_loses_and_doubles_nothing_and_work_goes_on(desk: Desk, anna: Seat, fault: Fault) -> None:
    """Sending and reading both meet it, sending two times; nobody does anything about it."""
    text, hers = f"anna {fault.__name__}", f"ben {fault.__name__}"
    again = () if fault in SILENT else (fault,)
    anna.states.clear()
    anna.proxy.script("push", fault, *again)
    anna.proxy.script("pull", fault)
    number = anna.log(text)
    assert anna.client.lookup.find(number).tickets, "the caller's number is valid at once"
    desk.ben.log(fault=story(hers))
    anna.wait_until_sent()
    anna.sync()
    desk.has_once(text, number)
    shown = {anna.client.tickets.get(row.id).ticket.fault.description for row in anna.client.queue.page(size=500).rows}  # type: ignore[union-attr]
    assert {text, hers} <= shown
    assert anna.proxy.faults_met("push") == [fault.__name__] * (1 + len(again))
    assert anna.proxy.faults_met("pull") == [fault.__name__]
    assert anna.cursors == sorted(anna.cursors, key=lambda c: c[1]), "a reader never goes back (P11)"
    for line in anna.said():
        assert len(line.splitlines()) == 1
        assert "Error" not in line
    if fault in (*CUT, *DAMAGED, *SILENT, *FOREIGN):
        assert any(line.startswith("Offline") for line in anna.said()), anna.states
    if fault in REFUSING:
        assert anna.said() == {REFUSING[fault]}, "P14: whoever is kept waiting sees why"
        assert min(anna.proxy.pauses("push")) >= faults.RETRY_AFTER * 0.95, "as long as the server said (R75)"
    assert not [path for path, _, _ in anna.proxy.met if path == "portal"], "R70: redirects are not followed"


@pytest.mark.parametrize(
    "fault",
    [faults.cut_after, faults.cut_in_body, faults.truncated, faults.slow, faults.portal, faults.unavailable],
    ids=lambda fault: fault.__name__,
)
def test_a_fault_of_the_first_download_costs_time_and_nothing_else_p23_p24(
    desk: Desk, tmp_path: Path, fault: Fault
) -> None:
    with FaultProxy(desk.port) as proxy, seated(proxy, tmp_path / "anna") as seat:
        proxy.script("enrol", fault)
        with pytest.raises(DeskError) as said:
            seat.client.session.sign_in(proxy.url, "anna", PASSWORD).result(SECONDS)
        assert len(said.value.text.splitlines()) == 1
        proxy.script("snapshot", fault)
        proxy.script("lease", fault)
        seat.client.session.sign_in(proxy.url, "anna", PASSWORD).result(SECONDS)
        until(lambda: seat.client.network.state.rounds, "everything fetched")
        assert proxy.faults_met("snapshot") == [fault.__name__]
        assert {m.id for m in seat.client.lookup.members()} == {"anna", "ben", "carla", "sam"}
        assert seat.client.lookup.by_serial("LJ43-0092817")


def session_ends(exchange: faults.Exchange) -> None:
    """Just before this request the member is signed out everywhere: the server itself says 401."""
    heads = dict(line.split(b": ", 1) for line in exchange.request.split(b"\r\n\r\n")[0].split(b"\r\n")[1:])
    known = {name.lower(): value for name, value in heads.items()}
    lines = [b"POST /v1/sign-out HTTP/1.1", b"Host: desk", b"Authorization: " + known[b"authorization"]]
    lines += [HEADER.encode() + b": 1", b"Content-Type: " + MEDIA_TYPE.encode(), b"Content-Length: 2"]
    assert b" 200 " in exchange.proxy.ask("sign-out", b"\r\n".join([*lines, b"", b"{}"])).split(b"\r\n")[0]
    exchange.say(exchange.ask())


def passes(exchange: faults.Exchange) -> None:
    """Nothing happens to it."""
    exchange.say(exchange.ask())


def test_401_between_two_batches_of_an_outbox_f18_f26(desk: Desk, anna: Seat) -> None:
    """More than one batch waits; after the first one the session is over. Signing in again sends the rest, once, and burns no attempt."""
    anna.proxy.script("push", *[faults.cut_before] * 3, passes, session_ends)
    hers = anna.client
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "BASE_SECONDS", 3600.0)
        patch.setattr(hers.network, "_chance", lambda: 1.0)
        numbers = {text: anna.log(text) for text in (f"batch {n}" for n in range(14))}
        until(lambda: "cut_before" in anna.proxy.faults_met("push"), "the lane to wait")
    for _ in range(4):
        if hers.status.sync(SECONDS).result(SECONDS + 5).code == "signed_out":
            break
    state = hers.network.state
    assert (state.connection, state.code) == ("refused", "signed_out")
    assert "sign in again" in state.problem
    assert 0 < len(hers.outbox.pending()) < 14 * 5
    reached = {ticket.fault.description for ticket in desk.about(*numbers)[0]}
    assert 0 < len(reached) < 14, "the batch was cut in two"
    hers.session.sign_in(anna.proxy.url, "anna", PASSWORD).result(SECONDS)
    anna.sync()
    for text, number in numbers.items():
        desk.has_once(text, number)


LATE = "The server did not answer in time; nothing is lost, try again."
IN_PROCESSES = {
    "cut_after": "The server cannot be reached; everything is saved here and is sent when it can be.",
    "portal": "Something else answered in the server's place, perhaps this network's sign-in page; "
    "open it in a browser or check the address.",
}


def test_a_process_says_one_sentence_and_the_next_one_sends_everything_once(desk: Desk, tmp_path: Path) -> None:
    """``desk-client sync`` as people run it, from a process that logged calls without a network."""
    twin = Twin(tmp_path / "anna")
    with FaultProxy(desk.port) as proxy:
        words = ("sign-in", "--server", proxy.url, "--user", "anna", "--password-stdin")
        twin.run(*words, typed=PASSWORD + "\n")
        number = twin.json("log-call", "--offline", *WORDS[:-4], "--fault", "in processes", *WORDS[-2:])["reference"]
        for name, sentence in IN_PROCESSES.items():
            proxy.script("push", *[getattr(faults, name)] * 5)
            said, code = client(twin.profile, ("sync",), phrase=PASSPHRASE).end()
            assert name in proxy.faults_met("push")
            proxy.calm()
            # The other lane may have the last word: on a busy machine its poll ends unanswered.
            assert code == 1, said
            assert said[-1] in (sentence, LATE), said
        assert client(twin.profile, ("sync",), phrase=PASSPHRASE).end()[1] == 0
        assert twin.json("outbox") == []
    desk.has_once("in processes", number)
