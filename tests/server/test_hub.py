"""Who waits is woken whatever went wrong before (R10, P9): the task that listens for commits never ends in silence."""

from __future__ import annotations

import threading

import psycopg
import pytest

from desk_core.protocol import Cursor, PullReply
from desk_server.accounts.sessions import Session, Sessions
from desk_server.clock import SystemClock
from desk_server.db.engine import Database
from desk_server.sync import feed, hub, service
from desk_server.sync.commit import CHANNEL
from desk_server.sync.service import Policies
from tests.support.server import DESK, Api, RunningServer
from tests.waiting import until


def notify(server: RunningServer, payload: str) -> None:
    with server.services.database.executor(DESK) as connection:
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, payload))


def assert_woken(server: RunningServer, waiting: Api, working: Api) -> None:
    """A held poll is answered by a colleague's work, long before its time."""
    waiting.pull_all()
    answers: list[int] = []
    poll = threading.Thread(target=lambda: answers.append(len(waiting.pull(wait=30).changes)))
    poll.start()
    until(lambda: server.services.hub.waiting == 1, "the poll to be held")
    working.log()
    poll.join(10)
    assert answers, "the poll was held although there was news"
    assert answers[0] > 0


def test_a_notification_that_cannot_be_read_ends_nothing(
    server: RunningServer, caplog: pytest.LogCaptureFixture
) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    for payload in ("garbage", "", '{"desk":5}'):
        notify(server, payload)
    until(lambda: caplog.text.count("could not be read") == 3, "the notifications to come")
    assert_woken(server, anna, ben)


def test_listening_begins_anew_after_every_failure(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(hub, "RECONNECT_SECONDS", 0.01)
    anna, ben = server.client("anna"), server.client("ben")
    connect, failures = Database.listen, [RuntimeError("anything"), psycopg.OperationalError("lost at LISTEN")]

    def fails(database: Database) -> psycopg.Connection:
        if failures:
            raise failures.pop()
        return connect(database)

    def forget(*_: object) -> None:
        monkeypatch.setattr(Sessions, "forget", real)
        raise RuntimeError("dictionary changed size during iteration")

    real = Sessions.forget
    monkeypatch.setattr(Sessions, "forget", forget)
    monkeypatch.setattr(Database, "listen", fails)
    notify(server, '{"desk":"north","accounts":true}')
    until(lambda: caplog.text.count("it is begun anew") == 3, "three failures")
    assert not failures
    assert_woken(server, anna, ben)


def test_r10_sessions_are_forgotten_while_others_are_found(server: RunningServer) -> None:
    """Many threads find sessions while the notifications are read: nothing that ``forget`` goes through may change under it."""
    anna = server.client("anna")
    sessions = server.services.accounts._sessions
    found = sessions.find(anna.enrolled.token)
    assert found is not None
    many = Sessions(server.services.database, SystemClock(), Policies())
    many._held = _Counting({number.to_bytes(4): (0.0, found) for number in range(1_000)}, many)
    many.forget("elsewhere")
    many._held = _Counting(many._held, many)
    many.end(found.reader)
    assert sessions.held("nobody's") is None


def test_f22_reading_is_put_off_before_work_and_sign_in_are(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = server.client("anna")
    monkeypatch.setattr(service, "LONGEST_LINE", 0)
    for path in ("/v1/pull", "/v1/digest", "/v1/snapshot"):
        put_off = anna.raw("GET", path)
        assert (put_off.status_code, int(put_off.headers["retry-after"]) >= 1) == (503, True)
    assert server.client("ben").log(), "sign-in and work go on"
    monkeypatch.setattr(service, "LONGEST_LINE", 1)
    assert anna.pull_all(), "and whoever comes again is answered"


def test_every_held_poll_is_answered_when_the_server_stops(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.pull_all()
    answers: list[int] = []
    held = [
        threading.Thread(target=lambda: answers.append(len(anna.pull(anna.cursor, wait=30).changes))) for _ in range(40)
    ]
    for poll in held:
        poll.start()
    until(lambda: server.services.hub.waiting == len(held), "all polls to be held")
    server.stop()
    for poll in held:
        poll.join(10)
    assert answers == [0] * len(held)


class _Counting(dict[bytes, tuple[float, Session]]):
    """A dictionary that is gone through under its lock alone."""

    def __init__(self, held: dict[bytes, tuple[float, Session]], owner: Sessions) -> None:
        super().__init__(held)
        self._owner = owner

    def items(self):  # type: ignore[no-untyped-def]
        assert self._owner._lock.locked()
        return super().items()


def test_a_commit_is_read_together_by_all_who_wait_and_says_the_same_as_alone_p7(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What wakes a department is not read anew for each who waits; a device's own verdicts are."""
    anna, ben = server.client("anna"), server.client("ben")
    ben.log()
    anna.pull_all()
    ben.pull_all()
    until(lambda: server.services.hub.told_since(DESK, anna.cursor.commit_seq) == [], "the commit to be heard of")
    alone: list[str] = []
    pull = feed.pull

    def counted(raw: service.Raw, reader: service.Reader, cursor: Cursor, rows: int) -> feed.Page:
        alone.append(reader.device)
        return pull(raw, reader, cursor, rows)

    monkeypatch.setattr(feed, "pull", counted)
    answers: list[PullReply] = []
    polls = [threading.Thread(target=lambda: answers.append(anna.pull(anna.cursor, wait=30))) for _ in range(5)]
    polls.append(threading.Thread(target=lambda: answers.append(ben.pull(ben.cursor, wait=30))))
    for poll in polls:
        poll.start()
    until(lambda: server.services.hub.waiting == 6, "the polls to be held")
    worker = server.client("ben", ben.enrolled.device_id)
    worker.log()
    for poll in polls:
        poll.join(10)
    assert set(alone) == {ben.enrolled.device_id}
    theirs = [answer for answer in answers if not answer.verdicts]
    mine = [answer for answer in answers if answer.verdicts]
    assert (len(theirs), len(mine)) == (5, 1)
    again = anna.pull()
    assert again.changes
    assert all((answer.changes, answer.cursor) == (again.changes, again.cursor) for answer in theirs)
    assert mine[0].changes == again.changes
