"""Signing in on a device: password, device identity, numbers, token, in that order; equal answers for every way to be wrong (R12)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from desk_core import references
from desk_core.people import Member
from desk_core.protocol import DeviceRequest, EnrolReply, EnrolRequest, Lease
from desk_core.references import NumberBlock
from desk_core.texts import SHORT, fault_in, is_id
from desk_server.accounts import lockout
from desk_server.accounts.passwords import is_password, login_key, new_token, token_hash
from desk_server.audit import Audit, Entry
from desk_server.clock import Clock
from desk_server.db.engine import Database, bind
from desk_server.sync.service import Policies, Reader, StaleReader, raw_of, work_of

_CREDENTIAL = "SELECT desk, member, password_hash FROM credential WHERE login = %s"
_MEMBER = "SELECT body::text FROM member WHERE desk = %s AND id = %s"
_MEMBER_BODY = msgspec.json.Decoder(Member)
_DEVICE = "UPDATE device SET name = %s WHERE desk = %s AND id = %s AND member = %s AND revoked_at IS NULL RETURNING number, last_seq"
_TAKEN = "SELECT 1 FROM token WHERE desk = %s AND device = %s AND revoked_at IS NULL AND hash <> %s"
_SEEN = "UPDATE device SET seen_at = %s WHERE desk = %s AND id = %s"
_NEXT_DEVICE = "UPDATE desk SET next_device = next_device + 1 WHERE id = %s RETURNING next_device - 1"
_NEW_DEVICE = (
    "INSERT INTO device (desk, id, member, number, name, last_seq, created_at) VALUES (%s, %s, %s, %s, %s, 0, %s)"
)
_NEW_TOKEN = "INSERT INTO token (hash, desk, member, device, created_at, last_used_at) VALUES (%s, %s, %s, %s, %s, %s)"  # noqa: S105 - a query
_OLD_TOKENS = "DELETE FROM token WHERE desk = %s AND device = %s"
_NEXT_BLOCKS = "UPDATE desk SET next_counter = next_counter + %s WHERE id = %s RETURNING next_counter - %s"
_NEW_BLOCK = "INSERT INTO number_block (desk, first, last, device, leased_at) VALUES (%s, %s, %s, %s, %s)"
_BLOCKS = "SELECT first, last FROM number_block WHERE desk = %s AND device = %s ORDER BY first DESC LIMIT %s"
_DESK = "SELECT title, log_epoch FROM desk WHERE id = %s"
_LEASED = "SELECT count(*) FROM number_block WHERE desk = %s AND device = %s AND leased_at > %s"
_ACCOUNTS = "SELECT accounts FROM desk WHERE id = %s"
_MADE = "SELECT count(*) FROM device WHERE desk = %s AND member = %s AND created_at > %s"
LONGEST_NAME = 200
MOST_DEVICES_A_DAY = 20
"""Identities that a member's machines may get by their tokens; one that runs wild must not use up the desk's numbers."""
MOST_BLOCKS_A_DAY = 30


class WrongPassword(Exception):
    """The login or the password is not right, or the account is switched off; nobody is told which."""


class LockedOut(Exception):
    """Too many wrong guesses; ``seconds`` until the next one is looked at."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class TooManyDevices(Exception):
    """The member's machines have got enough identities for a day."""


@dataclass(frozen=True)
class _Found:
    desk: str
    member: str
    password_hash: str


