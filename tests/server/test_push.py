"""Commands through the real push: the table of receipts, verdicts, poison, order."""

from __future__ import annotations

import threading
import uuid

import msgspec
import pytest

from desk_core import references
from desk_core.commands import (
    AddNote,
    Ask,
    BeginCall,
    Command,
    EndCall,
    ImportTicket,
    LogCall,
    OfferCallBack,
    PutThrough,
    TakeNext,
)
from desk_core.protocol import Stop, Verdict, WireCommand
from desk_core.tickets import Entitlement, Ticket
from desk_server.sync import executor
from tests.support.postgres import Cluster
from tests.support.server import DESK, FAULT, MONDAY, Api, Refused, RunningServer, running_server
from tests.waiting import until


def ticket_of(api: Api, ticket: str) -> Ticket:
    """The ticket as the feed has it."""
    rows = [c for c in api.pull_all() if c.table == "ticket" and c.pk == ticket]
    return msgspec.json.decode(rows[-1].row, type=Ticket)


def rows_of(cluster: Cluster, server: RunningServer, query: str) -> list[tuple[object, ...]]:
    """What lies in the database, seen from above all rules."""
    with cluster.superuser(str(server.database.database)) as connection:
        return connection.execute(query).fetchall()


def test_a_logged_call_is_taken_next_by_a_colleague(server: RunningServer) -> None:
    ticket = server.client("anna").log()
    ben = server.client("ben")
    (verdict,) = ben.applied(TakeNext())
    assert verdict.result["ticket"] == ticket
    assert ticket_of(ben, ticket).holder == "ben"


