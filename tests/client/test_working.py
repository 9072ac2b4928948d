"""Taking work, refusals and what depends on them, scope, search: two or more clients and one server (P5, P15, P20, H-13, H-29)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from desk_client.bootstrap import Client
from desk_client.models import outbox, pages
from desk_client.models.store import Store
from desk_client.services.errors import DeskError, DiskFull, Refused
from desk_client.services.records import Elsewhere, TicketView
from desk_client.sync import engine as e
from desk_client.sync.transport import OFFLINE, TooSlow
from desk_core import commands as c
from desk_core import references
from desk_core.people import Asset, Contact
from desk_core.protocol import DESK_SCOPE, PullReply, PushReply, PushRequest, Verdict
from desk_core.tickets import Fault
from tests.client.conftest import Open, sign_in
from tests.client.double import MemoryServer
from tests.client.test_calls_offline import log
from tests.support.world import FAULT
from tests.waiting import until


def both(*clients: Client) -> None:
    for client in clients:
        assert client.status.sync(20).result(30).reached


@pytest.fixture
def spec(open_client: Open) -> Client:
    return sign_in(open_client("spec"), "spec")


def test_two_agents_take_two_tickets_in_the_mandated_order(ada: Client, spec: Client, server: MemoryServer) -> None:
    first, _ = log(ada)
    both(ada)
    server.advance(minutes=5)
    second, _ = log(ada)
    both(ada, spec)
    assert spec.queue.count(waiting=True) == 2
    guess = spec.queue.next()
    assert guess is not None
    futures = [spec.tickets.take_next(), ada.tickets.take_next()]
    taken = [f.result(20) for f in futures]
    assert {t.reference for t in taken} == {first, second}
    assert guess.reference == first
    assert isinstance(spec.tickets.by_reference(taken[0].reference), TicketView)
    assert [r.reference for r in spec.queue.in_hand()] == [taken[0].reference]
    with pytest.raises(Refused) as empty:
        spec.tickets.take_next().result(20)
    assert empty.value.code == "queue_empty"
    assert spec.outbox.all() == ()


def test_take_next_offline_says_what_is_in_hand_and_stores_nothing(
    ada: Client, spec: Client, server: MemoryServer
) -> None:
    reference, _ = log(ada)
    both(ada, spec)
    spec.tickets.take_next().result(20)
    server.offline = True
    spec.status.sync(5).result(10)
    with pytest.raises(DeskError) as away:
        spec.tickets.take_next().result(20)
    assert away.value.code == "take_next_offline"
    assert references.grouped(reference) in away.value.text
    assert spec.outbox.all() == ()


def test_side_door_is_refused_here_and_nothing_is_stored(ada: Client, spec: Client) -> None:
    _, ticket = log(ada)
    both(ada, spec)
    with pytest.raises(Refused) as no:
        spec.tickets.reply(ticket, spec.tickets.whole_reply("Hello")).result(5)
    assert no.value.code == "not_held"
    reason = spec.tickets.check(c.Resolve(ticket=ticket, solution="x"))
    assert reason is not None
    assert reason.code == "not_held"
    assert spec.outbox.all() == ()


def test_refused_command_needs_attention_and_holds_what_names_it_p5_p15(
    ada: Client, spec: Client, server: MemoryServer
) -> None:
    _, ticket = log(ada)
    both(ada, spec)
    spec.tickets.take_next().result(20)
    server.offline = True
    spec.tickets.resolve(ticket, "Cleaned").result(5)
    spec.tickets.reopen(ticket, "Not yet").result(5)
    independent = spec.calls.begin("1").result(5)
    # Meanwhile somebody else took it over and closed it at the server.
    server.tickets[ticket] = msgspec.structs.replace(server.tickets[ticket], holder="ada")
    server.publish()
    server.offline = False
    both(spec)
    refused = spec.outbox.needs_attention()
    assert [(u.name, u.code) for u in refused] == [("resolve", "held_by_other")]
    assert [u.state for u in spec.outbox.pending()] == ["held"]
    assert independent.reference in {call.reference for call in server.calls.values()}
    editable = spec.outbox.editable(refused[0])
    assert isinstance(editable, c.Resolve)
    with pytest.raises(Refused):
        spec.outbox.send_again(refused[0].id).result(5)
    spec.outbox.discard(refused[0].id).result(5)
    both(spec)
    assert [u.name for u in spec.outbox.needs_attention()] == ["reopen"]
    spec.outbox.discard(spec.outbox.needs_attention()[0].id).result(5)
    assert spec.outbox.all() == ()
    deeds = spec.access.act(lambda store: store.outbox.deeds()).result(5)
    assert [how for _, how, _ in deeds] == ["discarded", "discarded"], "each is an explicit act, and recorded"


def test_other_department_has_the_stub_and_nothing_more_in_its_files_p20(ada: Client, open_client: Open) -> None:
    reference, _ = log(ada)
    both(ada)
    olga = sign_in(open_client("olga"), "olga")
    seen = olga.tickets.by_reference(reference)
    assert isinstance(seen, Elsewhere)
    assert olga.queue.page().rows == ()
    assert olga.lookup.find(reference).elsewhere is not None
    assert olga.lookup.find("labels").tickets == ()
    assert "labels" not in dump(olga)
    assert reference in dump(olga)
    assert "Imke Petersen" not in dump(olga)


def dump(client: Client) -> str:
    """Everything in a client's cache, decrypted."""
    found: list[str] = []
    with client.access.read() as here:
        run = here.reading.cache.run
        for (name,) in run(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_text%'"
        ).fetchall():
            found += [str(tuple(row)) for row in run(f"SELECT * FROM {name}").fetchall()]
    return "\n".join(found)


