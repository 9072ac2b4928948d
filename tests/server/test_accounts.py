"""Signing in, sessions, devices and their numbers, members."""

from __future__ import annotations

import hashlib
import statistics
import threading
import time

import msgspec
import pytest

from desk_core import references
from desk_core.commands import BeginCall, TakeNext
from desk_core.people import Member
from desk_core.protocol import EnrolRequest, PullReply
from desk_server.accounts.enrolment import MOST_DEVICES_A_DAY
from desk_server.accounts.service import AccountProblem
from tests.support.postgres import Cluster
from tests.support.server import DESK, MONDAY, PASSWORD, POLICY, Api, Refused, RunningServer
from tests.waiting import until


def refusal(api: Api, user: str, password: str) -> Refused:
    with pytest.raises(Refused) as refused:
        api.enrol(user, password)
    return refused.value


def test_enrolling_tells_a_device_all_that_it_needs(server: RunningServer) -> None:
    reply = server.client("anna").enrolled
    assert (reply.member.id, reply.desk, reply.policy_name, reply.last_seq) == ("anna", DESK, "hamburg-woking", 0)
    assert "[policy]" in reply.policy_text
    assert [len(block) for block in reply.lease.blocks] == [100, 100]
    assert reply.device_number > 0


def test_numbers_are_leased_once(server: RunningServer) -> None:
    blocks = [b for user in ("anna", "ben", "anna") for b in server.client(user).enrolled.lease.blocks]
    anna = server.client("anna")
    blocks += anna.enrolled.lease.blocks
    blocks += anna.lease(numbers_left=50).lease.blocks
    blocks += anna.lease(numbers_left=0).lease.blocks
    numbers = [n for block in blocks for n in range(block.first, block.last + 1)]
    assert len(numbers) == len(set(numbers)) == 8 * 100 + 100 + 200
    assert anna.lease(numbers_left=150).lease.blocks == ()
    assert min(numbers) == references.FIRST_COUNTER


def test_a_device_that_runs_wild_does_not_use_up_the_numbers(server: RunningServer) -> None:
    anna = server.client("anna")
    assert sum(len(anna.lease(numbers_left=0).lease.blocks) for _ in range(30)) == 28, (
        "thirty with those of the enrolment"
    )
    server.clock.advance(hours=25)
    assert len(anna.lease(numbers_left=0).lease.blocks) == 2


def test_r12_an_unknown_user_and_a_wrong_password_get_the_same_answer(server: RunningServer) -> None:
    api = server.stranger()
    wrong, unknown = refusal(api, "anna", "not the password"), refusal(api, "nobody", PASSWORD)
    assert wrong.status == unknown.status == 401
    assert wrong.problem == unknown.problem
    server.desks.set_active(DESK, "ben", False)
    assert refusal(api, "ben", PASSWORD).problem == wrong.problem


def test_r12_an_unknown_user_costs_as_much_as_a_wrong_password(costly_server: RunningServer) -> None:
    api = costly_server.stranger()

    def cost(user: str) -> float:
        started = time.perf_counter()
        refusal(api, user, "not the password")
        return time.perf_counter() - started

    wrong = statistics.median(cost("anna") for _ in range(4))
    unknown = statistics.median(cost("nobody") for _ in range(4))
    assert unknown > wrong / 3


@pytest.mark.parametrize("user", ["anna", "nobody"])
def test_r11_guessing_is_slowed_down_for_everybody_alike(server: RunningServer, user: str) -> None:
    api = server.stranger()
    statuses = [refusal(api, user, f"guess {n}").status for n in range(8)]
    assert statuses == [401] * 5 + [429] * 3
    locked = refusal(api, user, PASSWORD)
    assert (locked.status, locked.problem.code) == (429, "locked_out"), "the right password tells nothing either"
    assert 0 < int(locked.headers["retry-after"]) <= 30
    server.clock.advance(seconds=31)
    assert refusal(api, user, "wrong again").status == 401
    server.clock.advance(seconds=31)
    assert refusal(api, user, "wrong again").status == 429, "the wait grows"
    server.clock.advance(minutes=16)
    if user == "anna":
        api.enrol("anna")
        assert refusal(api, user, "a slip").status == 401, "the count began anew"


