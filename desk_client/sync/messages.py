"""What happens to the sync engine, and what it wants: one record for each."""

from __future__ import annotations

from typing import Literal

import msgspec

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


class Started(msgspec.Struct, frozen=True):
    """There is a token; begin."""


class Woken(msgspec.Struct, frozen=True):
    """Something was stored on this machine. ``now``: a person waits for a round, so do not go on waiting after a failure."""

    now: bool = False


class TimeUp(msgspec.Struct, frozen=True):
    """A lane has waited long enough, or it is time to compare digests."""

    lane: Timer


class Batch(msgspec.Struct, frozen=True):
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


class Place(msgspec.Struct, frozen=True):
    """Where reading stands: receipts to ask for first, then a snapshot (its next page; of ``scopes`` alone if any), then the cursor."""

    receipts: tuple[str, ...] = ()
    complete: bool = True
    token: str = ""
    scopes: tuple[str, ...] = ()
    cursor: Cursor = START
    awaiting: int = 0


Reply = PushReply | LeaseReply | PullReply | SnapshotPage | ReceiptsReply | EnrolReply | DigestReply


class Answered(msgspec.Struct, frozen=True):
    """The server answered a request."""

    lane: Lane
    reply: Reply


class Kept(msgspec.Struct, frozen=True):
    """What the server answered is on the disk."""

    lane: Lane


class Compared(msgspec.Struct, frozen=True):
    """How this machine's digests and the server's are to each other; ``moved``: the server is further, so that they say nothing."""

    result: Literal["same", "moved", "differs"]


class Failed(msgspec.Struct, frozen=True):
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


class FindBatch(msgspec.Struct, frozen=True):
    """Look what may be sent (storage), at most ``limit`` commands; answered by :class:`Batch`."""

    limit: int = MAX_BATCH


class FindPlace(msgspec.Struct, frozen=True):
    """Look where reading stands (storage); answered by :class:`Place`."""


class Send(msgspec.Struct, frozen=True):
    """Ask the server; answered by :class:`Answered` or :class:`Failed`."""

    lane: Lane
    request: PushRequest | LeaseRequest | PullAsk | SnapshotAsk | ReceiptsAsk | DeviceAsk | DigestAsk


class PullAsk(msgspec.Struct, frozen=True):
    """Read on, about ``rows`` rows at most."""

    cursor: Cursor
    wait: int
    rows: int = PAGE_ROWS


class SnapshotAsk(msgspec.Struct, frozen=True):
    """The next page of everything, or of ``scopes``."""

    token: str
    scopes: tuple[str, ...] = ()
    rows: int = PAGE_ROWS


class ReceiptsAsk(msgspec.Struct, frozen=True):
    """Which of these are known?"""

    ids: tuple[str, ...]


class DeviceAsk(msgspec.Struct, frozen=True):
    """Go on as a device of its own (P19)."""


class DigestAsk(msgspec.Struct, frozen=True):
    """What should be here? (P13)"""


class Keep(msgspec.Struct, frozen=True):
    """Put an answer on the disk; answered by :class:`Kept`, for digests by :class:`Compared`, or by :class:`Failed`. ``renumber`` says what
    a stop asks for."""

    lane: Lane
    reply: Reply
    renumber: int | None = None


class Wait(msgspec.Struct, frozen=True):
    """Wait at least ``at_least`` seconds, and a random share of ``up_to`` (full jitter); answered by :class:`TimeUp`."""

    lane: Timer
    at_least: float
    up_to: float


class StartAnew(msgspec.Struct, frozen=True):
    """Fetch everything again, beside what is here; answered by :class:`Kept`."""


Effect = FindBatch | FindPlace | Send | Keep | Wait | StartAnew
