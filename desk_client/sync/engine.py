"""The sync engine, sans-IO: ``step(state, event) → (state, effects)``. It knows no clock, no disk, no network and no chance.

Two lanes that never wait for each other (P12): *push* sends commands and refills leases, *pull* asks for receipts, fetches snapshots and
reads on. An effect asks the runner for one thing; its outcome comes back as an event of the same lane.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from desk_client.models.network import Connection
from desk_client.sync.messages import (
    Answered,
    Batch,
    Compared,
    DeviceAsk,
    DigestAsk,
    Effect,
    Event,
    Failed,
    FindBatch,
    FindPlace,
    Keep,
    Kept,
    Lane,
    Place,
    PullAsk,
    ReceiptsAsk,
    Reply,
    Send,
    SnapshotAsk,
    StartAnew,
    Started,
    Timer,
    TimeUp,
    Wait,
    Woken,
)
from desk_core.protocol import (
    MAX_BATCH,
    PAGE_ROWS,
    DigestReply,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
    Stop,
)

__all__ = [
    "CAP_SECONDS",
    "CHECK_SECONDS",
    "CHECK_SPREAD",
    "POLL_SECONDS",
    "Answered",
    "Batch",
    "Compared",
    "DeviceAsk",
    "DigestAsk",
    "Effect",
    "Event",
    "Failed",
    "FindBatch",
    "FindPlace",
    "Keep",
    "Kept",
    "Lane",
    "LaneState",
    "Place",
    "PullAsk",
    "ReceiptsAsk",
    "Reply",
    "Send",
    "SnapshotAsk",
    "StartAnew",
    "Started",
    "State",
    "TimeUp",
    "Timer",
    "Wait",
    "Woken",
    "step",
]


BASE_SECONDS = 1.0
CAP_SECONDS = 60.0
POLL_SECONDS = 25
_DOUBLINGS = 10
_GAPS_IN_A_ROW = 2
_FORKS_IN_A_ROW = 2
_DIFFERED_IN_A_ROW = 2
_FEWEST_ROWS = 50
CHECK_SECONDS = 900.0
"""From one comparison of digests to the next, at least."""
CHECK_SPREAD = 3_600.0
MOVED_SECONDS = 60.0

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
    many commands a batch may have and ``rows`` how many rows a page, fewer after one that took too long.

    ``spread``: seconds over which the server wants its clients back when it went away (F31). ``stale``: the epoch that the server has,
    unlike the cache. ``forks``, ``gaps``, ``anew``: how often in a row this machine was told to become another device, to number anew, to
    fetch everything anew. ``check``: digests are to be compared once it is ``still``, ``checking`` that is under way, ``timed`` it is
    planned; ``differed``: how often in a row they were not the same. ``news``: how far the server had something for us when a person
    asked; ``read``: how far it is kept. ``holding``: the end of something's grace is planned.
    """

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
    rows: int = PAGE_ROWS
    spread: float = 0.0
    stale: str = ""
    forks: int = 0
    gaps: int = 0
    anew: int = 0
    check: bool = False
    checking: bool = False
    timed: bool = False
    still: bool = False
    differed: int = 0
    news: int = 0
    read: int = 0
    holding: bool = False

    @property
    def stopped(self) -> bool:
        """A person must do something first: sign in, or update the program."""
        return "stopped" in (self.push.doing, self.pull.doing)

    @property
    def quiet(self) -> bool:
        """Everything is sent and everything is read."""
        return (
            self.sent_all
            and self.at_head
            and not self.awaiting
            and self.push.doing == "idle"
            and self.read >= self.news
        )


def step(state: State, event: Event) -> tuple[State, tuple[Effect, ...]]:
    """What follows from ``event``."""
    match event:
        case Started():
            state = State(push=LaneState("busy"), pull=LaneState("busy"), connection="connecting")
            state, plan = _plan_check(state, MOVED_SECONDS)
            # First the place: it may find a new cache ready, and with it what is to be sent again.
            return state, (FindPlace(), FindBatch(), *plan)
        case Woken(now=now):
            return _woken(state, now)
        case TimeUp(lane=timer):
            return _time_up(state, timer)
        case Batch():
            return _hold(*_batch(state, event), event.held)
        case Place():
            return _place(state, event)
        case Answered():
            return _answered(state, event)
        case Kept(lane=lane):
            return _begin(state, lane) if _lane(state, lane).doing == "busy" else (state, ())
        case Compared(result=result):
            return _compared(state, result)
        case Failed():
            return _failed(state, event)


