"""What travels between client and server: one definition for both programs, and for the OpenAPI description.

Success is a 2xx status **and** our media type **and** our header; anything else is a network that is not ours (R70).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from typing import Any, Literal

import msgspec

from desk_core.calendar_spec import CalendarSpec
from desk_core.commands import ASKS, Ask, Command
from desk_core.people import Member
from desk_core.references import NumberBlock
from desk_core.tickets import Stub

PROTOCOL = 1
MEDIA_TYPE = "application/vnd.desk+json"
HEADER = "Desk-Protocol"
OLDEST_HEADER = "Desk-Min-Client"
MAX_BATCH = 64
PAGE_ROWS = 2_000

# Tables of the feed. `scope` of a row is "desk", a department's id, "@" and a member's, or one of those who supervise; a `leave` takes the
# row out of that scope.
Table = Literal[
    "member", "customer", "contact", "asset", "contract", "stub", "ticket", "event", "call", "entry", "policy"
]
TABLES: tuple[Table, ...] = (
    "policy",
    "member",
    "customer",
    "contact",
    "asset",
    "contract",
    "stub",
    "ticket",
    "event",
    "call",
    "entry",
)
DESK_SCOPE = "desk"


class WireCommand(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A command as it is stored in the outbox and sent. ``args`` stays raw until its own command is decoded, so that one bad command
    fails alone. ``seq`` is dense per device and given at the first send. Seconds of ``mono_since_contact`` are a monotonic clock's."""

    id: str
    name: str
    version: int
    args: msgspec.Raw
    actor: str
    issued_wall: dt.datetime
    seq: int = 0
    causes: tuple[str, ...] = ()
    stated_at: dt.datetime | None = None
    last_contact: dt.datetime | None = None
    mono_since_contact: float | None = None
    boot_id: str = ""
    replay: bool = False


UPCASTS: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""What makes the arguments of a command's old version those of its next one, by name and old version: a command that changes gets a new
version and an entry here, which stays for at least 180 days, as long as a machine may have been away."""


class UnknownCommand(ValueError):
    """The name or version of a command is not known here."""


def wire(command: Command) -> WireCommand:
    """``command`` ready for the outbox; :func:`command_from` is its inverse."""
    return WireCommand(
        id=command.id,
        name=command.ask.name,
        version=command.ask.version,
        args=msgspec.Raw(msgspec.json.encode(command.ask)),
        actor=command.actor,
        issued_wall=command.issued_at,
        causes=command.causes,
        stated_at=command.stated_at,
    )


def ask_from(name: str, version: int, args: bytes | msgspec.Raw) -> Ask:
    """The typed arguments of a wire command, of an old version also.

    Raises :class:`UnknownCommand` for an unknown name or version and :class:`msgspec.ValidationError` for arguments that do not fit.
    """
    kind = ASKS.get(name)
    if kind is not None and version < kind.version and (name, version) in UPCASTS:
        newer = UPCASTS[name, version](msgspec.json.decode(args, type=dict[str, Any]))
        return ask_from(name, version + 1, msgspec.json.encode(newer))
    if kind is None or version != kind.version:
        raise UnknownCommand(f"{name}@{version}")
    return msgspec.json.decode(args, type=kind)


def command_from(sent: WireCommand, issued_at: dt.datetime, stated_at: dt.datetime | None) -> Command:
    """The command to decide, with the instants that were judged to be true (P22)."""
    ask = ask_from(sent.name, sent.version, sent.args)
    return Command(
        id=sent.id,
        ask=ask,
        actor=sent.actor,
        issued_at=issued_at,
        stated_at=stated_at,
        causes=sent.causes,
        last_contact=sent.last_contact,
    )


# --- cursor and reply heads --------------------------------------------------------------------------------------------------


class Cursor(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far a client has read. ``anchor`` is the feed's digest at ``commit_seq``: it detects a server restored from a backup."""

    log_epoch: str = ""
    commit_seq: int = 0
    anchor: str = ""
    scope_version: int = 0


