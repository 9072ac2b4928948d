"""What happens to the sync engine, and what it wants: one record for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desk_core.protocol import (
    MAX_BATCH,
    PAGE_ROWS,
    Cursor,
    DigestReply,
    EnrolReply,
    LeaseReply,
    LeaseRequest,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
)

Lane = Literal["push", "pull"]
Timer = Literal["push", "pull", "check", "grace"]
START = Cursor()

# --- what happens ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Started:
    """There is a token; begin."""


@dataclass(frozen=True)
class Woken:
    """Something was stored on this machine. ``now``: a person waits for a round, so do not go on waiting after a failure."""

    now: bool = False


@dataclass(frozen=True)
class TimeUp:
    """A lane has waited long enough, or it is time to compare digests."""

    lane: Timer


@dataclass(frozen=True)
class Batch:
    """What may be sent now: commands, or a wish for numbers, or nothing. ``awaiting``: answered commands whose page has not come yet.
    ``forked``: before anything is sent this machine must become a device of its own; ``receipts`` are asked for first. ``held``: after how
    many seconds something may go that can still be taken back."""

    push: PushRequest | None = None
    lease: LeaseRequest | None = None
    forked: bool = False
    receipts: tuple[str, ...] = ()
    awaiting: int = 0
    cursor: Cursor = START
    held: float = 0.0


@dataclass(frozen=True)
class Place:
    """Where reading stands: receipts to ask for first, then a snapshot (its next page; of ``scopes`` alone if any), then the cursor."""

    receipts: tuple[str, ...] = ()
    complete: bool = True
    token: str = ""
    scopes: tuple[str, ...] = ()
    cursor: Cursor = START
    awaiting: int = 0


Reply = PushReply | LeaseReply | PullReply | SnapshotPage | ReceiptsReply | EnrolReply | DigestReply


@dataclass(frozen=True)
class Answered:
    """The server answered a request."""

    lane: Lane
    reply: Reply


@dataclass(frozen=True)
class Kept:
    """What the server answered is on the disk."""

    lane: Lane


@dataclass(frozen=True)
class Compared:
    """How this machine's digests and the server's are to each other; ``moved``: the server is further, so that they say nothing."""

    result: Literal["same", "moved", "differs"]


@dataclass(frozen=True)
class Failed:
    """No answer, or not the one hoped for: ``offline``; ``refused`` until a person does something; ``later`` with the least to wait; or
    ``anew``: the server knows nothing of where we stand.

    ``disk`` failures belong to this machine: nothing is lost, the same is fetched or sent again. ``slow``: the time was up."""

    lane: Lane
    why: Literal["offline", "refused", "later", "disk", "anew"]
    code: str = ""
    text: str = ""
    retry_after: float = 0.0
    slow: bool = False


Event = Started | Woken | TimeUp | Batch | Place | Answered | Kept | Compared | Failed

# --- what is wanted ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FindBatch:
    """Look what may be sent (storage), at most ``limit`` commands; answered by :class:`Batch`."""

    limit: int = MAX_BATCH


@dataclass(frozen=True)
class FindPlace:
    """Look where reading stands (storage); answered by :class:`Place`."""


@dataclass(frozen=True)
class Send:
    """Ask the server; answered by :class:`Answered` or :class:`Failed`."""

    lane: Lane
    request: PushRequest | LeaseRequest | PullAsk | SnapshotAsk | ReceiptsAsk | DeviceAsk | DigestAsk


@dataclass(frozen=True)
class PullAsk:
    """Read on, about ``rows`` rows at most."""

    cursor: Cursor
    wait: int
    rows: int = PAGE_ROWS


@dataclass(frozen=True)
class SnapshotAsk:
    """The next page of everything, or of ``scopes``."""

    token: str
    scopes: tuple[str, ...] = ()
    rows: int = PAGE_ROWS


@dataclass(frozen=True)
class ReceiptsAsk:
    """Which of these are known?"""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class DeviceAsk:
    """Go on as a device of its own (P19)."""


@dataclass(frozen=True)
class DigestAsk:
    """What should be here? (P13)"""


@dataclass(frozen=True)
class Keep:
    """Put an answer on the disk; answered by :class:`Kept`, for digests by :class:`Compared`, or by :class:`Failed`. ``renumber`` says what
    a stop asks for."""

    lane: Lane
    reply: Reply
    renumber: int | None = None


@dataclass(frozen=True)
class Wait:
    """Wait at least ``at_least`` seconds, and a random share of ``up_to`` (full jitter); answered by :class:`TimeUp`."""

    lane: Timer
    at_least: float
    up_to: float


@dataclass(frozen=True)
class StartAnew:
    """Fetch everything again, beside what is here; answered by :class:`Kept`."""


Effect = FindBatch | FindPlace | Send | Keep | Wait | StartAnew
