"""A charter's desk for black-box tests: a real server, its commands, and members at their terminals, under one clock that tests set."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import uuid
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from click.testing import CliRunner

from desk_client.bootstrap import Client, build
from desk_client.cli import context
from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.calls import Call
from desk_core.commands import Ask
from desk_core.events import Event
from desk_core.events_of_service import MessageMade
from desk_core.people import Customer
from desk_core.protocol import Change, Verdict
from desk_core.references import parse
from desk_core.tickets import Fault, Ticket
from desk_policy.__main__ import main as desk_policy
from desk_server.clock import FileClock
from desk_server.mail.service import file_name
from tests.acceptance.charters import Charter
from tests.journeys.office import OfficeClock, keeper
from tests.support.commands import Done, same_process
from tests.support.desk_profile import MemoryKeyring
from tests.support.server import FAULT, PASSWORD, Api, RunningServer
from tests.support.server import Refused as RefusedByServer
from tests.support.terminal import Twin
from tests.support.world import at

SINK = "mail"
_BOOTED = at("2025-12-01T00:00+00:00")
# Commands that read before they answer; the others decide by what is here, as they must without network.
_ONLY_LOOK = ("queue", "show", "why", "find", "members", "sync", "outbox")
_SYNC_FIRST = (*_ONLY_LOOK, "take-next")
_EVENT = msgspec.json.Decoder(Event)


class DeskClock(OfficeClock):
    """The one clock of a test: a file, read by the server (``--test-clock``) and by every terminal. It stands still until it is set."""

    def __init__(self, path: Path, instant: str) -> None:
        super().__init__(at(instant))
        self.path = path
        self._sets = 0
        self.set(at(instant))
        self._file = FileClock(path)

    def now(self) -> dt.datetime:
        return self._file.now()

    def set(self, now: dt.datetime) -> None:
        """It is ``now`` until it is set again."""
        self.path.write_text(now.isoformat(), encoding="utf-8")
        # Two writes within one tick of the file system's clock would look like one.
        self._sets += 1
        os.utime(self.path, ns=(self._sets, self._sets))

    def mono(self) -> float:
        """Seconds that never jump."""
        return (self.now() - _BOOTED).total_seconds()

    def advance(self, **amount: float) -> None:
        """Let time pass, as in ``advance(minutes=5)``; no job looks."""
        self.set(self.now() + dt.timedelta(**amount))


class Letter(NamedTuple):
    """A message as it was handed on: what a customer or a colleague reads."""

    sender: str
    to: str
    copies: str
    subject: str
    text: str
    automatic: bool


LONGEST_SILENCE = dt.timedelta(days=20)
"""Well below the time after which the server ends a session that nobody used."""


class Seat(Twin):
    """A member of the desk: at the terminal with ``run``, ``json`` and ``refused``, and ``by_hand`` on a device that is no program."""

    def __init__(self, desk: Desk, login: str) -> None:
        super().__init__(desk.folder / f"at-{login}")
        self.desk, self.login = desk, login
        self._keys = keeper(MemoryKeyring())
        self._seen, self._contact = -1, desk.clock.now()

    def run(self, *words: str, typed: str = "", code: int = 0) -> str:
        """Give a command; it must end with ``code``. What it says."""
        now = self.desk.clock.now()
        if self._seen < 0 or now - self._contact > LONGEST_SILENCE:
            sign_in = ("sign-in", "--server", self.desk.server.url, "--user", self.login, "--password-stdin")
            self._run(sign_in, PASSWORD, 0)
        elif self._seen != self.desk.happened and words[0] not in _SYNC_FIRST and "--offline" not in words:
            self._run(("sync",), "", 0)
        self.desk.happened += words[0] not in _ONLY_LOOK
        self._seen, self._contact = self.desk.happened, now
        return self._run(words, typed, code)

    def _run(self, words: Sequence[str], typed: str, code: int) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(context, "build", self._build)
            return super().run(*words, typed=typed, code=code)

    def refused(self, *words: str) -> dict[str, Any]:
        """Give a command that must be refused: its ``code``, ``text`` and ``fields``."""
        found: dict[str, Any] = self.json(*words, code=1)
        assert found["text"].endswith((".", "?")), found
        return found

    def _build(self, profile: Path | None = None, *, offline: bool = False) -> Client:
        return build(profile, offline=offline, clock=self.desk.clock, keys=self._keys, chance=lambda: 0.0)

    # --- without the program ---------------------------------------------------------------------------------------------

    @cached_property
    def by_hand(self) -> Api:
        """The same member on a device of its own, with hand-made requests."""
        return self.desk.server.client(self.login)

    def stays_in_contact(self) -> None:
        """Say something to the server, after too long a time by signing in again; somebody who may not do that says nothing."""
        with contextlib.suppress(RefusedByServer):
            try:
                self.by_hand.receipts()
            except RefusedByServer:
                self.by_hand.enrol(self.login, device_id=self.by_hand.enrolled.device_id)

    def does(self, *asks: Ask) -> dict[str, str]:
        """Commands that are carried out; what came of the last one."""
        self.desk.happened += 1
        return self.by_hand.applied(*self._now(asks))[-1].result if asks else {}

    def may_not(self, ask: Ask) -> Verdict:
        """A hand-made command that the server must refuse; its verdict."""
        (verdict,) = self.by_hand.do(*self._now((ask,)))
        assert verdict.outcome == "refused", verdict
        return verdict

    def opens(self, *, channel: str = "email", title: str = "Help", **fields: Any) -> str:
        """A ticket that did not come by phone; its id."""
        ticket = str(uuid.uuid4())
        now, reference = self.desk.clock.now(), self.by_hand.reference()
        self.does(
            c.CreateTicket(ticket=ticket, reference=reference, received_at=now, channel=channel, title=title, **fields)
        )
        return ticket

    def hears(self, fault: Fault = FAULT, **fields: Any) -> str:
        """A call that becomes a ticket; its id. The call's is :attr:`call`."""
        self.call, ticket, now = str(uuid.uuid4()), str(uuid.uuid4()), self.desk.clock.now()
        begin = c.BeginCall(call=self.call, reference=self.by_hand.reference(), rang_at=now, answered_at=now)
        self.does(begin, c.LogCall(call=self.call, ticket=ticket, fault=fault, **fields))
        return ticket

    def gets_mail(self, sender: str, to: str, **fields: Any) -> str:
        """A customer's mail that is taken in by hand; the id of its ticket."""
        values = {"subject": "Help", "text": "It does not work.", **fields}
        mail = s.ReceiveMail(
            mail=str(uuid.uuid4()),
            ticket=str(uuid.uuid4()),
            reference=self.by_hand.reference(),
            sender=sender,
            to=(to,),
            received_at=self.desk.clock.now(),
            **values,
        )
        return self.does(mail).get("ticket", mail.ticket)

    def _now(self, asks: Sequence[Ask]) -> Sequence[Ask]:
        """The hand-made request is given now, not when its device signed in."""
        self.by_hand.enrolled = msgspec.structs.replace(self.by_hand.enrolled, server_time=self.desk.clock.now())
        return asks