def cursor_to_text(cursor: Cursor) -> str:
    """A cursor as the query parameter ``cursor``: ``epoch.seq.anchor.scope_version``."""
    return f"{cursor.log_epoch}.{cursor.commit_seq}.{cursor.anchor}.{cursor.scope_version}"


def cursor_from_text(text: str) -> Cursor:
    """The inverse of :func:`cursor_to_text`; "" is the cursor of somebody who has read nothing. Raises ValueError for anything else."""
    if not text:
        return Cursor()
    epoch, seq, anchor, scope_version = text.split(".")
    return Cursor(epoch, int(seq), anchor, int(scope_version))


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every error body: a code for programs and one sentence for people, with the parameters for translating it."""

    code: str
    text: str
    fields: tuple[str, ...] = ()
    params: dict[str, str] = {}
    retry_after: float | None = None


# --- enrol -------------------------------------------------------------------------------------------------------------------


class EnrolRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sign in on a device. An existing ``device_id`` of the same member keeps its identity and gets a new token, unless somebody else has
    signed in as this device since: ``token`` is the last one that this machine had, and not the one in force (P19)."""

    user: str
    password: str
    device_name: str
    device_id: str = ""
    token: str = ""


class DeviceRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A machine whose data was copied goes on as a device of its own; its token says whose it is. The answer is an :class:`EnrolReply` with
    a new identity, token and numbers; the old device stays as it is, for the machine that goes on as it (P19)."""

    device_name: str


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers and work handed out to a device. ``work`` holds ticket ids that may be started offline until ``work_until``."""

    blocks: tuple[NumberBlock, ...]
    work: tuple[str, ...] = ()
    work_until: dt.datetime | None = None


