"""The sync engine, sans-IO: ``step(state, event) → (state, effects)``. It knows no clock, no disk, no network and no chance.

Two lanes that never wait for each other (P12): *push* sends commands and refills leases, *pull* asks for receipts, fetches snapshots and
reads on. An effect asks the runner for one thing; its outcome comes back as an event of the same lane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from desk_client.models.network import Connection
from desk_core.protocol import (
    MAX_BATCH,
    Cursor,
    LeaseReply,
    LeaseRequest,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
    Stop,
)

Lane = Literal["push", "pull"]
BASE_SECONDS = 1.0
CAP_SECONDS = 60.0
POLL_SECONDS = 25
_DOUBLINGS = 10
_GAPS_IN_A_ROW = 2
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
    """A lane has waited long enough."""

    lane: Lane


@dataclass(frozen=True)
class Batch:
    """What may be sent now: commands, or a wish for numbers, or nothing. ``awaiting``: answered commands whose page has not come yet."""

    push: PushRequest | None = None
    lease: LeaseRequest | None = None
    awaiting: int = 0
    cursor: Cursor = START


@dataclass(frozen=True)
class Place:
    """Where reading stands: receipts to ask for first, then a snapshot (its next page), then the cursor."""

    receipts: tuple[str, ...] = ()
    complete: bool = True
    token: str = ""
    cursor: Cursor = START
    awaiting: int = 0


Reply = PushReply | LeaseReply | PullReply | SnapshotPage | ReceiptsReply


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


Event = Started | Woken | TimeUp | Batch | Place | Answered | Kept | Failed

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
    request: PushRequest | LeaseRequest | PullAsk | SnapshotAsk | ReceiptsAsk


@dataclass(frozen=True)
class PullAsk:
    """Read on."""

    cursor: Cursor
    wait: int


@dataclass(frozen=True)
class SnapshotAsk:
    """The next page of everything."""

    token: str


@dataclass(frozen=True)
class ReceiptsAsk:
    """Which of these are known?"""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class Keep:
    """Put an answer on the disk; answered by :class:`Kept` or :class:`Failed`. ``renumber`` and ``reset`` say what a stop asks for."""

    lane: Lane
    reply: Reply
    renumber: int | None = None
    reset: bool = False


@dataclass(frozen=True)
class Wait:
    """Wait at least ``at_least`` seconds, and a random share of ``up_to`` (full jitter); answered by :class:`TimeUp`."""

    lane: Lane
    at_least: float
    up_to: float


@dataclass(frozen=True)
class StartAnew:
    """Fetch everything again, beside what is here; answered by :class:`Kept`."""


Effect = FindBatch | FindPlace | Send | Keep | Wait | StartAnew

# --- the state ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LaneState:
    """``idle`` does nothing; ``busy`` has one effect under way; ``waiting`` failed before; ``stopped`` needs a person. ``again``: something
    was stored meanwhile; ``old``: what is under way began before a person asked for a round."""

    doing: Literal["idle", "busy", "waiting", "stopped"] = "idle"
    attempts: int = 0
    again: bool = False
    old: bool = False


@dataclass(frozen=True)
class State:
    """Both lanes, and what the status line says. ``at_head``: everything was read; ``sent_all``: nothing more may go; ``awaiting``: answers
    whose page has not come; ``failures`` counts; ``knock``: a person asked for a round, so the server must be heard from; ``limit``: how
    many commands a batch may have, fewer after one that took too long."""

    push: LaneState = LaneState()
    pull: LaneState = LaneState()
    connection: Connection = "signed_out"
    code: str = ""
    problem: str = ""
    knock: bool = False
    at_head: bool = False
    sent_all: bool = False
    awaiting: bool = False
    done: int = 0
    total: int = 0
    failures: int = 0
    limit: int = MAX_BATCH

    @property
    def stopped(self) -> bool:
        """A person must do something first: sign in, or update the program."""
        return "stopped" in (self.push.doing, self.pull.doing)

    @property
    def quiet(self) -> bool:
        """Everything is sent and everything is read."""
        return self.sent_all and self.at_head and not self.awaiting and self.push.doing == "idle"


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """What follows from ``event``."""
    match event:
        case Started():
            return State(push=LaneState("busy"), pull=LaneState("busy"), connection="connecting"), (
                FindBatch(),
                FindPlace(),
            )
        case Woken(now=now):
            return _woken(state, now)
        case TimeUp(lane=lane):
            return _begin(state, lane) if _lane(state, lane).doing == "waiting" else (state, ())
        case Batch():
            return _batch(state, event)
        case Place():
            return _place(state, event)
        case Answered():
            return _answered(state, event)
        case Kept(lane=lane):
            return _begin(state, lane) if _lane(state, lane).doing == "busy" else (state, ())
        case Failed():
            return _failed(state, event)


def _lane(state: State, lane: Lane) -> LaneState:
    return state.push if lane == "push" else state.pull


def _set(state: State, lane: Lane, to: LaneState) -> State:
    return replace(state, push=to) if lane == "push" else replace(state, pull=to)


def _begin(state: State, lane: Lane) -> tuple[State, tuple[Effect, ...]]:
    """The next turn of a lane."""
    state = _set(state, lane, replace(_lane(state, lane), doing="busy", again=False, old=False))
    return state, (FindBatch(state.limit) if lane == "push" else FindPlace(),)


def _woken(state: State, now: bool) -> tuple[State, tuple[Effect, ...]]:
    effects: tuple[Effect, ...] = ()
    state = replace(state, sent_all=False, knock=state.knock or now)
    if state.push.doing == "idle" or (now and state.push.doing == "waiting"):
        state, more = _begin(state, "push")
        effects += more
    elif state.push.doing == "busy":
        state = replace(state, push=replace(state.push, again=True, old=now or state.push.old))
    if now and state.pull.doing == "waiting":
        state, more = _begin(state, "pull")
        effects += more
    elif now and state.pull.doing == "busy":
        state = replace(state, pull=replace(state.pull, old=True))
    return state, effects


def _batch(state: State, event: Batch) -> tuple[State, tuple[Effect, ...]]:
    state = replace(state, awaiting=event.awaiting > 0)
    request = event.push or event.lease
    if request is not None:
        return replace(state, sent_all=False), (Send("push", request),)
    if state.push.again:
        return _begin(state, "push")
    if state.knock:
        return state, (Send("push", PushRequest(cursor=event.cursor, commands=())),)
    return replace(state, push=LaneState("idle"), sent_all=True), ()


def _place(state: State, event: Place) -> tuple[State, tuple[Effect, ...]]:
    if state.push.doing != "busy":
        state = replace(state, awaiting=event.awaiting > 0)
    if event.receipts:
        return state, (Send("pull", ReceiptsAsk(event.receipts)),)
    if not event.complete:
        return replace(state, at_head=False), (Send("pull", SnapshotAsk(event.token)),)
    return state, (Send("pull", PullAsk(event.cursor, POLL_SECONDS if state.at_head else 0)),)


def _answered(state: State, event: Answered) -> tuple[State, tuple[Effect, ...]]:
    if not state.stopped:
        state = replace(state, connection="online", code="", problem="")
    if event.lane == "push":
        state = replace(state, knock=False, limit=min(MAX_BATCH, state.limit * 2))
    if isinstance(event.reply, PushReply) and event.reply.stop is not None:
        return _stopped(state, event.reply, event.reply.stop)
    state = _set(state, event.lane, replace(_lane(state, event.lane), attempts=0))
    match event.reply:
        case PullReply() as page:
            reset = bool(page.reset or page.scope_add)
            head = not reset and page.cursor.commit_seq >= page.head_seq
            state = replace(state, at_head=head, done=0, total=0)
            return state, (Keep("pull", page, reset=reset),)
        case SnapshotPage() as rows:
            done = state.done + len(rows.rows)
            state = replace(state, done=done, total=max(rows.total, done))
            return state, (Keep("pull", rows),)
        case other:
            return state, (Keep(event.lane, other),)


def _stopped(state: State, reply: PushReply, stop: Stop) -> tuple[State, tuple[Effect, ...]]:
    """The server did not look at the rest of a batch."""
    if stop.code == "SEQ_GAP" and state.push.attempts < _GAPS_IN_A_ROW:
        state = replace(state, push=replace(state.push, attempts=state.push.attempts + 1))
        return state, (Keep("push", reply, renumber=max(0, stop.expected - 1)),)
    if stop.code == "FORKED":
        text = "This machine's data was copied or restored from a backup; sign in again, then everything that is unsent is sent."
        return _pause(state, Failed("push", "refused", "forked", text), reply)
    if stop.code == "UPGRADE":
        text = "The server needs a newer version of this program; calls can still be logged, and are sent after the update."
        return _pause(state, Failed("push", "refused", "upgrade", text), reply)
    return _pause(state, Failed("push", "later", "deferred", "", max(stop.retry_after, BASE_SECONDS)), reply)


def _pause(state: State, failure: Failed, reply: PushReply) -> tuple[State, tuple[Effect, ...]]:
    """Keep the verdicts that came, then treat the stop as a failure; the lane is not idle meanwhile."""
    state, effects = _failed(state, failure)
    return state, (Keep("push", reply), *effects)


def _failed(state: State, event: Failed) -> tuple[State, tuple[Effect, ...]]:
    lane = _lane(state, event.lane)
    if event.slow and event.lane == "push":
        state = replace(state, limit=max(1, state.limit // 2))
    if event.why == "refused":
        state = _set(state, event.lane, replace(lane, doing="stopped"))
        state = replace(state, failures=state.failures + 1)
        return replace(state, connection="refused", code=event.code, problem=event.text, at_head=False), ()
    if event.why == "offline" and lane.old:
        return _begin(state, event.lane)
    attempts = min(lane.attempts + 1, _DOUBLINGS)
    if event.why == "anew" and attempts <= _GAPS_IN_A_ROW:
        return _set(state, event.lane, LaneState("busy", attempts)), (StartAnew(),)
    state = replace(_set(state, event.lane, LaneState("waiting", attempts)), failures=state.failures + 1)
    if event.why == "offline":
        state = replace(state, connection="offline", code=event.code, problem=event.text, at_head=False)
    elif event.why == "disk":
        state = replace(state, code=event.code, problem=event.text, at_head=False)
    return state, (Wait(event.lane, event.retry_after, min(CAP_SECONDS, BASE_SECONDS * 2 ** (attempts - 1))),)