class Desk:
    """One desk under one charter, alone on its server and in its database."""

    def __init__(self, server: RunningServer, clock: DeskClock, folder: Path, charter: Charter, policy: Path) -> None:
        self.server, self.clock, self.folder, self.policy = server, clock, folder, policy
        self._reader, self._name = charter.reader, charter.policy
        self._seats: dict[str, Seat] = {}
        self.happened = 0

    def __getitem__(self, login: str) -> Seat:
        """The member's place; the first command there signs in."""
        return self._seats.setdefault(login, Seat(self, login))

    # --- time ------------------------------------------------------------------------------------------------------------

    def at(self, instant: str) -> None:
        """It is now ``instant``, and whatever fell due until then was done by the server's jobs. Whoever works here stayed in contact, so
        that nobody loses what the queue gave and no session lapses."""
        until = at(instant)
        self.happened += 1
        while self.clock.now() < until:
            self.clock.set(min(until, self.clock.now() + LONGEST_SILENCE))
            for seat in self._seats.values():
                seat.stays_in_contact()
        self.clock.set(until)
        self.server.services.jobs.look()

    def later(self, **amount: float) -> None:
        """Let time pass, as in ``later(minutes=5)``."""
        self.at((self.clock.now() + dt.timedelta(**amount)).isoformat())

    # --- the administrator -----------------------------------------------------------------------------------------------

    def admin(self, *words: str | Path, stdin: str = "", expect: int = 0) -> Done:
        """Give a command of desk-server on this desk's database, while it is served."""
        self.happened += 1
        return administer(
            self.server.database.render_as_string(hide_password=False), *words, stdin=stdin, expect=expect
        )

    def publish(self, version: str, *changes: tuple[str, str]) -> None:
        """Put the desk's policy in force as this version, with texts replaced."""
        text = re.sub(r'^version = ".*"', f'version = "{version}"', self.policy.read_text("utf-8"), count=1, flags=re.M)
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        changed = self.folder / "changed.toml"
        changed.write_text(text, encoding="utf-8")
        self.admin("policy", "set", changed)

    def due(self, clock: str, start: str, *words: str) -> dict[str, Any]:
        """What ``desk-policy due`` says of a promise of this desk's policy; deadlines are texts, as in ``deadline_local``."""
        done = CliRunner().invoke(desk_policy, ["due", str(self.policy), clock, "--start", start, *words, "--json"])
        assert done.exit_code == 0, done.output
        found: dict[str, Any] = msgspec.json.decode(done.stdout)
        return found

    # --- what the server has ---------------------------------------------------------------------------------------------

    def ticket(self, ticket: str) -> Ticket:
        """The ticket with this id or reference, with the eyes of somebody who may read everything."""
        number = parse(ticket)
        rows = [msgspec.json.decode(row.row, type=Ticket) for row in self._rows() if row.table == "ticket"]
        (found,) = [each for each in rows if ticket == each.id or (number and each.reference == number)]
        return found

    def ref(self, ticket: str) -> str:
        """The reference of the ticket with this id, as people say it."""
        return self.ticket(ticket).reference

    def member(self, login: str) -> str:
        """The id of the member who signs in so."""
        return self[login].by_hand.me

    @cached_property
    def customers(self) -> dict[str, str]:
        """The ids of the customers that were imported, by name."""
        rows = [msgspec.json.decode(row.row, type=Customer) for row in self._rows() if row.table == "customer"]
        return {customer.name: customer.id for customer in rows}

    def clock_of(self, ticket: str, clock: str) -> tuple[str, dt.datetime | None]:
        """State and deadline of a promise; ("none", None) when nothing is promised."""
        found = self.ticket(ticket).clock(clock)
        return (found.state, found.deadline) if found else ("none", None)

    def events(self, ticket: str) -> list[Event]:
        """What happened to a ticket, in its order."""
        rows = [(row.commit_seq, _EVENT.decode(row.row)) for row in self._rows() if row.table == "event"]
        mine = [(seq, int(event.id.rpartition("/")[2]), event) for seq, event in rows if event.ticket == ticket]
        return [event for _, _, event in sorted(mine, key=lambda each: each[:2])]

    def calls(self) -> list[Call]:
        """Every call."""
        return [msgspec.json.decode(row.row, type=Call) for row in self._rows() if row.table == "call"]

    def messages(self, ticket: str, message: str = "") -> list[MessageMade]:
        """The messages that were made for a ticket, all or those of one kind."""
        made = [event.what for event in self.events(ticket)]
        return [each for each in made if isinstance(each, MessageMade) and message in ("", each.message)]

    def mails(self, ticket: str, message: str = "") -> list[Letter]:
        """Those that were handed on (``--mail-sink``), in the order in which they were made."""
        self.server.services.mail.look()
        keys = [made.once_key for made in self.messages(ticket, message) if made.to]
        files = [self.folder / SINK / file_name(self._name, key) for key in keys]
        return [_letter(file) for file in files if file.exists()]

    def _rows(self) -> list[Change]:
        return [row for page in self[self._reader].by_hand.snapshot() for row in page.rows]


def _letter(file: Path) -> Letter:
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    sender, to, copies, subject = (str(mail[name] or "") for name in ("From", "To", "Cc", "Subject"))
    text = "\n".join(mail.get_content().splitlines()).rstrip()
    return Letter(sender, to, copies, subject, text, mail["Auto-Submitted"] is not None)


def administer(address: str, *words: str | Path, stdin: str = "", expect: int = 0) -> Done:
    """Give a command of desk-server in this process."""
    return same_process(*words, "--data", "/nowhere", "--database", address, stdin=stdin, expect=expect)