class EnrolReply(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed in, on which desk, with which token, numbers and policy in force (its TOML text, version and revised calendars)."""

    device_id: str
    device_number: int
    token: str
    member: Member
    desk: str
    desk_title: str
    log_epoch: str
    server_time: dt.datetime
    policy_name: str
    policy_version: str
    policy_text: str
    lease: Lease
    last_seq: int = 0
    policy_calendars: tuple[CalendarSpec, ...] = ()


# --- push --------------------------------------------------------------------------------------------------------------------


class PushRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An ordered batch of a device's commands, at most ``MAX_BATCH``."""

    cursor: Cursor
    commands: tuple[WireCommand, ...]


class Verdict(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The server's answer to a command; stored for ever and always the same (P3). ``result`` names what came of it
    (``ticket``, ``reference``, …); ``text`` and ``params`` of a refusal are a sentence and its parts."""

    id: str
    outcome: Literal["applied", "applied_changed", "refused"]
    commit_seq: int
    code: str = ""
    text: str = ""
    fields: tuple[str, ...] = ()
    params: dict[str, str] = {}
    result: dict[str, str] = {}


class Answered(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A verdict in a push reply; ``cached`` when it was decided before."""

    verdict: Verdict
    cached: bool = False


class Stop(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why the rest of a batch was not looked at."""

    code: Literal["deferred", "SEQ_GAP", "FORKED", "STALE_EPOCH", "UPGRADE"]
    retry_after: float = 0.0
    expected: int = 0


class PushReply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The verdicts in the order sent, up to ``stop`` if there is one. ``news_seq``, to a push without commands: how far a reader must come
    to have read everything that stood beyond its cursor; 0 when nothing did."""

    verdicts: tuple[Answered, ...]
    server_time: dt.datetime
    log_epoch: str
    stop: Stop | None = None
    news_seq: int = 0


# --- pull --------------------------------------------------------------------------------------------------------------------


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One row of the feed. ``put`` carries the row as JSON of its entity; ``leave`` takes it out of ``scope``; ``delete`` is an explicit
    tombstone (P23)."""

    commit_seq: int
    scope: str
    table: str
    pk: str
    op: Literal["put", "leave", "delete"]
    # Not a plain default: the description of the protocol compares defaults by their hash, and Raw has none.
    row: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"null"))


class PolicyRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """A version of the desk's policy as the feed carries it: its TOML text as it was published, and the later editions of its calendars
    (TS-13). One version is in force for new tickets; the others are kept for those that were opened under them (A-01)."""

    name: str
    version: str
    text: str
    calendars: tuple[CalendarSpec, ...] = ()
    in_force: bool = True


class PullReply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whole commits after the cursor (P8), this device's verdicts up to the page's end (P10), and the next cursor. ``spread`` seconds are
    the time over which the first attempts of all clients are to be spread after the connection was lost (F31)."""

    changes: tuple[Change, ...]
    verdicts: tuple[Verdict, ...]
    cursor: Cursor
    head_seq: int
    server_time: dt.datetime
    reset: Literal["", "EPOCH", "DIVERGED", "FUTURE", "PRUNED", "SCHEMA"] = ""
    scope_purge: tuple[str, ...] = ()
    scope_add: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    spread: float = 0.0


class SnapshotPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows of one table as of now, each with its own seq; ``cursor`` is pinned at the start and the pull from there repairs what moved
    meanwhile (P24). No ``token``: this was the last page."""

    rows: tuple[Change, ...]
    digest: str
    cursor: Cursor
    server_time: dt.datetime
    token: str = ""
    total: int = 0


def page_digest(rows: Iterable[Change]) -> str:
    """The digest of a snapshot's page over its rows, in their order: a page that was cut or changed on its way does not match it."""
    digest = hashlib.blake2b(digest_size=16)
    for row in rows:
        digest.update(f"{row.table}/{row.pk}/{row.commit_seq}/".encode())
        digest.update(row.row)
    return digest.hexdigest()


def row_hash(table: str, pk: str, row: bytes | msgspec.Raw) -> int:
    """64 bits of a row's digest. Equal rows have equal hashes, so the XOR over a table does not depend on the order (P13)."""
    digest = hashlib.blake2b(f"{table}/{pk}/".encode(), digest_size=8)
    digest.update(row)
    return int.from_bytes(digest.digest())


# --- the rest ----------------------------------------------------------------------------------------------------------------


class ReceiptsRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Which of these commands are known? (after a fork, a restore or a lost cache)"""

    ids: tuple[str, ...]


class ReceiptsReply(msgspec.Struct, frozen=True, kw_only=True):
    """The verdicts of those that are known."""

    verdicts: tuple[Verdict, ...]
    last_seq: int
    server_time: dt.datetime


class LeaseRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Refill: how many numbers are left, and which work is in hand."""

    numbers_left: int
    work: tuple[str, ...] = ()


class LeaseReply(msgspec.Struct, frozen=True, kw_only=True):
    """Further blocks and work."""

    lease: Lease
    server_time: dt.datetime


class TableDigest(msgspec.Struct, frozen=True, kw_only=True):
    """Count and XOR of the :func:`row_hash` of one table in one scope, ``xor`` as 16 hexadecimal digits (P13)."""

    table: str
    scope: str
    count: int
    xor: str


class DigestReply(msgspec.Struct, frozen=True, kw_only=True):
    """Digests at ``commit_seq``."""

    commit_seq: int
    digests: tuple[TableDigest, ...]
    server_time: dt.datetime


class FindReply(msgspec.Struct, frozen=True, kw_only=True):
    """The stub of any ticket of the desk, whatever its department. ``also`` are further tickets to whose caller the same number was
    spoken (P6)."""

    stub: Stub
    server_time: dt.datetime
    also: tuple[Stub, ...] = ()


class BlobReply(msgspec.Struct, frozen=True, kw_only=True):
    """How much of a file the server has: ``received`` of ``size`` bytes from its beginning; the next part goes on from there. It is
    ``complete`` when all of it is there and is what its digest says."""

    received: int
    size: int
    complete: bool
    server_time: dt.datetime
