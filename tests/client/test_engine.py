"""The engine alone: every step is a value in and a value out (P12, P14, P15, F4, F26)."""

from __future__ import annotations

import datetime as dt

import pytest

from desk_client.sync import engine as e
from desk_core.protocol import Cursor, PullReply, PushReply, PushRequest, SnapshotPage, Stop

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)
HERE = Cursor("e1", 7, "a", 0)
BATCH = PushRequest(cursor=HERE, commands=())


def run(*events: e.Event, state: e.State | None = None) -> tuple[e.State, tuple[e.Effect, ...]]:
    found = state or e.State()
    effects: tuple[e.Effect, ...] = ()
    for event in events:
        found, effects = e.step(found, event)
    return found, effects


def pushed(**more: object) -> PushReply:
    return PushReply(verdicts=(), server_time=NOW, log_epoch="e1", **more)  # type: ignore[arg-type]


def pulled(seq: int = 7, head: int = 7, **more: object) -> PullReply:
    return PullReply(changes=(), verdicts=(), cursor=Cursor("e1", seq), head_seq=head, server_time=NOW, **more)  # type: ignore[arg-type]


def test_both_lanes_begin_at_once_p12() -> None:
    state, effects = run(e.Started())
    assert effects == (e.FindBatch(), e.FindPlace())
    assert state.connection == "connecting"


def test_a_failing_push_never_holds_the_pull_p12() -> None:
    state, _ = run(e.Started(), e.Batch(push=BATCH), e.Failed("push", "offline"))
    assert state.push.doing == "waiting"
    state, effects = run(e.Place(cursor=HERE), state=state)
    assert effects == (e.Send("pull", e.PullAsk(HERE, 0)),)


def test_backoff_doubles_to_the_cap_and_heeds_retry_after_r75() -> None:
    state, _ = run(e.Started(), e.Batch(push=BATCH))
    ceilings = []
    for _ in range(9):
        state, (wait,) = e.step(state, e.Failed("push", "later", retry_after=3.0))
        assert isinstance(wait, e.Wait)
        assert wait.at_least == 3.0
        ceilings.append(wait.up_to)
        state, effects = e.step(state, e.TimeUp("push"))
        assert effects == (e.FindBatch(),)
    assert ceilings == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_failed_upload_is_tried_again_without_a_new_write_f4() -> None:
    state, effects = run(e.Started(), e.Batch(push=BATCH), e.Failed("push", "offline"))
    assert isinstance(effects[0], e.Wait)
    _, effects = e.step(state, e.TimeUp("push"))
    assert effects == (e.FindBatch(),)


def test_first_pull_asks_at_once_then_waits_at_the_head() -> None:
    state, effects = run(e.Started(), e.Place(cursor=HERE))
    assert effects == (e.Send("pull", e.PullAsk(HERE, 0)),)
    state, effects = run(e.Answered("pull", pulled()), e.Kept("pull"), e.Place(cursor=HERE), state=state)
    assert effects == (e.Send("pull", e.PullAsk(HERE, e.POLL_SECONDS)),)
    _, effects = run(e.Answered("pull", pulled(7, 9)), e.Kept("pull"), e.Place(cursor=HERE), state=state)
    assert effects == (e.Send("pull", e.PullAsk(HERE, 0)),)


def test_receipts_before_snapshot_before_pull() -> None:
    state, _ = run(e.Started())
    assert run(e.Place(receipts=("x",), complete=False), state=state)[1] == (e.Send("pull", e.ReceiptsAsk(("x",))),)
    assert run(e.Place(complete=False, token="t"), state=state)[1] == (e.Send("pull", e.SnapshotAsk("t")),)


@pytest.mark.parametrize("reset", ["EPOCH", "DIVERGED", "FUTURE", "PRUNED", "SCHEMA"])
def test_every_reset_fetches_anew(reset: str) -> None:
    state, effects = run(e.Started(), e.Place(cursor=HERE), e.Answered("pull", pulled(reset=reset)))
    assert isinstance(effects[0], e.Keep)
    assert effects[0].reset
    assert not state.at_head


def test_quiet_means_sent_and_read_and_settled_p10() -> None:
    state, _ = run(e.Started(), e.Batch(push=BATCH), e.Answered("push", pushed()), e.Kept("push"), e.Batch(awaiting=1))
    state, _ = run(e.Place(cursor=HERE, awaiting=1), e.Answered("pull", pulled()), state=state)
    assert (state.sent_all, state.at_head, state.quiet) == (True, True, False)
    state, _ = run(e.Kept("pull"), e.Place(cursor=HERE), state=state)
    assert state.quiet


def test_gap_numbers_anew_twice_then_waits() -> None:
    gap = pushed(stop=Stop(code="SEQ_GAP", expected=4))
    state, _ = run(e.Started(), e.Batch(push=BATCH))
    for _ in range(2):
        state, effects = e.step(state, e.Answered("push", gap))
        assert effects == (e.Keep("push", gap, renumber=3),)
        state, _ = run(e.Kept("push"), e.Batch(push=BATCH), state=state)
    state, effects = e.step(state, e.Answered("push", gap))
    assert isinstance(effects[-1], e.Wait)


@pytest.mark.parametrize(("code", "said"), [("FORKED", "forked"), ("UPGRADE", "upgrade")])
def test_what_needs_a_person_stops_the_push_and_not_the_pull(code: str, said: str) -> None:
    stop = pushed(stop=Stop(code=code))  # type: ignore[arg-type]
    state, effects = run(e.Started(), e.Batch(push=BATCH), e.Answered("push", stop))
    assert effects == (e.Keep("push", stop),)
    assert (state.connection, state.code) == ("refused", said)
    assert run(e.Kept("push"), state=state)[1] == ()
    assert run(e.Place(cursor=HERE), state=state)[1] != ()


def test_woken_while_busy_looks_again_p14() -> None:
    state, _ = run(e.Started())
    state, effects = run(e.Woken(), state=state)
    assert effects == ()
    _, effects = run(e.Batch(), state=state)
    assert effects == (e.FindBatch(),)


def test_expired_session_uses_up_no_attempts_f26() -> None:
    state, effects = run(e.Started(), e.Batch(push=BATCH), e.Failed("push", "refused", "signed_out"))
    assert effects == ()
    assert run(e.Woken(now=True), state=state)[0].push.attempts == 0


def test_same_events_give_the_same_trace() -> None:
    page = SnapshotPage(rows=(), digest="", cursor=HERE, server_time=NOW, token="2", total=5)
    events: list[e.Event] = [e.Started(), e.Place(complete=False), e.Answered("pull", page), e.Kept("pull"), e.Woken()]
    assert run(*events) == run(*events)


def test_after_a_time_out_the_batch_halves_and_grows_again_p14() -> None:
    state, _ = run(e.Started(), e.Batch(push=BATCH))
    limits = []
    for _ in range(8):
        state, _ = run(e.Failed("push", "offline", slow=True), state=state)
        state, (find,) = run(e.TimeUp("push"), state=state)
        assert isinstance(find, e.FindBatch)
        limits.append(find.limit)
        state, _ = run(e.Batch(push=BATCH), state=state)
    assert limits == [32, 16, 8, 4, 2, 1, 1, 1]
    state, _ = run(e.Answered("push", pushed()), state=state)
    state, (find,) = run(e.Kept("push"), state=state)
    assert find == e.FindBatch(2)
    state, _ = run(e.Failed("pull", "offline", slow=True), e.Failed("push", "offline"), state=state)
    assert run(e.TimeUp("push"), state=state)[1] == (e.FindBatch(2),), "a network that is away is no time-out"