def test_transfer_takes_the_content_away_from_the_old_department_p20(
    ada: Client, open_client: Open, server: MemoryServer
) -> None:
    reference, ticket = log(ada)
    both(ada)
    other = server.policy.departments[1].id
    assert ada.lookup.find("labels").tickets != ()
    server.tickets[ticket].holder or ada.tickets.transfer(ticket, other, "For you").result(5)
    both(ada)
    assert isinstance(ada.tickets.by_reference(reference), Elsewhere)
    assert ada.lookup.find("labels").tickets == ()
    assert "labels" not in dump(ada).replace("settled", "")
    olga = sign_in(open_client("olga"), "olga")
    seen = olga.tickets.by_reference(reference)
    assert isinstance(seen, TicketView)
    assert [e.kind for e in seen.history][-1] == "ticket.transferred"


def test_lookup_as_one_types_r53(ada: Client, server: MemoryServer) -> None:
    company = server.entitle("Müller & Söhne GmbH", until=dt.date(2027, 1, 1))
    with server.lock:
        warranty = dt.date(2027, 1, 1)
        server.assets["a1"] = Asset(
            id="a1", customer=company.id, product="LabelJet", serial="LJ-43 / 0099", warranty_until=warranty
        )
        server.publish()
        server.seq += 1
        for number, name in enumerate(("Jörg", "Ada")):
            contact = Contact(
                id=f"p{number}", customer=company.id, name=name, phone="040 / 55 50-199", phone_e164="+49405550199"
            )
            server._put("contact", contact.id, DESK_SCOPE, contact)
    both(ada)
    for typed in ("müll", "mueller", "muller", "SOEHNE mül"):
        assert [m.customer.id for m in ada.lookup.by_company(typed)] == [company.id], typed
    for typed in ("lj43", "LJ-430", "lj 43/0099"):
        assert [m.asset.serial for m in ada.lookup.by_serial(typed) if m.asset] == ["LJ-43 / 0099"], typed
    for phone in ("040 5550199", "+49 40 5550199", "0049405550199"):
        assert [m.sure for m in ada.lookup.by_phone(phone)] == [True, True], phone
    assert ada.lookup.by_phone("") == ()
    assert ada.lookup.by_phone("anonymous") == ()
    assert ada.lookup.entitlement(company.id).source == "contract"
    assert ada.lookup.entitlement("", "lj43 0099").source == "contract"
    assert [m.customer.id for m in ada.lookup.find("jorg").customers] == [company.id]
    assert ada.lookup.class_named("it smells") == ("", "it smells")


