"""Setting up desks and the people who work there: what the command line offers administrators. Every change reaches the clients' feed."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Callable, Iterable, Sequence
from typing import Literal

import msgspec
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from desk_core.members import member_refusal, vacancy_refusal
from desk_core.people import Asset, Contact, Contract, Customer, Member
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.references import FIRST_COUNTER
from desk_core.routing import pathless
from desk_core.wording import Refusal
from desk_server.accounts.passwords import hash_password, login_key
from desk_server.audit import Audit, Entry
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.sync.service import (
    PROGRAM,
    OtherRules,
    Policies,
    Published,
    Version,
    accounts_changed,
    kept_scope,
    member_row,
    party_row,
    policy_of_text,
    put_policy,
    put_rows,
    raw_of,
    replace_scopes,
    versions,
)

Purpose = Literal["live", "test", "demo"]
Party = Customer | Contact | Asset | Contract

_FIRST_SCOPES = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

_NEW_DESK = (
    "INSERT INTO desk (id, title, purpose, log_epoch, head_seq, horizon_seq, chain, policy_version, next_counter, next_device, created_at) "
    "VALUES (%s, %s, %s, %s, 0, 0, '', '', %s, 1, %s)"
)
_PROGRAM_DEVICE = "INSERT INTO device (desk, id, member, number, name, last_seq, created_at) VALUES (%s, %s, %s, 0, 'desk-server', 0, %s)"
_DESKS = "SELECT id, title, purpose FROM desk ORDER BY created_at, id"
_VERSION = "SELECT policy_version FROM desk WHERE id = %s"
_CREDENTIAL = (
    "INSERT INTO credential (desk, member, login, password_hash, changed_at) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT (desk, member) DO UPDATE SET password_hash = excluded.password_hash, changed_at = excluded.changed_at"
)
_SCOPE = "INSERT INTO member_scope (desk, member, version, departments) VALUES (%s, %s, %s, %s)"
_NEXT_SCOPE = "UPDATE member SET scope_version = greatest(scope_version + 1, %s) WHERE desk = %s AND id = %s RETURNING scope_version"
_MEMBER = "SELECT body::text, scope_version FROM member WHERE desk = %s AND id = %s"
_MEMBERS = "SELECT body::text FROM member WHERE desk = %s AND id <> %s"
_LOCK = "SELECT 1 FROM desk WHERE id = %s FOR UPDATE"
_USED = "SELECT DISTINCT department FROM ticket WHERE desk = %s AND status IN ('open', 'waiting_customer')"
_BY_LOGIN = "SELECT member FROM credential WHERE desk = %s AND login = %s"
_END_SESSIONS = "DELETE FROM token WHERE desk = %s AND member = %s"
_MEMBER_BODY = msgspec.json.Decoder(Member)


class AccountProblem(ValueError):
    """What an administrator asked for cannot be done: one sentence that says what would be right."""


class Desk(msgspec.Struct, frozen=True):
    """A desk of this server."""

    id: str
    title: str
    purpose: Purpose


class Desks:
    """Administration of all desks of a server. Blocking."""

    def __init__(self, database: Database, clock: Clock, policies: Policies, audit: Audit) -> None:
        self._database = database
        self._clock = clock
        self._policies = policies
        self._audit = audit

    # --- desks -----------------------------------------------------------------------------------------------------------

    def list(self) -> list[Desk]:
        """All desks, oldest first."""
        with self._database.jobs("") as connection:
            return [Desk(*row) for row in connection.exec_driver_sql(_DESKS).all()]

    def create(self, desk: str, title: str, policy_text: str, file: str = "policy", purpose: Purpose = "live") -> Desk:
        """A new desk under a policy. Raises :class:`AccountProblem`, and PolicyError for a policy that cannot be used."""
        if not desk or not all(c.isascii() and (c.isalnum() or c in "-_") for c in desk):
            raise AccountProblem("A desk's name is made of letters, digits, “-” and “_”, as in north-desk.")
        policy, now = policy_of_text(policy_text, file), self._clock.now()
        program = Member(id=PROGRAM, login="", name="Desk server", role="admin")
        with self._database.executor(desk) as connection:
            try:
                epoch = secrets.token_hex(8)
                connection.exec_driver_sql(_NEW_DESK, (desk, title or desk, purpose, epoch, FIRST_COUNTER, now))
            except IntegrityError as error:
                raise AccountProblem(f"There is already a desk called {desk}; choose another name.") from error
            connection.exec_driver_sql(_PROGRAM_DEVICE, (desk, PROGRAM, PROGRAM, now))
            connection.exec_driver_sql(_SCOPE, (desk, PROGRAM, 1, []))
            put_policy(raw_of(connection), desk, policy, self._policies, now)
            put_rows(raw_of(connection), desk, [member_row(program, 1)], now)
        return Desk(desk, title or desk, purpose)

    def set_policy(self, desk: str, policy_text: str, file: str = "policy") -> Published:
        """Put a policy in force for new tickets, and for the order of the queue; tickets that are there keep the version under which they
        were opened (A-01). A file that differs from its version only in dated days of calendars revises those everywhere (TS-13).

        Raises PolicyError, and :class:`AccountProblem` for a policy in which a member or an open ticket has no place, and for other rules
        under a version that the desk has already.
        """
        row = policy_of_text(policy_text, file)
        policy = load(policy_text, file)
        with self._database.executor(desk) as connection:
            connection.exec_driver_sql(_LOCK, (desk,))
            before = self._policy(connection, desk)
            members = self._members(connection, desk)
            for member in members:
                refusal = member_refusal(policy, member)
                if refusal is not None:
                    raise AccountProblem(f"{member.name} does not fit the new policy. {refusal.text}")
            self._check_paths(policy, members)
            used = {row[0] for row in connection.exec_driver_sql(_USED, (desk,)).all()}
            lost = sorted(used - {department.id for department in policy.departments})
            if lost:
                raise AccountProblem(
                    f"The new policy has no {lost[0]}, where tickets are open; transfer or close them first."
                )
            try:
                published = put_policy(raw_of(connection), desk, row, self._policies, self._clock.now())
            except OtherRules:
                raise AccountProblem(_other_rules(row.version)) from None
            for member in members:
                if kept_scope(before, member) != kept_scope(policy, member):
                    self._rescope(connection, desk, member, kept_scope(policy, member))
            accounts_changed(raw_of(connection), desk)
        detail = f"version {published.version}" + "".join(f", {calendar}" for calendar in published.calendars)
        self._audit.add(desk, [Entry("policy_set", detail=detail)])
        return published

    def versions(self, desk: str) -> Sequence[Version]:
        """Every version of the desk's policy, the one in force first, with how many open tickets keep to each."""
        with self._database.executor(desk) as connection:
            return versions(raw_of(connection), desk)

    def policy(self, desk: str) -> Policy:
        """The policy in force. Raises LookupError for an unknown desk."""
        with self._database.executor(desk) as connection:
            return self._policy(connection, desk)

    def put_parties(self, desk: str, parties: Iterable[Party]) -> int:
        """Bring in customers, contacts, assets and contracts, all or none; how many were new or changed, a second time none."""
        rows = [party_row(party) for party in parties]
        with self._database.executor(desk) as connection:
            return put_rows(raw_of(connection), desk, rows, self._clock.now())

    # --- members ---------------------------------------------------------------------------------------------------------

    def add_member(self, desk: str, member: Member, password: str) -> Member:
        """A new member, with the id given or ("") a new one; logins are unique over the server. Raises :class:`AccountProblem`."""
        login = login_key(member.login)
        member = msgspec.structs.replace(member, id=member.id or str(uuid.uuid4()), login=login)
        hashed, now = _hashed(password), self._clock.now()
        with self._database.executor(desk) as connection:
            self._check(connection, desk, member)
            others = self._members(connection, desk)
            self._check_paths(self._policy(connection, desk), (*others, member), others)
            try:
                connection.exec_driver_sql(_CREDENTIAL, (desk, member.id, login, hashed, now))
            except IntegrityError as error:
                raise AccountProblem(f"Somebody already signs in as {login}; choose another name.") from error
            scope = kept_scope(self._policy(connection, desk), member)
            connection.exec_driver_sql(_SCOPE, (desk, member.id, 1, scope))
            put_rows(raw_of(connection), desk, [member_row(member, 1)], now)
        self._audit.add(desk, [Entry("member_added", subject=member.id, detail=member.role)])
        return member

    def member(self, desk: str, login: str) -> Member:
        """A member by login. Raises :class:`AccountProblem` when there is none."""
        with self._database.executor(desk) as connection:
            found = connection.exec_driver_sql(_BY_LOGIN, (desk, login_key(login))).scalar()
            if found is None:
                raise AccountProblem(f"Nobody signs in as {login} at the desk {desk}.")
            return self._member(connection, desk, found)[0]

    def set_password(self, desk: str, member_id: str, password: str) -> None:
        """Another password; every session of the member ends."""
        hashed, now = _hashed(password), self._clock.now()
        with self._database.executor(desk) as connection:
            member, _ = self._member(connection, desk, member_id)
            connection.exec_driver_sql(_CREDENTIAL, (desk, member.id, member.login, hashed, now))
            self._end_sessions(connection, desk, member_id)
        self._audit.add(desk, [Entry("password_set", subject=member_id)])

    def members(self, desk: str) -> Sequence[Member]:
        """Everybody who may sign in or once might, by login; the server's own programs are nobody."""
        with self._database.executor(desk) as connection:
            return self._members(connection, desk)

    def set_active(self, desk: str, member_id: str, active: bool) -> None:
        """Switch a member off, which ends all sessions at once (R10), or on again."""
        self.change(desk, member_id, lambda _, member: msgspec.structs.replace(member, active=active))

    def set_departments(self, desk: str, member_id: str, departments: Sequence[str]) -> None:
        """Where a member works from now on (none: everywhere); the member's clients purge what is lost and fetch what is gained (R05)."""
        self.change(desk, member_id, lambda _, member: msgspec.structs.replace(member, departments=tuple(departments)))

    def change(self, desk: str, member_id: str, change: Callable[[Policy, Member], Member | Refusal]) -> Member:
        """Make somebody what ``change`` makes of them under the desk's policy. Raises :class:`AccountProblem` for what it refuses, for
        what the policy does not know, and for what would leave a role empty (H-31)."""
        with self._database.executor(desk) as connection:
            # One change at a time: two people who step down at once must not both find the other one still there.
            connection.exec_driver_sql(_LOCK, (desk,))
            policy = self._policy(connection, desk)
            member, version = self._member(connection, desk, member_id)
            changed = change(policy, member)
            if isinstance(changed, Member):
                refusal = member_refusal(policy, changed)
                refusal = refusal or vacancy_refusal(policy, self._members(connection, desk), changed)
            else:
                refusal = changed
            if refusal is not None or isinstance(changed, Refusal):
                raise AccountProblem(refusal.text if refusal else "")
            before = self._members(connection, desk)
            self._check_paths(policy, [changed if each.id == changed.id else each for each in before], before)
            if changed == member:
                return member
            self._put(connection, desk, changed, version)
            if kept_scope(policy, changed) != kept_scope(policy, member):
                self._rescope(connection, desk, changed, kept_scope(policy, changed))
            if not changed.active:
                self._end_sessions(connection, desk, member_id)
        fields = [name for name in changed.__struct_fields__ if getattr(changed, name) != getattr(member, name)]
        self._audit.add(desk, [Entry("member_changed", subject=member_id, detail=",".join(fields))])
        return changed

    # --- inside a transaction --------------------------------------------------------------------------------------------

    def _policy(self, connection: Connection, desk: str) -> Policy:
        version = connection.exec_driver_sql(_VERSION, (desk,)).scalar()
        if version is None:
            raise AccountProblem(f"There is no desk called {desk}.")
        return self._policies.of(raw_of(connection), desk, version)

    def _check(self, connection: Connection, desk: str, member: Member) -> None:
        """Departments, functions and office must be the policy's."""
        refusal = member_refusal(self._policy(connection, desk), member)
        if refusal is not None:
            raise AccountProblem(refusal.text)

    def _check_paths(self, policy: Policy, members: Sequence[Member], before: Sequence[Member] = ()) -> None:
        """Nobody may be without an escalation path where the policy wants one, who was not without one ``before`` (A-05)."""
        if not policy.staff.escalation_paths:
            return
        known = pathless(policy, before)
        for member, refusal in pathless(policy, members).items():
            if member not in known:
                raise AccountProblem(refusal.text)

    def _members(self, connection: Connection, desk: str) -> Sequence[Member]:
        rows = connection.exec_driver_sql(_MEMBERS, (desk, PROGRAM)).all()
        return sorted((_MEMBER_BODY.decode(row[0]) for row in rows), key=lambda member: member.login)

    def _member(self, connection: Connection, desk: str, member_id: str) -> tuple[Member, int]:
        row = connection.exec_driver_sql(_MEMBER, (desk, member_id)).first()
        if row is None:
            raise AccountProblem(f"There is no such member at the desk {desk}.")
        return _MEMBER_BODY.decode(row[0]), int(row[1])

    def _put(self, connection: Connection, desk: str, member: Member, scope_version: int) -> None:
        put_rows(raw_of(connection), desk, [member_row(member, scope_version)], self._clock.now())
        accounts_changed(raw_of(connection), desk)

    def _rescope(self, connection: Connection, desk: str, member: Member, scope: Sequence[str]) -> None:
        """From now on the member reads this: the member's clients are told what to purge and what to fetch (P20). Versions count
        seconds, so that none comes again with another scope after the desk was put back from a backup (P17)."""
        now = int((self._clock.now() - _FIRST_SCOPES).total_seconds())
        version = connection.exec_driver_sql(_NEXT_SCOPE, (now, desk, member.id)).scalar_one()
        connection.exec_driver_sql(_SCOPE, (desk, member.id, version, [*scope]))
        replace_scopes(raw_of(connection), desk, member.id, self._policies, self._clock.now())

    def _end_sessions(self, connection: Connection, desk: str, member_id: str) -> None:
        connection.exec_driver_sql(_END_SESSIONS, (desk, member_id))
        accounts_changed(raw_of(connection), desk)


def _other_rules(version: str) -> str:
    return (
        f"This desk has a policy of version {version} with other rules, which its tickets keep; "
        'give the changed file a version of its own in [policy], as version = "2".'
    )


def _hashed(password: str) -> str:
    try:
        return hash_password(password)
    except ValueError as error:
        raise AccountProblem(str(error)) from error