def _time_up(state: State, timer: Timer) -> tuple[State, tuple[Effect, ...]]:
    if timer == "check":
        return replace(state, check=True, timed=False), ()
    if timer == "grace":
        return _woken(replace(state, holding=False), False)
    return _begin(state, timer) if _lane(state, timer).doing == "waiting" else (state, ())


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
    # A person who asks may know that what refused us does so no more: the server was put back to the version of before, say.
    held = ("waiting", "stopped")
    if state.push.doing == "idle" or (now and state.push.doing in held):
        state, more = _begin(state, "push")
        effects += more
    elif state.push.doing == "busy":
        state = replace(state, push=replace(state.push, again=True, old=now or state.push.old))
    if now and state.pull.doing in held:
        state, more = _begin(state, "pull")
        effects += more
    elif now and state.pull.doing == "busy":
        state = replace(state, pull=replace(state.pull, old=True))
    return state, effects


def _batch(state: State, event: Batch) -> tuple[State, tuple[Effect, ...]]:
    state = replace(state, awaiting=event.awaiting > 0)
    if event.forked:
        return replace(state, sent_all=False), (
            Send("push", ReceiptsAsk(event.receipts) if event.receipts else DeviceAsk()),
        )
    request = event.push or event.lease
    if request is not None:
        return replace(state, sent_all=False), (Send("push", request),)
    if state.push.again:
        return _begin(state, "push")
    if state.knock:
        return state, (Send("push", PushRequest(cursor=event.cursor, commands=())),)
    return replace(state, push=LaneState("idle"), sent_all=True), ()


def _hold(state: State, effects: tuple[Effect, ...], seconds: float) -> tuple[State, tuple[Effect, ...]]:
    """Look again when something can be taken back no more; there is one plan at a time."""
    if not seconds or state.holding:
        return state, effects
    return replace(state, holding=True), (*effects, Wait("grace", seconds, 0.0))


def _place(state: State, event: Place) -> tuple[State, tuple[Effect, ...]]:
    state = replace(state, read=event.cursor.commit_seq)
    if state.push.doing != "busy":
        state = replace(state, awaiting=event.awaiting > 0)
    if event.receipts:
        return state, (Send("pull", ReceiptsAsk(event.receipts)),)
    if not event.complete:
        ask = SnapshotAsk(event.token, event.scopes, state.rows)
        return replace(state, at_head=False, still=False), (Send("pull", ask),)
    effects: tuple[Effect, ...] = ()
    if state.stale and state.stale == event.cursor.log_epoch:
        state = replace(state, stale="")
        if state.push.doing == "waiting":
            state, effects = _begin(state, "push")
    if state.check and state.at_head and state.still:
        return replace(state, check=False, checking=True), (*effects, Send("pull", DigestAsk()))
    ask_on = PullAsk(event.cursor, POLL_SECONDS if state.at_head else 0, state.rows)
    return state, (*effects, Send("pull", ask_on))


def _answered(state: State, event: Answered) -> tuple[State, tuple[Effect, ...]]:
    if not state.stopped:
        beside = _lane(state, "pull" if event.lane == "push" else "push")
        if state.connection != "online" or beside.doing != "waiting":
            state = replace(state, code="", problem="")
        state = replace(state, connection="online")
    if event.lane == "push":
        state = replace(state, knock=False, limit=min(MAX_BATCH, state.limit * 2))
    if isinstance(event.reply, PushReply) and event.reply.stop is not None:
        return _stopped(state, event.reply, event.reply.stop)
    state = _set(state, event.lane, replace(_lane(state, event.lane), attempts=0))
    match event.reply:
        case PullReply() as page:
            head = not (page.reset or page.scope_add) and page.cursor.commit_seq >= page.head_seq
            still = head and not (page.changes or page.verdicts or page.scope_purge)
            news = 0 if page.reset else state.news  # the numbers of another epoch say nothing
            state = replace(state, at_head=head, still=still, spread=page.spread, done=0, total=0, anew=0, news=news)
            return replace(state, rows=min(PAGE_ROWS, state.rows * 2)), (Keep("pull", page),)
        case SnapshotPage() as rows:
            done = state.done + len(rows.rows)
            state = replace(state, done=done, total=max(rows.total, done), rows=min(PAGE_ROWS, state.rows * 2))
            state = replace(state, check=state.check or not rows.token)
            return (state, (Keep("pull", rows),)) if rows.token else _sending_again(state, rows)
        case ReceiptsReply() as known if event.lane == "pull":
            return _sending_again(state, known)
        case DigestReply() as digests:
            return replace(state, checking=False), (Keep("pull", digests),)
        case PushReply(news_seq=news) as answers if news:
            return replace(state, news=max(news, state.news)), (Keep("push", answers),)
        case PushReply(verdicts=verdicts) as answers if verdicts:
            return replace(state, forks=0, gaps=0), (Keep("push", answers),)
        case other:
            return state, (Keep(event.lane, other),)