def test_search_finds_own_unsent_ticket_and_newest_first(ada: Client, server: MemoryServer) -> None:
    first, _ = log(ada)
    both(ada)
    server.advance(minutes=5)
    both(ada)
    second, _ = log(ada)
    both(ada)
    server.offline = True
    third, _ = log(ada)
    assert [r.reference for r in ada.lookup.find("labels petersen").tickets] == [third, second, first]
    assert [r.reference for r in ada.lookup.find(references.grouped(second)).tickets] == [second]
    assert ada.lookup.find("nothing like it").tickets == ()
    page = ada.queue.page(size=2)
    rest = ada.queue.page(size=2, after=page.after)
    assert [r.reference for r in (*page.rows, *rest.rows)] == [
        ada_row.reference for ada_row in ada.queue.rows(ada.queue.ids())
    ]
    assert ada.queue.count() == 3


def test_drafts_survive_a_restart_point_12(open_client: Open) -> None:
    client = sign_in(open_client("ada"))
    client.drafts.save("call:1", "half a sen").result(5)
    client.close()
    again = open_client("ada")
    again.session.resume().result(10)
    found = again.drafts.load("call:1")
    assert found is not None
    assert found.body == "half a sen"
    again.drafts.forget("call:1").result(5)
    assert again.drafts.all() == ()


def test_incomplete_fault_is_refused_with_its_fields_and_nothing_is_lost_h16_h21(ada: Client) -> None:
    begun = ada.calls.begin("1").result(5)
    with pytest.raises(Refused) as no:
        ada.calls.log(begun.call, Fault(caller="Imke"), classification="x").result(5)
    assert no.value.code == "incomplete"
    assert set(no.value.fields) == {"company", "phone", "product", "serial", "description"}
    assert [row.call.reference for row in ada.calls.open()] == [begun.reference]


def test_expired_session_keeps_everything_and_signing_in_again_sends_it_f18(ada: Client, server: MemoryServer) -> None:
    server.tokens.clear()
    reference, _ = log(ada)
    assert ada.status.sync(10).result(20).reached is False
    assert (ada.status.state().connection, ada.status.state().code) == ("refused", "signed_out")
    sign_in(ada)
    both(ada)
    assert ada.outbox.all() == ()
    assert [t.reference for t in server.tickets.values()] == [reference]


def test_wrong_clock_is_shown_and_changes_nothing_r76(open_client: Open, server: MemoryServer, clock: object) -> None:
    clock.time += dt.timedelta(days=400)  # type: ignore[attr-defined]
    client = sign_in(open_client("ada"))
    assert client.status.state().skew == pytest.approx(400 * 86_400, abs=1)
    log(client)
    both(client)
    ticket = next(iter(server.tickets.values()))
    assert abs((ticket.received_at - server.now).total_seconds()) < 1