class Enrolment:
    """Signs members in. Blocking; meant for the threads that check passwords."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, audit: Audit) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._audit = audit

    def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Sign in on a device. Raises :class:`WrongPassword` and :class:`LockedOut`.

        A device that the member already has keeps its identity, its last seq and its numbers (the blocks are those that it was leased
        last; it knows which it has begun); every other device id gets a new identity, and so does a copy of the machine that goes on as it.
        """
        login = login_key(request.user)
        key = lockout.key_of(login)
        # A name that cannot be stored is nobody's; it takes as long and counts like any other (R12).
        found = self._credential(login, key)
        right = is_password(found.password_hash if found else None, request.password)
        member = self._member(found) if found and right else None
        if found is None or member is None:
            with self._database.executor("") as connection:
                lockout.count_failure(connection, key, self._clock.now())
            # Also for a name that nobody has, so that it takes as long; the name itself is not kept.
            desk, who = (found.desk, found.member) if found else ("", "")
            self._audit.add(desk, [Entry("sign_in_refused", who, subject=key.hex()[:16])])
            raise WrongPassword
        with self._database.executor(found.desk) as connection:
            reply = self._enrolled(connection, found.desk, member, request)
            lockout.forget(connection, key)
        self._audit.add(found.desk, [Entry("sign_in", member.id, reply.device_id)])
        return reply

    def new_device(self, reader: Reader, request: DeviceRequest) -> EnrolReply:
        """A new identity for a machine whose data was copied (P19). Raises :class:`TooManyDevices`, and :class:`StaleReader` when it is not
        certain any more whose token it is."""
        member = self._member(_Found(reader.desk, reader.member, ""))
        with self._database.executor(reader.desk) as connection:
            if member is None or connection.exec_driver_sql(_ACCOUNTS, (reader.desk,)).scalar() != reader.accounts:
                raise StaleReader
            since = self._clock.now() - dt.timedelta(days=1)
            made = int(connection.exec_driver_sql(_MADE, (reader.desk, member.id, since)).scalar_one())
            if made >= MOST_DEVICES_A_DAY:
                raise TooManyDevices
            named = EnrolRequest(user=member.login, password="", device_name=request.device_name)
            reply = self._enrolled(connection, reader.desk, member, named)
        self._audit.add(reader.desk, [Entry("new_device", member.id, reply.device_id, reader.device)])
        return reply

    def _credential(self, login: str, key: bytes) -> _Found | None:
        with self._database.executor("") as connection:
            left = lockout.seconds_left(connection, key, self._clock.now())
            if left > 0:
                raise LockedOut(left)
            if fault_in(login, SHORT):
                return None
            bind(connection, {"desk.login": login})
            row = connection.exec_driver_sql(_CREDENTIAL, (login,)).first()
        return _Found(*row) if row else None

    def _member(self, found: _Found) -> Member | None:
        with self._database.executor(found.desk) as connection:
            body = connection.exec_driver_sql(_MEMBER, (found.desk, found.member)).scalar()
        member = _MEMBER_BODY.decode(body) if body else None
        return member if member and member.active else None

    def _enrolled(self, connection: Connection, desk: str, member: Member, request: EnrolRequest) -> EnrolReply:
        now = self._clock.now()
        device, number, last_seq, blocks = self._device(connection, desk, member, request, now)
        token, hashed = new_token()
        connection.exec_driver_sql(_OLD_TOKENS, (desk, device))
        connection.exec_driver_sql(_NEW_TOKEN, (hashed, desk, member.id, device, now, now))
        connection.exec_driver_sql(_SEEN, (now, desk, device))
        title, log_epoch = connection.exec_driver_sql(_DESK, (desk,)).one()
        policy = self._policies.row(raw_of(connection), desk)
        return EnrolReply(
            device_id=device,
            device_number=number,
            token=token,
            member=member,
            desk=desk,
            desk_title=title,
            log_epoch=log_epoch,
            server_time=now,
            policy_name=policy.name,
            policy_version=policy.version,
            policy_text=policy.text,
            policy_calendars=policy.calendars,
            lease=lease_of(connection, desk, member.id, self._policies, blocks, now),
            last_seq=last_seq,
        )

    def _device(
        self, connection: Connection, desk: str, member: Member, request: EnrolRequest, now: dt.datetime
    ) -> tuple[str, int, int, tuple[NumberBlock, ...]]:
        """The device's identity, number, last seq and blocks: its own again, or new ones."""
        name = "".join(c if c.isprintable() else " " for c in request.device_name)[:LONGEST_NAME]
        asked = request.device_id if is_id(request.device_id) else ""
        if request.token and connection.exec_driver_sql(_TAKEN, (desk, asked, token_hash(request.token))).first():
            asked = ""  # two machines would end each other's sessions for ever
        known = connection.exec_driver_sql(_DEVICE, (name, desk, asked, member.id)).first()
        if known is not None:
            rows = connection.exec_driver_sql(_BLOCKS, (desk, request.device_id, references.BLOCKS_HELD)).all()
            return request.device_id, known[0], known[1], tuple(NumberBlock(*row) for row in reversed(rows))
        number = int(connection.exec_driver_sql(_NEXT_DEVICE, (desk,)).scalar_one())
        device = str(uuid.uuid4())
        connection.exec_driver_sql(_NEW_DEVICE, (desk, device, member.id, number, name, now))
        return device, number, 0, lease_blocks(connection, desk, device, references.BLOCKS_HELD, now)


def lease_of(
    connection: Connection,
    desk: str,
    member: str,
    policies: Policies,
    blocks: tuple[NumberBlock, ...],
    now: dt.datetime,
) -> Lease:
    """Numbers for a device, with what its member has on lease."""
    work, until = work_of(raw_of(connection), desk, member, policies, now)
    return Lease(blocks=blocks, work=work, work_until=until)


def blocks_allowed(connection: Connection, desk: str, device: str, wanted: int, now: dt.datetime) -> int:
    """How many of the ``wanted`` blocks a device may get: one that runs wild must not use up the desk's short numbers."""
    leased = int(connection.exec_driver_sql(_LEASED, (desk, device, now - dt.timedelta(days=1))).scalar_one())
    return max(0, min(wanted, MOST_BLOCKS_A_DAY - leased))


def lease_blocks(
    connection: Connection, desk: str, device: str, count: int, now: dt.datetime
) -> tuple[NumberBlock, ...]:
    """``count`` fresh blocks of numbers for a device; no number is ever leased twice."""
    if count <= 0:
        return ()
    size = references.BLOCK_SIZE
    start = int(connection.exec_driver_sql(_NEXT_BLOCKS, (count * size, desk, count * size)).scalar_one())
    blocks = tuple(NumberBlock(first, first + size - 1) for first in range(start, start + count * size, size))
    for block in blocks:
        connection.exec_driver_sql(_NEW_BLOCK, (desk, block.first, block.last, device, now))
    return blocks