def test_r11_guesses_at_the_same_time_are_counted_too(server: RunningServer) -> None:
    statuses: list[int] = []

    def guess(number: int) -> None:
        statuses.append(refusal(server.stranger(), "anna", f"guess {number}").status)

    threads = [threading.Thread(target=guess, args=(n,)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses.count(401) <= 7
    assert statuses.count(401) + statuses.count(429) == 20


def test_r10_switching_a_member_off_ends_all_sessions_at_once(server: RunningServer) -> None:
    first, second = server.client("anna"), server.client("anna")
    first.log()
    server.desks.set_active(DESK, "anna", False)
    for attempt in (first.pull, second.digest, second.snapshot_page, lambda: second.lease(0), lambda: first.find("1")):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.status == 401
    with pytest.raises(Refused) as refused:
        first.push(first.command(TakeNext()))
    assert refused.value.status == 401
    server.desks.set_active(DESK, "anna", True)
    assert server.client("anna").pull().head_seq > 0


def test_r10_a_held_poll_ends_with_the_session(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.pull_all()
    ended: list[int] = []

    def wait() -> None:
        with pytest.raises(Refused) as refused:
            anna.pull(wait=20)
        ended.append(refused.value.status)

    thread = threading.Thread(target=wait)
    thread.start()
    until(lambda: server.services.hub.waiting == 1, "the poll to be held")
    server.desks.set_password(DESK, "anna", "another horse")
    thread.join(10)
    assert ended == [401]


def test_another_password_is_needed_after_a_change(server: RunningServer) -> None:
    server.desks.set_password(DESK, "anna", "another horse")
    assert refusal(server.stranger(), "anna", PASSWORD).status == 401
    server.stranger().enrol("anna", "another horse")


def test_r73_a_device_that_signs_in_again_keeps_its_identity(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.log()
    first = anna.enrolled
    again = server.client("anna", first.device_id).enrolled
    assert (again.device_id, again.device_number) == (first.device_id, first.device_number)
    assert again.last_seq == anna.seq
    assert again.lease.blocks == first.lease.blocks
    assert again.token != first.token
    server.services.accounts.forget("")
    with pytest.raises(Refused) as refused:
        anna.pull()
    assert refused.value.status == 401, "the old token is over"


def test_a_device_of_somebody_else_is_never_taken_over(server: RunningServer) -> None:
    anna = server.client("anna").enrolled
    ben = server.client("ben", anna.device_id).enrolled
    assert ben.device_id != anna.device_id
    assert ben.device_number != anna.device_number
    assert server.client("ben", "no-such-device").enrolled.device_id != "no-such-device"


def test_r15_a_session_ends_when_it_is_not_used_and_in_the_end_anyway(server: RunningServer) -> None:
    anna = server.client("anna")

    def status() -> int:
        server.services.accounts.forget("")
        return anna.raw("GET", "/v1/digest").status_code

    server.clock.advance(days=29)
    assert status() == 200
    server.clock.advance(days=29)
    assert status() == 200, "it was used since"
    server.clock.advance(days=31)
    assert status() == 401
    anna.enrol("anna")
    for _ in range(7):
        server.clock.advance(days=25)
        assert status() == 200
    server.clock.advance(days=25)
    assert status() == 401


def test_r09_tokens_and_passwords_are_stored_as_digests_only(costly_server: RunningServer, cluster: Cluster) -> None:
    token = costly_server.client("anna").enrolled.token
    assert len(token) >= 43, "256 random bits"
    with cluster.superuser(str(costly_server.database.database)) as connection:
        everything = b""
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            for (row,) in connection.execute(f"SELECT {table}::text FROM {table}").fetchall():
                everything += row.encode()
    assert hashlib.sha256(token.encode()).hexdigest().encode() in everything
    assert token.encode() not in everything
    assert PASSWORD.encode() not in everything
    assert everything.count(b"$argon2id$v=19$m=19456,t=2,p=1$") == 4


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer x", "Basic YTpi", "bearer null"])
def test_r09_nothing_else_opens_a_session(server: RunningServer, header: str) -> None:
    reply = server.stranger().raw("GET", "/v1/digest", headers={"Authorization": header})
    assert reply.status_code == 401


def test_r16_identity_headers_are_ignored(server: RunningServer) -> None:
    headers = {"X-Forwarded-User": "anna", "Remote-User": "anna", "X-Remote-User": "anna", "X-Member": "anna"}
    assert server.stranger().raw("GET", "/v1/digest", headers=headers).status_code == 401


# --- members and desks -------------------------------------------------------------------------------------------------------


def test_logins_are_unique_over_the_server(server: RunningServer) -> None:
    text = server.client("anna").enrolled.policy_text
    server.desks.create("south", "South", text, POLICY, "test")
    with pytest.raises(AccountProblem, match="Somebody already signs in as anna"):
        server.desks.add_member("south", Member(id="", login="ANNA ", name="Another"), PASSWORD)
    added = server.desks.add_member("south", Member(id="", login="zoe", name="Zoe"), PASSWORD)
    assert server.client("Zoe").enrolled.member == added
    assert {desk.id for desk in server.desks.list()} == {DESK, "south"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"login": " "}, "A member needs a login"),
        ({"name": ""}, "A member needs a name"),
        ({"departments": ("kitchen",)}, "no department called “kitchen”; choose one of: technical_support"),
        ({"functions": ("king",)}, "no role called “king”; choose one of: call_taker"),
        ({"office": "paris"}, "no office called “paris”; choose one of: hamburg, woking"),
    ],
)
def test_a_member_who_does_not_fit_is_refused_in_words(
    server: RunningServer, change: dict[str, object], sentence: str
) -> None:
    member = msgspec.structs.replace(Member(id="", login="new", name="New"), **change)
    with pytest.raises(AccountProblem, match=sentence):
        server.desks.add_member(DESK, member, PASSWORD)


def test_a_password_must_be_long_enough(server: RunningServer) -> None:
    with pytest.raises(AccountProblem, match="from 8 to 1000 characters"):
        server.desks.add_member(DESK, Member(id="", login="new", name="New"), "short")


def test_a_desk_is_made_once(server: RunningServer) -> None:
    text = server.client("anna").enrolled.policy_text
    with pytest.raises(AccountProblem, match="already a desk called north"):
        server.desks.create(DESK, "North", text, POLICY)
    with pytest.raises(AccountProblem, match="letters, digits"):
        server.desks.create("no spaces", "North", text, POLICY)


def test_nobody_signs_in_as_the_servers_own_program(server: RunningServer) -> None:
    for login in ("program", ""):
        assert refusal(server.stranger(), login, PASSWORD).status == 401


def test_a_new_colleague_and_a_new_policy_reach_everybodys_feed(server: RunningServer) -> None:
    anna = server.client("anna")
    anna.pull_all()
    server.desks.add_member(DESK, Member(id="zoe", login="zoe", name="Zoe"), PASSWORD)
    text = anna.enrolled.policy_text.replace('version = "1"', 'version = "2"', 1)
    server.desks.set_policy(DESK, text)
    changes = anna.pull_all()
    assert [(c.table, c.pk) for c in changes] == [
        ("member", "zoe"),
        ("policy", "1"),
        ("policy", "2"),
    ]
    assert server.client("zoe").enrolled.policy_version == "2"
    assert server.desks.put_parties(DESK, []) == 0


def test_a_request_that_is_no_sign_in_is_refused_in_words(server: RunningServer) -> None:
    api = server.stranger()
    for body in (
        b"",
        b"{",
        b"[]",
        b'{"user": 1}',
        b'{"user": "a", "password": "b", "device_name": "c", "role": "admin"}',
    ):
        assert api.raw("POST", "/v1/enrol", body).status_code == 400
    with pytest.raises(Refused):
        api.ask(PullReply, "POST", "/v1/enrol", EnrolRequest(user="anna", password="x" * 5000, device_name="d"))


def test_a_copied_machine_gets_an_identity_of_its_own_by_its_token_p19(server: RunningServer) -> None:
    first, copy = server.client("anna"), server.stranger()
    first.applied(BeginCall(call="c1", reference=first.reference(), rang_at=MONDAY))
    copy.http.headers["Authorization"] = f"Bearer {first.enrolled.token}"
    made = copy.new_device()
    assert made.device_id != first.enrolled.device_id
    assert (made.member, made.last_seq) == (first.enrolled.member, 0)
    assert made.token != first.enrolled.token
    known = set(first.enrolled.lease.blocks)
    assert known.isdisjoint(made.lease.blocks)
    first.applied(BeginCall(call="c2", reference=first.reference(), rang_at=MONDAY))
    copy.applied(BeginCall(call="c3", reference=references.reference(made.lease.blocks[0].first), rang_at=MONDAY))


def test_a_machine_that_runs_wild_gets_no_more_than_some_identities_a_day(server: RunningServer) -> None:
    anna = server.client("anna")
    for _ in range(MOST_DEVICES_A_DAY - 1):
        anna.new_device()
    with pytest.raises(Refused) as refused:
        anna.new_device()
    assert (refused.value.status, refused.value.problem.code) == (429, "too_many_devices")
    server.clock.advance(days=1, minutes=1)
    anna.new_device()


def test_two_copies_of_a_machine_do_not_end_each_others_sessions_for_ever_p19(server: RunningServer) -> None:
    first = server.client("anna").enrolled
    again = server.stranger().enrol("anna", device_id=first.device_id, token=first.token)
    assert again.device_id == first.device_id, "the same machine signs in again"
    copy = server.stranger().enrol("anna", device_id=first.device_id, token=first.token)
    assert copy.device_id != first.device_id, "somebody else went on as this device"
    assert server.stranger().enrol("anna", device_id=first.device_id, token=again.token).device_id == first.device_id