def test_a_batch_is_capped_in_bytes_and_a_slow_one_halves(
    ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line that takes no more than so much in its time gets everything in parts (F8)."""
    _, ticket = log(ada)
    both(ada)
    monkeypatch.setattr(pages, "BATCH_BYTES", 200_000)
    plain, sizes = server.push, list[int]()

    def narrow(server: str, token: str, request: PushRequest) -> PushReply:
        sizes.append(len(msgspec.json.encode(request.commands)))
        if sizes[-1] > 150_000:
            raise TooSlow(OFFLINE)
        return plain(server, token, request)

    server.push = narrow  # type: ignore[method-assign]
    server.offline = True
    for _ in range(12):
        ada.tickets.note(ticket, "x" * 49_000).result(5)
    server.offline = False
    until(lambda: ada.status.sync(20).result(30).unsent == 0, "everything sent")
    assert 150_000 < max(sizes) < 210_000
    notes = [event for event in server.events if event.ticket == ticket and "x" * 49_000 in repr(event.what)]
    assert len(notes) == 12


def refuse_a_note(client: Client, ticket: str, now: dt.datetime) -> str:
    """Write a note that the server refuses; the command's id."""
    command = client.tickets.note(ticket, "Mind the gap").result(5).command

    def page(store: Store) -> None:
        cursor = msgspec.structs.replace(store.cursor(), commit_seq=store.cursor().commit_seq + 1)
        verdict = Verdict(id=command, outcome="refused", commit_seq=cursor.commit_seq, code="no", text="No.")
        client.access.pages.page(
            PullReply(changes=(), verdicts=(verdict,), cursor=cursor, head_seq=cursor.commit_seq, server_time=now)
        )

    client.access.act(page).result(5)
    return command


def test_sent_again_is_one_commit_p5(ada: Client, server: MemoryServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fails in between leaves the refused command as it was, and nothing is stored twice."""
    _, ticket = log(ada)
    both(ada)
    ada.network.detach()
    refused = refuse_a_note(ada, ticket, server.now)

    def full(*_: object) -> None:
        raise DiskFull("full")

    with monkeypatch.context() as patched:
        patched.setattr(outbox.Outbox, "put_away", full)
        with pytest.raises(DiskFull):
            ada.outbox.send_again(refused).result(5)
    assert [u.id for u in ada.outbox.all()] == [refused]
    again = ada.outbox.send_again(refused).result(5)
    assert [u.id for u in ada.outbox.all()] == [again.command]


def test_reading_on_short_lived_threads_keeps_no_file_open(ada: Client, server: MemoryServer) -> None:
    server.offline = True
    ada.status.sync(3).result(30)

    def taken() -> None:
        with pytest.raises(DeskError):
            ada.tickets.take_next().result(10)

    def open_files() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    taken()
    before = open_files()
    for _ in range(60):
        taken()
    until(lambda: open_files() <= before + 4, "the threads' connections closed")


def test_typed_text_is_composed_where_it_enters_r63(ada: Client, server: MemoryServer) -> None:
    """Decomposed letters and foreign line ends, in a field of the command and in a record inside it, as another system types them."""
    server.offline = True
    begun = ada.calls.begin("040 5550177").result(5)
    fault = msgspec.structs.replace(FAULT, caller="Mu\u0308ller", description="Stops\r\nafter 20 la\u0308bels")
    saved = ada.calls.log(begun.call, fault, classification="Printhead").result(5)
    ada.tickets.note(saved.ticket, "Gru\u0308\u00dfe\rIda").result(5)
    view = ada.tickets.get(saved.ticket)
    assert isinstance(view, TicketView)
    assert view.ticket.fault.caller == "M\u00fcller"
    sent = "".join(unsent.args for unsent in ada.outbox.all())
    assert "\u0308" not in sent
    assert "\\r" not in sent
    for text in ("M\u00fcller", "Stops\\nafter 20 l\u00e4bels", "Gr\u00fc\u00dfe\\nIda"):
        assert text in sent
    call = ada.calls.get(begun.call)
    assert call is not None
    assert call.reference == begun.reference


def test_what_is_not_the_servers_is_found_and_fetched_again_p13_f18(
    open_client: Open, server: MemoryServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Something changed the cache behind everybody's back: it never becomes the truth, and the member is told."""
    ada = sign_in(open_client("ada"))
    log(ada)
    both(ada)

    def lose(store: Store) -> None:
        with store.cache.commit() as connection:
            connection.run("DELETE FROM customer")

    ada.access.act(lose).result(5)
    assert count(ada, "customer") == 0
    ada.network._put(e.TimeUp("check"))
    until(lambda: count(ada, "customer") == len(server.customers), "the customers again")
    assert "customer in desk: here None" in caplog.text
    until(lambda: ada.access.act(lambda store: store.cache.fact("agreed_at")).result(5), "both sides to agree")
    assert "cache_differed" in {notice.code for notice in ada.status.notices()}


def count(client: Client, table: str) -> int:
    """How many confirmed rows there are."""
    with client.access.read() as here:
        return int(here.reading.cache.value(f"SELECT count(*) FROM {table}"))


def test_a_known_caller_is_answered_where_the_customers_list_says(ada: Client, server: MemoryServer) -> None:
    company = server.entitle("Förde Optik GmbH", until=dt.date(2027, 1, 1))
    imke = Contact(id="p1", customer=company.id, name="Imke Petersen", email="imke@foerde.example")
    with server.lock:
        server.publish()
        server.seq += 1
        server._put("contact", imke.id, DESK_SCOPE, imke)
    both(ada)
    for contact, address in ((imke.id, imke.email), ("", "")):
        call = ada.calls.begin("1").result(5).call
        saved = ada.calls.log(call, FAULT, customer=company.id, contact=contact).result(5)
        both(ada)
        assert server.tickets[saved.ticket].email == address
