"""Messages on their way out: each once, whole, not before their time, whatever ends in between (A-38, TS-12, R57, R60)."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
import textwrap
import threading
import uuid
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.commands import ImportedStep
from desk_core.events_of_service import MessageMade
from desk_core.people import Member
from desk_core.records import Value
from desk_core.tickets import Entitlement
from desk_server.mail.letters import BadLetter, letter
from desk_server.mail.service import MailJob, listed
from tests.support.commands import Folder, serving
from tests.support.mailing import CUSTOMER, SOUTH, WritingDesk
from tests.support.postgres import Cluster
from tests.support.server import DESK, FAULT, MONDAY, PASSWORD, RunningServer
from tests.support.world import World, at, ready_policy
from tests.waiting import until


@pytest.fixture
def desk(server: RunningServer, tmp_path: Path) -> WritingDesk:
    return WritingDesk(server, tmp_path / "mail")


def test_a38_a_confirmation_is_handed_on_as_one_letter(desk: WritingDesk) -> None:
    """A-38, A-30: written in the commit of its ticket, with the reference in its subject."""
    desk.ticket()
    (waiting,) = desk.made()
    assert (waiting.state, waiting.made.message) == ("waiting", "created")
    assert desk.hand_on() == 1
    (mail,) = desk.letters()
    assert (mail["To"], mail["From"], mail["Cc"]) == (CUSTOMER, "south@desk.invalid", None)
    assert mail["Subject"] == waiting.made.subject
    assert mail["Date"].datetime == desk.server.clock.now()
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == waiting.made.text
    assert desk.hand_on() == 0
    assert [each.state for each in desk.made()] == ["handed"]


def test_a38_a_repeated_command_makes_no_second_confirmation(desk: WritingDesk) -> None:
    ask = c.CreateTicket(
        ticket=str(uuid.uuid4()),
        reference=desk.ada.reference(),
        channel="email",
        kind="request",
        title="Twice",
        received_at=MONDAY,
        email=CUSTOMER,
    )
    command = desk.ada.command(ask)
    desk.ada.push(command)
    desk.ada.push(command)
    assert desk.hand_on() == 1
    assert len(desk.files()) == 1


def test_two_processes_hand_every_message_on_once(desk: WritingDesk) -> None:
    for _ in range(60):
        desk.ticket()
    found: list[int] = []
    barrier = threading.Barrier(2)

    def race() -> None:
        barrier.wait()
        found.append(desk.jobs().look()["messages"])

    threads = [threading.Thread(target=race) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    desk.hand_on()
    assert sum(found) == 60 or len(desk.files()) == 60
    assert len(desk.files()) == 60
    assert len({mail["Message-ID"] for mail in desk.letters()}) == 60


def test_f26_a_process_that_ends_between_letter_and_mark_doubles_nothing(desk: WritingDesk) -> None:
    """F26: kill -9 after the file is there and before the database knows it."""
    desk.ticket()
    program = f"""
        import os, signal
        from pathlib import Path
        from desk_server.db.engine import Database
        from desk_server.mail import queries, service
        from tests.support.server import SetClock

        queries.handed = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        database = Database({desk.server.database.render_as_string(hide_password=False)!r})
        service.MailJob(database, SetClock(), Path({str(desk.sink)!r}))({SOUTH!r})
    """
    killed = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], check=False, timeout=60)
    assert killed.returncode == -9
    (file,) = desk.files()
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert [each.state for each in desk.made()] == ["waiting"]
    assert desk.hand_on() == 1
    (same,) = desk.files()
    assert (same, same.read_bytes(), same.stat().st_mtime_ns) == (file, *before)
    assert [each.state for each in desk.made()] == ["handed"]


def test_without_a_folder_messages_wait(desk: WritingDesk) -> None:
    """Sending by SMTP comes later: until then nothing is lost."""
    desk.ticket()
    assert desk.server.services.mail.look() == {"messages": 0}
    assert [each.state for each in desk.made()] == ["waiting"]


def test_a_folder_that_cannot_be_written_loses_nothing(desk: WritingDesk, caplog: pytest.LogCaptureFixture) -> None:
    desk.ticket()
    shutil.rmtree(desk.sink)
    assert desk.jobs().look() == {"messages": 0}
    assert "the messages of the desk south were not looked at" in caplog.text
    desk.sink.mkdir()
    assert desk.jobs().look() == {"messages": 1}


# --- time and messages -------------------------------------------------------------------------------------------------------


def test_a44_a_notice_of_the_night_waits_until_the_desk_opens(desk: WritingDesk) -> None:
    """A-44, TS-12: seven days end on a Sunday; it is judged then and told on Monday at half past nine."""
    desk.server.clock.set(at("2026-06-07T12:00+01:00"))
    desk.ticket(timescale="30 calendar days")
    desk.hand_on()
    desk.server.clock.set(at("2026-06-14T12:00:01+01:00"))
    desk.server.services.jobs.look()
    (notice,) = desk.made("to_senior_manager")
    assert notice.made_at == at("2026-06-14T12:00:01+01:00")
    assert notice.due == at("2026-06-15T09:30+01:00")
    assert desk.hand_on() == 0
    desk.server.clock.set(at("2026-06-15T09:30+01:00"))
    assert desk.hand_on() >= 1
    assert "dan@desk.example" in {mail["To"] for mail in desk.letters()}


@pytest.mark.parametrize("went_out", [True, False], ids=["told", "not told yet"])
def test_h14_ts12_who_was_told_of_a_breach_is_told_that_there_was_none(
    server: RunningServer, tmp_path: Path, went_out: bool
) -> None:
    """TS-12: the call back was made in time and became known when its deadline had passed. Who was not told yet is told nothing."""
    functions = ("technical_support_manager",)
    tim = Member(id="tim", login="tim", name="Tim", role="manager", email="tim@desk.example", functions=functions)
    server.desks.add_member(DESK, tim, PASSWORD)
    anna = server.client("anna")
    ticket = anna.log()
    server.clock.advance(hours=4)
    server.services.jobs.look()
    desk = WritingDesk(server, tmp_path / "mail")
    told = [each for each in _of(server, DESK) if each.message == "breach_notice"]
    assert [each.to for each in told] == ["tim@desk.example"]
    mail = MailJob(server.services.database, server.clock, desk.sink)
    if went_out:
        assert mail(DESK) == 1
    anna.applied(c.TakeNext())
    sent = anna.command(c.AttemptCallBack(ticket=ticket, reached=True), issued_at=server.clock.now())
    early = msgspec.structs.replace(sent, stated_at=server.clock.now() - dt.timedelta(hours=3))
    assert anna.push(early).verdicts[0].verdict.outcome == "applied"
    corrected = [each for each in _of(server, DESK) if each.message == "breach_correction"]
    assert [each.to for each in corrected] == ["tim@desk.example"]
    mail(DESK)
    states = {
        each.made.message: each.state
        for each in listed(server.services.database, DESK, waiting=False)
        if each.made.message.startswith("breach_")
    }
    state = "handed" if went_out else "withdrawn"
    assert states == {"breach_notice": state, "breach_correction": state}
    assert len(desk.files()) == (2 if went_out else 0)


def _of(server: RunningServer, desk: str) -> list[MessageMade]:
    return [each.made for each in listed(server.services.database, desk, waiting=False)]


def test_a_time_act_makes_its_messages_once_also_when_it_is_caught_up_twice(desk: WritingDesk) -> None:
    desk.ticket()
    desk.server.clock.advance(days=20)
    desk.server.services.jobs.look()
    keys = [each.once_key for each in desk.made()]
    desk.server.services.jobs.look()
    assert [each.once_key for each in desk.made()] == keys
    assert len(keys) == len(set(keys)) > 2


def test_a17_customers_are_asked_by_turns_and_not_more_often(server: RunningServer, tmp_path: Path) -> None:
    """A-17: with an interval of thirty days, counted from the first ticket and then from the last question."""
    desk = WritingDesk(server, tmp_path / "mail", "akixi", ('every = "unset"', 'every = "30 calendar days"'))
    desk.ticket(customer="kim")
    for days, asked in ((29, 0), (1, 0), (1, 1), (1, 1), (29, 2)):
        server.clock.advance(days=days)
        server.services.jobs.look()
        server.services.jobs.look()
        assert len(list(desk.made("regular_survey"))) == asked, days


def test_a21_a_line_of_a_register_is_found_overdue_once(desk: WritingDesk) -> None:
    """A-21: on the day after its own."""
    values = (Value(field="type", value="product"), Value(field="text", value="Too loud"))
    due = MONDAY.date() + dt.timedelta(days=2)
    desk.ada.applied(s.AddEntry(entry="e1", register="feedback", values=values, due=due))
    for days, found in ((2, 0), (1, 1), (1, 0)):
        desk.server.clock.advance(days=days)
        assert desk.server.services.jobs.look()["registers"] == found, days


# --- what cannot be sent -----------------------------------------------------------------------------------------------------


def test_r60_a_message_that_cannot_be_written_is_parked_and_keeps_no_other_waiting(
    desk: WritingDesk, cluster: Cluster
) -> None:
    desk.ticket(title="Poison")
    with cluster.superuser(str(desk.server.database.database)) as behind:
        behind.execute('UPDATE message SET body = (body::jsonb || \'{"to": "nobody at all"}\')::json')
    desk.ticket()
    assert desk.hand_on() == 1
    assert [desk.hand_on() for _ in range(3)] == [0, 0, 0]
    parked, handed = sorted(desk.made(), key=lambda each: each.state, reverse=True)
    assert (parked.state, parked.tries, handed.state) == ("parked", 3, "handed")
    assert parked.problem == "“nobody at all” is no e-mail address: correct it where it was entered."


def test_a53_a_message_to_nobody_is_listed_and_not_sent(desk: WritingDesk) -> None:
    desk.ada.applied(
        c.CreateTicket(
            ticket="t-1",
            reference=desk.ada.reference(),
            channel="email",
            kind="request",
            title="No address",
            received_at=MONDAY,
            no_email="has none",
        )
    )
    assert desk.hand_on() == 0
    assert [each.state for each in desk.made()] == ["nobody"]


def _made(**fields: object) -> MessageMade:
    values: dict[str, object] = {"message": "reply", "once_key": "reply/1", "to": CUSTOMER, "subject": "Hello"}
    return MessageMade(**(values | {"text": "Dear customers", "sender": "support@desk.example"} | fields))  # type: ignore[arg-type]


def _read(made: MessageMade) -> EmailMessage:
    return message_from_bytes(letter("south", made, MONDAY), policy=default)


def test_e17_the_shared_address_sends_and_gets_a_copy_and_the_mail_that_is_answered_is_named() -> None:
    mail = _read(_made(copies=("support@desk.example", "sales@desk.example"), answers="<q1@customer.example>"))
    assert mail["From"] == "support@desk.example"
    assert mail["Cc"] == "support@desk.example, sales@desk.example"
    assert mail["In-Reply-To"] == mail["References"] == "<q1@customer.example>"
    assert mail["Message-ID"].endswith("@desk.example>")
    assert mail["Auto-Submitted"] is None


def test_v27_v28_nothing_stands_before_or_after_the_text() -> None:
    text = "Dear customers\n\nÄäß — “done”.\n.\nFrom here\n\nThank you for your interest in our products and services."
    assert _read(_made(text=text)).get_content().replace("\r\n", "\n") == text + "\n"


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60))
def test_r57_c26_no_field_adds_a_header(text: str) -> None:
    """R57, C26: whatever stands in a field, it is one header or the letter is not written."""
    evil = f"a\r\nBcc: x@evil.example\n\x00{text}"
    for made in (_made(subject=evil), _made(to=evil), _made(sender=evil), _made(copies=(evil,)), _made(answers=evil)):
        try:
            mail = _read(made)
        except BadLetter:
            continue
        assert mail["Bcc"] is None
        assert len(mail.get_all("Subject", [])) == 1
        assert set(mail.keys()) <= _HEADERS


_HEADERS = {
    *("From", "To", "Subject", "Date", "Message-ID"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
}


@pytest.mark.parametrize(
    "address",
    ["alice@example.org)bob@x", "a b@c.example", "<a@b.example>", "a@b@c", "@b", "a@", "ü@b.example", "a" * 300 + "@b"],
)
def test_r57_what_only_looks_like_an_address_is_none(address: str) -> None:
    with pytest.raises(BadLetter, match="no e-mail address"):
        letter("south", _made(to=address), MONDAY)


# --- what came from elsewhere ------------------------------------------------------------------------------------------------


def test_no_message_from_an_imported_past_and_one_for_what_is_done_now() -> None:
    world = World(ready_policy("akixi"))
    ada = world.add_member("ada", role="manager", email="a@desk.example", phone="1", office="london")
    world.do(
        world.add_member("program", role="admin"),
        c.ImportTicket(
            ticket="t1",
            reference=world.fresh_reference(),
            source="old",
            channel="email",
            kind="request",
            department="customer_services",
            office="london",
            title="Old",
            received_at=world.now - dt.timedelta(days=3),
            fault=FAULT,
            entitlement=Entitlement(),
            steps=(ImportedStep(event="reply.sent", at=world.now - dt.timedelta(days=2), member="ada", text="Hi"),),
        ),
    )
    world.pass_time(world.now + dt.timedelta(seconds=1))
    assert "clock.breached" in {each.kind for each in world.events}, "what fell due in that past is recorded"
    assert not [each for each in world.events if each.kind == "message.made"]
    world.do(ada, c.Reply(ticket="t1", text="We look into it."))
    assert len(world.made("reply")) == 1


def test_an_administrator_sees_what_waits_and_what_cannot_be_sent(data: Folder, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("2026-06-08T10:00:00+02:00")
    data.add_member("sven", "--function", "specialist")
    with serving(data.path, "--test-clock", clock) as server:
        server.client("ada").log()
        said = data("messages", "main", "--waiting")
    state, made_at, due, _, kind, to, subject, problem = said.out.rstrip("\n").split("\t")
    assert (state, made_at, due) == ("no address to write to", "2026-06-08T08:00:00Z", "2026-06-08T08:00:00Z")
    assert (kind, to, problem) == ("call_back_owed", "", "")
    assert "Nordlicht Druck GmbH" in subject
    refused = data("messages", "nowhere", expect=1)
    assert refused.sentence == "There is no desk called nowhere: the desks are main."


def test_two_programs_write_to_everybody_once(data: Folder, tmp_path: Path) -> None:
    """TS-12, H-14: two processes on one folder, the clock set from outside; every notice is one file, whoever was first."""
    clock, sink = tmp_path / "clock", tmp_path / "mail"
    clock.write_text("2026-06-08T10:00:00+02:00")
    customers = tmp_path / "customers.csv"
    columns = "company,contact,phone,email,product,serial,warranty until,contract from,contract to"
    customers.write_text(f"{columns}\n{FAULT.company},,,,,,,2020-01-01,2030-12-31\n")
    data("import", customers, "--mapping", "customers")
    data.add_member("sven", "--role", "agent", "--function", "specialist", "--email", "sven@desk.example")
    functions = ("--function", "technical_support_manager", "--email", "tim@desk.example")
    data.add_member("tim", "--role", "manager", *functions)
    options = ("--test-clock", clock, "--mail-sink", sink)
    with serving(data.path, *options) as one, serving(data.path, *options) as other:
        for server in (one, other):
            for _ in range(3):
                server.client("ada").log()
        until(lambda: len(_subjects(sink)) == 6, "the notices to the specialist", seconds=30)
        clock.write_text("2026-06-08T15:00:00+02:00")
        until(lambda: len(_subjects(sink)) == 12, "the notices to the manager", seconds=30)
    assert len(set(_subjects(sink))) == 12
    assert sum("versäumt" in subject for subject in _subjects(sink)) == 6
    assert data("messages", "--waiting").out == ""


def _subjects(sink: Path) -> list[str]:
    return [str(message_from_bytes(file.read_bytes(), policy=default)["Subject"]) for file in sink.glob("*.eml")]
