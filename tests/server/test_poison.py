"""What is broken by mistake or by malice harms nobody but who sent it (P15, R69, R74, F25)."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from concurrent.futures import Future

import msgspec
import psycopg
import pytest

from desk_core.commands import AddNote, Ask, BeginCall, LogCall, LogTime
from desk_core.decisions import Decided, decide
from desk_core.protocol import DESK_SCOPE, Cursor, EnrolRequest, Problem, PushReply, PushRequest, WireCommand
from desk_core.tickets import Ticket
from desk_server.sync import batch
from desk_server.sync.commit import Commit, collect
from desk_server.sync.entries import Submission, entry
from desk_server.sync.view import Raw, ServerView, Wanted
from tests.support.postgres import Cluster
from tests.support.server import DESK, FAULT, MONDAY, PASSWORD, Api, Refused, RunningServer
from tests.waiting import until


def submission(server: RunningServer, api: Api, *commands: WireCommand) -> Submission:
    entries = [entry(command) for command in commands]
    return Submission(api.enrolled.device_id, api.me, "", entries, server.clock.now())


def note(ticket: str, text: str = "x") -> AddNote:
    return AddNote(ticket=ticket, text=text)


def with_args(command: WireCommand, args: bytes) -> WireCommand:
    return msgspec.structs.replace(command, args=msgspec.Raw(args))


def poisons(api: Api, ticket: str) -> Iterator[WireCommand]:
    """Commands that are refused as ``bad_args``, each with its own seq."""
    call = str(uuid.uuid4())
    fault = msgspec.json.encode(FAULT)
    for ask in (note("a\x00b"), note(""), note("x" * 65), note("a b"), note("ä")):
        yield api.command(ask)
    logged = b'{"call":"%s","ticket":"","fault":%s}' % (call.encode(), fault)
    yield with_args(api.command(LogCall(call=call, ticket="t", fault=FAULT)), logged)
    yield with_args(api.command(note(ticket)), b"[" * 5_000 + b"]" * 5_000)
    for args in (b"1e999999", b"9" * 5_000, b'{"ticket":"t","text":"\xff"}'):
        yield with_args(api.command(note(ticket)), args)
    yield with_args(api.command(note(ticket)), b'{"ticket":"t","text":"x","\\u0000":1}')
    naive = b'{"call":"%s","reference":"1","rang_at":"2026-06-08T10:00:00"}' % call.encode()
    yield with_args(api.command(BeginCall(call=call, reference="1", rang_at=MONDAY)), naive)
    yield msgspec.structs.replace(api.command(note(ticket)), issued_wall=MONDAY.replace(tzinfo=None))
    for bad_id in ("i\x00d", " ", "x" * 65, "ä"):
        yield api.command(note(ticket), command_id=bad_id)
    yield msgspec.structs.replace(api.command(note(ticket)), id="")


def test_p15_r74_poison_of_every_kind_is_refused_alone_with_a_receipt(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    bad = list(poisons(anna, ticket))
    good = anna.command(note(ticket, "good"))
    first, second = anna.push(*bad, good), anna.push(*bad, good)
    assert first.stop is None
    verdicts = [answered.verdict for answered in first.verdicts]
    assert [v.code for v in verdicts] == ["bad_args"] * len(bad) + [""]
    assert all(v.outcome == "refused" and v.text for v in verdicts[:-1]), verdicts
    assert verdicts[-1].outcome == "applied"
    assert [answered.verdict for answered in second.verdicts] == verdicts
    assert all(answered.cached for answered in second.verdicts), "every one of them left its receipt"


def test_p15_text_that_cannot_be_stored_is_refused_before_it_is_looked_up(server: RunningServer) -> None:
    anna = server.client("anna")
    call, ticket = str(uuid.uuid4()), anna.log()
    fault = msgspec.structs.replace(FAULT, company="No\x00rd")
    asks: list[Ask] = [
        LogCall(call=call, ticket="t1", fault=fault),
        LogCall(call=call, ticket="t1", fault=msgspec.structs.replace(FAULT, serial="9" * 501)),
    ]
    commands = [anna.command(ask) for ask in asks]
    half = b'{"ticket":"%s","text":"half a character: \\ud83d, and a whole one: \\ud83d\\udda8"}' % ticket.encode()
    commands += [with_args(anna.command(note(ticket)), half), anna.command(note(ticket, "\\ud83d is an escape"))]
    reply = anna.push(*commands)
    codes = [a.verdict.code for a in reply.verdicts]
    assert codes == ["bad_text_control", "bad_text_long", "bad_text_control", ""]
    assert any(b"ud83d is an escape" in bytes(c.row) for c in anna.pull_all())


def test_p15_what_cannot_be_decided_or_written_takes_no_colleague_with_it(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Faults of ours in looking up, deciding or writing: one command is refused, its neighbours' answers stay theirs."""
    anna, ben = server.client("anna"), server.client("ben")
    ticket = anna.log()
    take = Wanted.add

    def add(wanted: Wanted, ask: msgspec.Struct) -> None:
        if getattr(ask, "text", "") == "look":
            raise RecursionError
        take(wanted, ask)

    def deciding(*args: object) -> object:
        outcome = decide(*args)  # type: ignore[arg-type]
        if isinstance(outcome, Decided) and b"limit" in msgspec.json.encode(outcome.events):
            raise psycopg.errors.ProgramLimitExceeded("index row too large")
        return outcome

    def collecting(commit: Commit, raw: Raw, view: object, events: list[object]) -> None:
        if b"write" in msgspec.json.encode(events):
            raise KeyError("write")
        collect(commit, raw, view, events)  # type: ignore[arg-type]

    monkeypatch.setattr(Wanted, "add", add)
    monkeypatch.setattr(batch, "decide", deciding)
    monkeypatch.setattr(batch, "collect", collecting)
    for word, codes in (
        ("look", ["", "", ""]),
        ("limit", ["", "server_fault", ""]),
        ("write", ["", "server_fault", ""]),
    ):
        asks = (note(ticket, "before"), note(ticket, word), note(ticket, "after"))
        hers = submission(server, anna, *(anna.command(ask) for ask in asks))
        his = submission(server, ben, ben.command(note(ticket, "innocent")))
        server.services.sync._executor.execute(DESK, [hers, his])
        assert [a.verdict.code for a in hers.answered] == codes, word
        assert [a.verdict.id for a in hers.answered] == [e.id for e in hers.entries], word
        assert [a.verdict.outcome for a in his.answered] == ["applied"], word
        assert hers.stop is None, word
    assert "could not be written" in caplog.text