def test_p3_the_same_command_twice_has_one_effect_and_one_verdict(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    note = anna.command(AddNote(ticket=ticket, text="once"))
    first, second = anna.push(note), anna.push(note)
    assert not first.verdicts[0].cached
    assert second.verdicts[0].cached
    assert msgspec.json.encode(first.verdicts[0].verdict) == msgspec.json.encode(second.verdicts[0].verdict)
    notes = [c for c in anna.pull_all() if c.table == "event" and b"note.added" in bytes(c.row)]
    assert len(notes) == 1


def test_p1_the_same_command_twice_in_one_batch_has_one_effect(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    note = anna.command(AddNote(ticket=ticket, text="once"))
    reply = anna.push(note, note)
    assert [answered.cached for answered in reply.verdicts] == [False, True]
    assert reply.stop is None


def test_r69_another_payload_under_a_known_id_is_refused_and_audited(server: RunningServer, cluster: Cluster) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    note = anna.command(AddNote(ticket=ticket, text="as it was"))
    anna.push(note)
    other = msgspec.structs.replace(note, args=msgspec.Raw(msgspec.json.encode(AddNote(ticket=ticket, text="forged"))))
    innocent = anna.command(AddNote(ticket=ticket, text="innocent"))
    with pytest.raises(Refused) as refused:
        anna.push(innocent, other)
    assert refused.value.status == 422
    assert refused.value.problem.params["id"] == note.id
    assert anna.receipts(note.id, innocent.id).last_seq == note.seq, "nothing of the batch was carried out"
    audited = rows_of(cluster, server, "SELECT member, subject FROM audit WHERE what = 'payload_conflict'")
    assert audited == [("anna", note.id)]


def test_key_order_and_resending_do_not_make_another_payload(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    note = anna.command(AddNote(ticket=ticket, text="once"))
    anna.push(note)
    shuffled = msgspec.Raw(b'{ "text": "once", "ticket": "' + ticket.encode() + b'" }')
    again = msgspec.structs.replace(note, args=shuffled, replay=True, seq=note.seq + 7)
    assert anna.push(again).verdicts[0].cached


def test_f1_a_seq_is_never_skipped_and_never_given_twice(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    ahead = anna.command(AddNote(ticket=ticket, text="after a gap"))
    gap = anna.push(msgspec.structs.replace(ahead, seq=ahead.seq + 1))
    assert gap.stop is not None
    assert (gap.stop.code, gap.stop.expected, gap.verdicts) == ("SEQ_GAP", ahead.seq, ())
    forked = anna.push(msgspec.structs.replace(ahead, seq=ahead.seq - 1))
    assert forked.stop is not None
    assert forked.stop.code == "FORKED"
    assert anna.push(ahead).verdicts[0].verdict.outcome == "applied"


def test_a_batch_is_carried_out_up_to_the_gap(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    first, _, third = (anna.command(AddNote(ticket=ticket, text=str(n))) for n in range(3))
    reply = anna.push(first, third)
    assert [answered.verdict.id for answered in reply.verdicts] == [first.id]
    assert reply.stop is not None
    assert reply.stop.code == "SEQ_GAP"


def test_commands_of_another_epoch_are_not_looked_at(server: RunningServer) -> None:
    anna = server.client("anna")
    stop = anna.push(anna.command(TakeNext()), epoch="0000").stop
    assert stop is not None
    assert stop.code == "STALE_EPOCH"


def test_p15_r74_a_bad_command_fails_alone(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    note = AddNote(ticket=ticket, text="good")
    wrong_type = msgspec.structs.replace(anna.command(note), args=msgspec.Raw(b'{"ticket": 5, "text": "x"}'))
    r03_unknown_field = msgspec.structs.replace(
        anna.command(note), args=msgspec.Raw(b'{"ticket": "t", "text": "x", "holder": "me"}')
    )
    unknown_name = msgspec.structs.replace(anna.command(note), name="make_coffee")
    unknown_version = msgspec.structs.replace(anna.command(note), version=99)
    control = anna.command(AddNote(ticket=ticket, text="a\x00b"))
    good = anna.command(note)
    reply = anna.push(wrong_type, r03_unknown_field, unknown_name, unknown_version, control, good)
    verdicts = [answered.verdict for answered in reply.verdicts]
    assert [v.code for v in verdicts] == [
        "bad_args",
        "bad_args",
        "unknown_command",
        "unknown_command",
        "bad_text_control",
        "",
    ]
    assert verdicts[-1].outcome == "applied"
    assert reply.stop is None


def importing(reference: str, ticket: str) -> ImportTicket:
    return ImportTicket(
        ticket=ticket,
        reference=reference,
        source="old",
        kind="fault",
        channel="phone",
        department="technical_support",
        office="hamburg",
        fault=FAULT,
        title="Old",
        entitlement=Entitlement(),
        received_at=MONDAY,
    )


def test_p15_a_command_that_the_database_refuses_fails_alone(server: RunningServer) -> None:
    """Two tickets may not bear one number (P6); the core leaves an imported number to the database."""
    program = server.services.sync
    number = references.reference(999_999)
    asks = [importing(number, "one"), importing(number, "two"), importing("", "three")]
    verdicts = program.run(DESK, [command(ask) for ask in asks])
    assert [(v.outcome, v.code) for v in verdicts] == [("applied", ""), ("refused", "server_fault"), ("applied", "")]
    anna = server.client("anna")
    assert {c.pk for c in anna.pull_all() if c.table == "ticket"} == {"one", "three"}
    assert anna.find(number).stub.id == "one"


def command(ask: Ask) -> Command:
    return Command(id=str(uuid.uuid4()), ask=ask, actor="program", issued_at=MONDAY)


def test_p21_a_command_of_somebody_else_is_refused(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    forged = msgspec.structs.replace(anna.command(AddNote(ticket=ticket, text="as Ben")), actor="ben")
    assert anna.push(forged).verdicts[0].verdict.code == "wrong_actor"


def test_too_many_commands_at_once_are_refused_whole(server: RunningServer) -> None:
    anna = server.client("anna")
    with pytest.raises(Refused) as refused:
        anna.push(*(anna.command(TakeNext()) for _ in range(65)))
    assert refused.value.status == 413


def test_h16_h10_h13_hold_for_hand_made_requests(server: RunningServer) -> None:
    anna = server.client("anna")
    call, ticket = str(uuid.uuid4()), str(uuid.uuid4())
    begun = BeginCall(call=call, reference=anna.reference(), rang_at=MONDAY)
    nameless = msgspec.structs.replace(FAULT, caller=" ")
    verdicts = anna.do(
        begun,
        LogCall(call=call, ticket=ticket, fault=nameless, classification="Printhead"),
        LogCall(call=call, ticket=ticket, fault=FAULT),
        OfferCallBack(ticket=ticket),
        EndCall(call=call),
    )
    assert [v.code for v in verdicts] == [
        "",
        "incomplete",
        "",
        "missing_classification",
        "missing_classification",
    ]
    assert verdicts[1].fields == ("caller",)
    other = anna.log(call_back=False)
    (refused,) = anna.do(PutThrough(ticket=other, member="carla"))
    assert refused.code == "not_specialist"


def test_no_ticket_is_taken_twice_and_all_in_order(server: RunningServer) -> None:
    """Two devices press Take next at once, twenty times each, on twenty tickets (H-14, P7)."""
    carla = server.client("sam")
    expected = []
    for _ in range(20):
        expected.append(carla.log(department="technical_support"))
        server.clock.advance(minutes=1)
        carla.enrolled = msgspec.structs.replace(carla.enrolled, server_time=server.clock.now())
    taken: dict[str, list[Verdict]] = {"anna": [], "ben": []}
    barrier = threading.Barrier(2)

    def press(user: str, api: Api) -> None:
        barrier.wait()
        for _ in range(20):
            taken[user] += api.do(TakeNext())

    threads = [threading.Thread(target=press, args=(user, server.client(user))) for user in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    applied = sorted((v for vs in taken.values() for v in vs if v.outcome == "applied"), key=lambda v: v.commit_seq)
    tickets = [v.result["ticket"] for v in applied]
    assert sorted(tickets) == sorted(expected)
    positions = [expected.index(v.result["ticket"]) for v in applied]
    by_commit: dict[int, list[int]] = {}
    for verdict, position in zip(applied, positions, strict=True):
        by_commit.setdefault(verdict.commit_seq, []).append(position)
    assert [p for _, ps in sorted(by_commit.items()) for p in sorted(ps)] == list(range(20))
    assert {v.code for vs in taken.values() for v in vs if v.outcome == "refused"} == {"queue_empty"}


def test_p6_a_number_spoken_twice_finds_both_tickets(server: RunningServer) -> None:
    anna, ben = server.client("anna"), server.client("ben")
    number = anna.reference()
    tickets = {}
    for api in (anna, ben):
        call, ticket = str(uuid.uuid4()), str(uuid.uuid4())
        begun, logged = api.applied(
            BeginCall(call=call, reference=number, rang_at=MONDAY),
            LogCall(call=call, ticket=ticket, fault=FAULT, classification="Printhead"),
        )
        tickets[api.me] = (ticket, begun, logged)
    assert tickets["ben"][1].outcome == "applied_changed"
    replaced = tickets["ben"][2].result["reference"]
    assert replaced != number
    assert references.parse(replaced) == replaced
    found = anna.find(number)
    assert [found.stub.id, *(s.id for s in found.also)] == [tickets["anna"][0], tickets["ben"][0]]
    assert anna.find(replaced).stub.id == tickets["ben"][0]


def test_p22_a_device_cannot_say_a_time_that_was_not(server: RunningServer) -> None:
    anna = server.client("anna")
    ticket = anna.log()
    future = MONDAY.replace(year=2031)
    anna.push(anna.command(AddNote(ticket=ticket, text="from the future"), issued_at=future))
    note = next(c for c in anna.pull_all() if b"from the future" in bytes(c.row))
    assert msgspec.json.decode(note.row)["at"] == "2026-06-08T08:00:00Z"


def test_p2_a_restart_of_the_server_loses_nothing(cluster: Cluster) -> None:
    address = cluster.new()
    with running_server(address) as first:
        anna = first.client("anna")
        ticket = anna.log()
        note = anna.command(AddNote(ticket=ticket, text="before"))
        anna.push(note)
        device = anna.enrolled
        cursor = anna.pull(anna.cursor).cursor
    with running_server(address, fresh=False) as second:
        again = second.stranger()
        again.enrolled, again.seq = device, anna.seq
        again.http.headers["Authorization"] = f"Bearer {device.token}"
        assert again.push(note).verdicts[0].cached
        assert not again.pull(cursor).reset
        again.applied(AddNote(ticket=ticket, text="after"))
        assert again.find(ticket_of(again, ticket).reference).stub.id == ticket
    cluster.drop(address)


def test_f19_r82_lost_connections_lose_and_double_nothing(server: RunningServer, cluster: Cluster) -> None:
    """The database's side of every connection is killed again and again while commands come in."""
    anna = server.client("anna")
    ticket = anna.log()
    done = threading.Event()
    killed = [0]

    def kill() -> None:
        name = str(server.database.database)
        with cluster.superuser() as connection:
            while not done.wait(0.15):
                query = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s"
                row = connection.execute(query, (name,)).fetchone()
                killed[0] += row[0] if row else 0

    killer = threading.Thread(target=kill)
    killer.start()
    notes = [anna.command(AddNote(ticket=ticket, text=f"note {n}")) for n in range(60)]
    try:
        for note in notes:
            until(lambda note=note: sent(anna, note), "the command to be answered", seconds=60)  # type: ignore[misc]
    finally:
        done.set()
        killer.join()
    assert killed[0] > 3
    until(lambda: sent(anna, notes[0]), "the server to answer again", seconds=30)
    found = [c for c in anna.pull_all() if c.table == "event" and b"note.added" in bytes(c.row)]
    assert len(found) == len({c.pk for c in found}) == len(notes)
    assert anna.receipts(*(note.id for note in notes)).last_seq == notes[-1].seq


def sent(api: Api, command: WireCommand) -> bool:
    """Whether the server answered; only "not now" is taken for an excuse."""
    try:
        reply = api.push(command)
    except Refused as refused:
        if refused.status != 503:
            raise
        return False
    assert reply.verdicts[0].verdict.outcome == "applied"
    return True


def test_too_much_at_once_is_put_off(server: RunningServer, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of what is deferred is executed, and its seq is not consumed."""
    monkeypatch.setattr(executor, "LONGEST_QUEUE", 1)
    apis = [server.client("anna") for _ in range(4)]
    ticket = apis[0].log()
    commands = [api.command(AddNote(ticket=ticket, text="x")) for api in apis]
    stops: dict[int, Stop | None] = {}

    def push(number: int) -> None:
        stops[number] = apis[number].push(commands[number]).stop

    threads = [threading.Thread(target=push, args=(n,)) for n in range(4)]
    with cluster.superuser(str(server.database.database)) as blocker:
        blocker.execute("BEGIN")
        blocker.execute("SELECT 1 FROM desk FOR UPDATE")
        for thread in threads:
            thread.start()
        until(lambda: len(stops) == 2, "two of the four to be put off", seconds=4)
        blocker.execute("ROLLBACK")
    for thread in threads:
        thread.join()
    late = [n for n, stop in stops.items() if stop is not None]
    assert len(late) == 2
    for number in late:
        stop = stops[number]
        assert stop is not None
        assert (stop.code, stop.retry_after > 0) == ("deferred", True)
        assert apis[number].push(commands[number]).verdicts[0].verdict.outcome == "applied"
