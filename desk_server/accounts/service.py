"""What the rest of the server asks about people: who is this, may they sign in, which numbers may this device give out."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from desk_core import references
from desk_core.protocol import DeviceRequest, EnrolReply, EnrolRequest, LeaseReply, LeaseRequest
from desk_server.accounts.desks import AccountProblem, Desk, Desks, Purpose
from desk_server.accounts.enrolment import (
    Enrolment,
    LockedOut,
    TooManyDevices,
    WrongPassword,
    blocks_allowed,
    lease_blocks,
    lease_of,
)
from desk_server.accounts.restored import renew
from desk_server.accounts.sessions import Session, Sessions
from desk_server.audit import Audit, Entry
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.service import Policies, Reader, StaleReader

__all__ = [
    "AccountProblem",
    "AccountsService",
    "Busy",
    "Desk",
    "Desks",
    "LockedOut",
    "Purpose",
    "Session",
    "TooManyDevices",
    "WrongPassword",
    "renew",
]

THREADS = 2
"""Passwords checked at the same time; each takes a core and 19 MiB for its time (R13)."""
LONGEST_QUEUE = 200


_ACCOUNTS = "SELECT accounts FROM desk WHERE id = %s"


class Busy(Exception):
    """Too many people sign in at this moment."""


class AccountsService:
    """One process's side of signing in."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, audit: Audit) -> None:
        self._database = database
        self._clock = clock
        self._audit = audit
        self._policies = policies
        self._enrolment = Enrolment(database, clock, policies, audit)
        self._sessions = Sessions(database, clock, policies)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="sign-in")
        self._waiting = 0

    def close(self) -> None:
        """Finish what is under way."""
        self._pool.shutdown(wait=True)

    def forget(self, desk: str) -> None:
        """Something about members of the desk changed."""
        self._sessions.forget(desk)

    async def enrol(self, request: EnrolRequest) -> EnrolReply:
        """Sign in. Raises :class:`WrongPassword`, :class:`LockedOut`, :class:`Busy`, and Unavailable without a database."""
        if self._waiting >= LONGEST_QUEUE:
            raise Busy
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._enrolment.enrol, request)
        finally:
            self._waiting -= 1

    async def session(self, token: str, *, anew: bool = False) -> Session | None:
        """Whose token this is, or None; ``anew`` asks the database in any case."""
        held = None if anew else self._sessions.held(token)
        return held or await asyncio.to_thread(self._sessions.find, token)

    async def new_device(self, reader: Reader, request: DeviceRequest) -> EnrolReply:
        """A new identity for the machine that asks. Raises :class:`TooManyDevices`."""
        return await asyncio.to_thread(self._enrolment.new_device, reader, request)

    async def sign_out(self, reader: Reader) -> None:
        """End the session of a device; its unsent work stays with the device."""
        await asyncio.to_thread(self._sessions.end, reader)
        await asyncio.to_thread(self._audit.add, reader.desk, [Entry("sign_out", reader.member, reader.device)])

    async def lease(self, reader: Reader, request: LeaseRequest) -> LeaseReply:
        """Further numbers, so that the device holds about two blocks again; and what its member has on lease."""
        wanted = references.BLOCKS_HELD * references.BLOCK_SIZE - max(0, request.numbers_left)
        return await asyncio.to_thread(self._lease, reader, wanted // references.BLOCK_SIZE)

    def _lease(self, reader: Reader, count: int) -> LeaseReply:
        now = self._clock.now()
        with self._database.executor(reader.desk) as connection:
            if connection.exec_driver_sql(_ACCOUNTS, (reader.desk,)).scalar() != reader.accounts:
                raise StaleReader
            allowed = blocks_allowed(connection, reader.desk, reader.device, count, now)
            blocks = lease_blocks(connection, reader.desk, reader.device, allowed, now)
            lease = lease_of(connection, reader.desk, reader.member, self._policies, blocks, now)
        return LeaseReply(lease=lease, server_time=now)