def test_p15_a_number_beyond_all_bounds_is_refused_alone(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    huge = with_args(
        anna.command(LogTime(ticket=ticket, minutes=1)), b'{"ticket":"%s","minutes":%s}' % (ticket.encode(), b"9" * 25)
    )
    reply = anna.push(huge, anna.command(note(ticket, "good")))
    assert [a.verdict.outcome for a in reply.verdicts] == ["refused", "applied"]


def test_r69_another_payload_under_one_id_in_one_batch_is_refused_and_audited(
    server: RunningServer, cluster: Cluster
) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    first = anna.command(note(ticket, "one"))
    second = msgspec.structs.replace(anna.command(note(ticket, "two")), id=first.id)
    with pytest.raises(Refused) as refused:
        anna.push(first, second)
    assert (refused.value.status, refused.value.problem.code) == (422, "payload_conflict")
    assert refused.value.problem.params == {"id": first.id}
    assert anna.receipts(first.id).verdicts == (), "nothing of the batch was carried out"
    with cluster.superuser(str(server.database.database)) as connection:
        assert connection.execute("SELECT count(*) FROM audit WHERE what = 'payload_conflict'").fetchall() == [(1,)]


def test_a_cancelled_push_does_not_block_its_desk(server: RunningServer) -> None:
    executor = server.services.sync._executor
    anna, ben = server.client("anna"), server.client("ben")
    ticket = anna.log()

    def push(api: Api, text: str) -> Future[Submission]:
        return executor.submit(DESK, submission(server, api, api.command(note(ticket, text))))

    with server.services.database.executor(DESK) as connection:
        connection.exec_driver_sql("SELECT 1 FROM desk WHERE id = %s FOR UPDATE", (DESK,))
        running = push(anna, "under way")
        until(running.running, "the first push to be taken")
        waiting, behind = push(ben, "cancelled"), push(anna, "behind it")
        assert waiting.cancel()
        assert not running.cancel(), "what is being carried out can no longer be called back"
    assert [a.verdict.outcome for a in running.result(10).answered + behind.result(10).answered] == ["applied"] * 2
    ben.seq -= 1
    assert push(ben, "again").result(10).stop is None, "what was called back was not carried out"


def test_r02_verdicts_are_told_to_the_devices_of_their_member_alone(server: RunningServer) -> None:
    anna, carla = server.client("anna"), server.client("carla")
    ticket = anna.log()
    sent = anna.command(note(ticket))
    anna.push(sent)
    assert carla.receipts(sent.id).verdicts == ()
    assert [v.id for v in server.client("anna").receipts(sent.id).verdicts] == [sent.id], "as after a fork (F1)"


def test_text_that_cannot_be_stored_is_no_fault_of_the_server_at_any_route(server: RunningServer) -> None:
    anna, stranger = server.client("anna"), server.stranger()
    for user in ("a\x00", "x" * 100_000):
        enrol = EnrolRequest(user=user, password=PASSWORD, device_name="test")
        assert stranger.raw("POST", "/v1/enrol", enrol).status_code == 401
    named = EnrolRequest(user="anna", password=PASSWORD, device_name="a\x00b\ud83d", device_id="a\x00")
    with pytest.raises(UnicodeEncodeError):
        stranger.raw("POST", "/v1/enrol", named)
    named = msgspec.structs.replace(named, device_name="a\x00b")
    assert stranger.raw("POST", "/v1/enrol", named).status_code == 200
    for ids in (("a\x00",), ("",), ("x" * 65,)):
        reply = anna.raw("POST", "/v1/receipts", {"ids": ids})
        assert (reply.status_code, msgspec.json.decode(reply.content, type=Problem).code) == (422, "bad_ids")
    broken = b'{"cursor":{},"commands":[{"id":"\xff"}]}'
    assert anna.raw("POST", "/v1/push", broken).status_code == 400


def test_f16_a_version_of_any_length_is_answered(server: RunningServer) -> None:
    reply = server.stranger().http.get("/v1/digest", headers={"Desk-Protocol": "1" * 5_000})
    assert (reply.status_code, msgspec.json.decode(reply.content, type=Problem).code) == (426, "upgrade")


def test_r84_every_text_at_its_longest_fits_in_one_request(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    # Four bytes each: the clients' share of 4 MB holds twenty of these.
    texts = [anna.command(note(ticket, "\U0001f5a8" * 50_000)) for _ in range(20)]
    body = msgspec.json.encode(PushRequest(cursor=Cursor(anna.enrolled.log_epoch), commands=tuple(texts)))
    assert 4_000_000 < len(body) < 4_100_000
    reply = msgspec.json.decode(anna.raw("POST", "/v1/push", body).content, type=PushReply)
    assert [a.verdict.outcome for a in reply.verdicts] == ["applied"] * 20


def test_a_new_ticket_never_takes_the_place_of_one_that_exists(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever a decision says: the rows and the history of a ticket are not written over (R02)."""
    anna, carla = server.client("anna"), server.client("carla")
    ticket = anna.log()
    seen = ServerView.ticket

    def blind(view: ServerView, ticket_id: str) -> Ticket | None:
        found = seen(view, ticket_id)
        return None if ticket_id == ticket else found

    call = str(uuid.uuid4())
    carla.applied(BeginCall(call=call, reference=carla.reference(), rang_at=MONDAY))
    monkeypatch.setattr(ServerView, "ticket", blind)
    asked = LogCall(call=call, ticket=ticket, fault=FAULT, classification="Printhead", department="customer_service")
    (verdict,) = carla.do(asked)
    assert (verdict.outcome, verdict.code) == ("refused", "server_fault")
    rows = [msgspec.json.decode(c.row, type=Ticket) for c in anna.pull_all() if c.table == "ticket" and c.pk == ticket]
    assert rows[-1].department == "technical_support"
    assert "WrittenOver" in caplog.text


def test_a_commit_is_capped_in_rows(server: RunningServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page never splits a commit (P8), so that a commit must not grow without bounds."""
    monkeypatch.setattr(batch, "LARGEST_COMMIT", 10)
    anna, sam = server.client("anna"), server.client("sam")
    ticket = anna.log()
    verdicts = anna.applied(*(note(ticket, str(number)) for number in range(20)))
    commits = [v.commit_seq for v in verdicts]
    assert commits == sorted(commits)
    sizes = [commits.count(seq) for seq in sorted(set(commits))]
    assert sum(sizes) == 20
    assert 1 < max(sizes) <= 5
    notes = [c for c in sam.pull_all() if c.table == "event" and b"note.added" in bytes(c.row)]
    assert len(notes) == 20
    assert {c.commit_seq for c in notes} == set(commits)
    assert all(c.scope != DESK_SCOPE for c in notes)


def test_p15_every_fault_is_logged_without_what_the_customer_said(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    anna = server.client("anna")
    ticket = anna.log()

    def fails(*_: object) -> object:
        raise OverflowError("date value out of range")

    monkeypatch.setattr(batch, "command_of", fails)
    with caplog.at_level(logging.ERROR, "desk_server.sync"):
        (verdict,) = anna.do(note(ticket, "the customer's words"))
    assert verdict.code == "server_fault"
    assert verdict.id in caplog.text
    assert "the customer's words" not in caplog.text