def _sending_again(state: State, reply: Reply) -> tuple[State, tuple[Effect, ...]]:
    """What the server lost is to be sent again: once this is kept, the push looks (P14, P18)."""
    state, effects = _woken(state, False)
    return state, (Keep("pull", reply), *effects)


def _stopped(state: State, reply: PushReply, stop: Stop) -> tuple[State, tuple[Effect, ...]]:
    """The server did not look at the rest of a batch."""
    if stop.code == "SEQ_GAP" and state.gaps < _GAPS_IN_A_ROW:
        state = replace(state, gaps=state.gaps + 1)
        return state, (Keep("push", reply, renumber=max(0, stop.expected - 1)),)
    if stop.code == "FORKED" and state.forks < _FORKS_IN_A_ROW:
        return replace(state, forks=state.forks + 1), (Keep("push", reply),)
    if stop.code == "UPGRADE":
        text = "The server needs a newer version of this program; calls can still be logged, and are sent after the update."
        return _pause(state, Failed("push", "refused", "upgrade", text), reply)
    if stop.code == "STALE_EPOCH":
        # The pull learns of it too, and wakes this lane when the cache is of the new epoch.
        state = replace(state, stale=reply.log_epoch, failures=state.failures - 1)
    state = replace(state, forks=0, gaps=0)  # after a while it is tried again
    return _pause(state, Failed("push", "later", "deferred", "", max(stop.retry_after, BASE_SECONDS)), reply)


def _pause(state: State, failure: Failed, reply: PushReply) -> tuple[State, tuple[Effect, ...]]:
    """Keep the verdicts that came, then treat the stop as a failure; the lane is not idle meanwhile."""
    state, effects = _failed(state, failure)
    return state, (Keep("push", reply), *effects)


def _compared(state: State, result: Literal["same", "moved", "differs"]) -> tuple[State, tuple[Effect, ...]]:
    """What differs is fetched again at once, but not over and over (F6, F18)."""
    differed = state.differed + 1 if result == "differs" else 0 if result == "same" else state.differed
    state = replace(state, differed=differed)
    if result == "differs" and differed <= _DIFFERED_IN_A_ROW:
        return state, (StartAnew(),)
    state, plan = _plan_check(state, MOVED_SECONDS if result == "moved" else CHECK_SECONDS)
    state, effects = _begin(replace(state, still=False), "pull")
    return state, (*plan, *effects)


def _plan_check(state: State, at_least: float) -> tuple[State, tuple[Effect, ...]]:
    """Compare digests again after a while; there is one plan at a time."""
    if state.timed:
        return state, ()
    spread = CHECK_SPREAD if at_least == CHECK_SECONDS else at_least * 2
    return replace(state, timed=True), (Wait("check", at_least, spread),)


def _failed(state: State, event: Failed) -> tuple[State, tuple[Effect, ...]]:
    if state.checking and event.lane == "pull":
        # A comparison that fails must not hold what it compares.
        state, plan = _plan_check(replace(state, checking=False), CHECK_SECONDS)
        state, effects = _failed(state, event)
        return state, (*plan, *effects)
    lane = _lane(state, event.lane)
    if event.slow:
        if event.lane == "push":
            state = replace(state, limit=max(1, state.limit // 2))
        else:
            state = replace(state, rows=max(_FEWEST_ROWS, state.rows // 2))
    if event.why == "refused":
        state = _set(state, event.lane, replace(lane, doing="stopped"))
        state = replace(state, failures=state.failures + 1)
        return replace(state, connection="refused", code=event.code, problem=event.text, at_head=False), ()
    if event.why == "offline" and lane.old:
        return _begin(state, event.lane)
    attempts = min(lane.attempts + 1, _DOUBLINGS)
    if event.why == "anew" and state.anew < _GAPS_IN_A_ROW:
        return replace(_set(state, event.lane, LaneState("busy", attempts)), anew=state.anew + 1), (StartAnew(),)
    state = replace(_set(state, event.lane, LaneState("waiting", attempts)), failures=state.failures + 1)
    if event.why == "anew":
        state = replace(state, anew=0)  # after a while it is tried again
    ceiling = min(CAP_SECONDS, BASE_SECONDS * 2 ** (attempts - 1))
    if event.why == "offline" and attempts == 1:
        ceiling = min(CAP_SECONDS, max(ceiling, state.spread))
    if event.why == "offline":
        state = replace(state, connection="offline", code=event.code, problem=event.text, at_head=False)
    elif event.why == "disk":
        state = replace(state, code=event.code, problem=event.text, at_head=False)
    elif event.text:
        state = replace(
            state, code=event.code, problem=event.text
        )  # the server is there, and says why it does not (P14)
    return state, (Wait(event.lane, event.retry_after, ceiling),)
