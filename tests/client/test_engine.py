"""The engine alone: every step is a value in and a value out (P12, P14, P15, F4, F26)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import msgspec
import pytest

from desk_client.sync import engine as e
from desk_core.protocol import (
    Cursor,
    DigestReply,
    PullReply,
    PushReply,
    PushRequest,
    ReceiptsReply,
    SnapshotPage,
    Stop,
)

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
    assert effects[:2] == (e.FindPlace(), e.FindBatch())
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
    page = pulled(reset=reset)
    state, effects = run(e.Started(), e.Place(cursor=HERE), e.Answered("pull", page))
    assert effects == (e.Keep("pull", page),)
    assert not state.at_head
    _, effects = run(e.Kept("pull"), e.Place(complete=False), state=state)
    assert effects == (e.Send("pull", e.SnapshotAsk("")),)


def test_quiet_means_sent_and_read_and_settled_p10() -> None:
    state, _ = run(e.Started(), e.Batch(push=BATCH), e.Answered("push", pushed()), e.Kept("push"), e.Batch(awaiting=1))
    state, _ = run(e.Place(cursor=HERE, awaiting=1), e.Answered("pull", pulled()), state=state)
    assert (state.sent_all, state.at_head, state.quiet) == (True, True, False)
    state, _ = run(e.Kept("pull"), e.Place(cursor=HERE), state=state)
    assert state.quiet


def test_a_gap_after_a_long_time_offline_is_numbered_anew_p14() -> None:
    state, _ = run(e.Started(), e.Batch(push=BATCH))
    for _ in range(5):
        state, _ = run(e.Failed("push", "offline"), e.TimeUp("push"), e.Batch(push=BATCH), state=state)
    gap = pushed(stop=Stop(code="SEQ_GAP", expected=4))
    assert run(e.Answered("push", gap), state=state)[1] == (e.Keep("push", gap, renumber=3),)


def test_a_history_that_is_gone_after_a_long_time_offline_is_fetched_anew_p14() -> None:
    state, _ = run(e.Started(), e.Place(cursor=HERE))
    for _ in range(5):
        state, _ = run(e.Failed("pull", "offline"), e.TimeUp("pull"), e.Place(cursor=HERE), state=state)
    assert run(e.Failed("pull", "anew", "stale"), state=state)[1] == (e.StartAnew(),)


def test_gap_numbers_anew_twice_then_waits() -> None:
    gap = pushed(stop=Stop(code="SEQ_GAP", expected=4))
    state, _ = run(e.Started(), e.Batch(push=BATCH))
    for _ in range(2):
        state, effects = e.step(state, e.Answered("push", gap))
        assert effects == (e.Keep("push", gap, renumber=3),)
        state, _ = run(e.Kept("push"), e.Batch(push=BATCH), state=state)
    state, effects = e.step(state, e.Answered("push", gap))
    assert isinstance(effects[-1], e.Wait)


def test_a_copied_machine_asks_what_is_known_then_becomes_a_device_of_its_own_p19() -> None:
    stop = pushed(stop=Stop(code="FORKED"))
    state, effects = run(e.Started(), e.Batch(push=BATCH), e.Answered("push", stop))
    assert effects == (e.Keep("push", stop),)
    state, effects = run(e.Kept("push"), e.Batch(forked=True, receipts=("a", "b")), state=state)
    assert effects == (e.Send("push", e.ReceiptsAsk(("a", "b"))),)
    known = ReceiptsReply(verdicts=(), last_seq=9, server_time=NOW)
    state, effects = run(e.Answered("push", known), e.Kept("push"), e.Batch(forked=True), state=state)
    assert effects == (e.Send("push", e.DeviceAsk()),)
    assert not state.quiet
    assert run(e.Place(cursor=HERE), state=state)[1] == (e.Send("pull", e.PullAsk(HERE, 0)),), "the pull goes on (P12)"


def test_a_server_that_sees_nothing_but_copies_is_not_asked_for_ever() -> None:
    stop = pushed(stop=Stop(code="FORKED"))
    state, _ = run(e.Started(), e.Batch(push=BATCH))
    for _ in range(2):
        state, effects = run(e.Answered("push", stop), state=state)
        assert effects == (e.Keep("push", stop),)
        state, _ = run(e.Kept("push"), e.Batch(push=BATCH), state=state)
    _, effects = run(e.Answered("push", stop), state=state)
    assert isinstance(effects[-1], e.Wait)


def test_a_server_of_another_epoch_gets_its_commands_when_the_cache_is_of_it_p18() -> None:
    stop = pushed(stop=Stop(code="STALE_EPOCH"))
    state, effects = run(
        e.Started(), e.Batch(push=BATCH), e.Answered("push", msgspec.structs.replace(stop, log_epoch="e2"))
    )
    assert isinstance(effects[-1], e.Wait)
    assert state.failures == 0
    state, effects = run(e.Place(cursor=HERE), state=state)
    assert e.FindBatch() not in effects
    there = Cursor("e2", 3, "b", 0)
    _, effects = run(e.Place(cursor=there), state=state)
    assert effects == (e.FindBatch(), e.Send("pull", e.PullAsk(there, 0)))


def at_head() -> e.State:
    """Everything is sent and read, and a comparison of digests is owed; that of the start was made."""
    page = SnapshotPage(rows=(), digest="", cursor=HERE, server_time=NOW)
    state, _ = run(e.Started(), e.Batch(), e.Place(complete=False), e.Answered("pull", page), e.Kept("pull"))
    return replace(run(e.Place(cursor=HERE), e.Answered("pull", pulled()), e.Kept("pull"), state=state)[0], timed=False)


def digest() -> e.Answered:
    return e.Answered("pull", DigestReply(commit_seq=7, digests=(), server_time=NOW))


def test_digests_are_compared_after_a_snapshot_and_then_from_time_to_time_p13() -> None:
    state, effects = run(e.Place(cursor=HERE), state=at_head())
    assert effects == (e.Send("pull", e.DigestAsk()),)
    state, effects = run(digest(), e.Compared("same"), state=state)
    assert effects == (e.Wait("check", e.CHECK_SECONDS, e.CHECK_SPREAD), e.FindPlace())
    state, effects = run(e.Place(cursor=HERE), state=state)
    assert effects == (e.Send("pull", e.PullAsk(HERE, e.POLL_SECONDS)),)
    state, effects = run(
        e.TimeUp("check"), e.Answered("pull", pulled()), e.Kept("pull"), e.Place(cursor=HERE), state=state
    )
    assert effects == (e.Send("pull", e.DigestAsk()),)


def test_digests_are_compared_after_a_start_that_fetches_nothing_p13() -> None:
    """What a server that was put back by hand amid the last download had lost is found. (Seed 80077 of the simulation.)"""
    state, effects = run(e.Started())
    assert effects[2:] == (e.Wait("check", e.MOVED_SECONDS, 2 * e.MOVED_SECONDS),)
    for _ in range(2):
        state, _ = run(e.Place(cursor=HERE), e.Answered("pull", pulled()), e.Kept("pull"), state=state)
    _, effects = run(e.TimeUp("check"), e.Place(cursor=HERE), state=state)
    assert effects == (e.Send("pull", e.DigestAsk()),)


def test_what_differs_is_fetched_anew_and_not_over_and_over_f6_f18() -> None:
    state = at_head()
    page = SnapshotPage(rows=(), digest="", cursor=HERE, server_time=NOW)
    for _ in range(2):
        state, effects = run(e.Place(cursor=HERE), digest(), e.Compared("differs"), state=state)
        assert effects == (e.StartAnew(),)
        state, _ = run(e.Kept("pull"), e.Place(complete=False), e.Answered("pull", page), e.Kept("pull"), state=state)
        state, _ = run(e.Place(cursor=HERE), e.Answered("pull", pulled()), e.Kept("pull"), state=state)
    _, effects = run(e.Place(cursor=HERE), digest(), e.Compared("differs"), state=state)
    assert e.StartAnew() not in effects
    assert e.FindPlace() in effects


def test_a_comparison_that_fails_holds_nothing() -> None:
    state, effects = run(e.Place(cursor=HERE), e.Failed("pull", "later", "not_found"), state=at_head())
    assert [type(x) for x in effects] == [e.Wait, e.Wait]
    state, _ = run(e.TimeUp("pull"), state=state)
    assert run(e.Place(cursor=HERE), state=state)[1] == (e.Send("pull", e.PullAsk(HERE, e.POLL_SECONDS)),)


def test_only_what_was_gained_is_fetched_p20() -> None:
    state, effects = run(
        e.Started(), e.Place(cursor=HERE), e.Answered("pull", pulled(scope_add=("b",))), e.Kept("pull")
    )
    assert effects == (e.FindPlace(),)
    _, effects = run(e.Place(complete=False, scopes=("b",), cursor=HERE), state=state)
    assert effects == (e.Send("pull", e.SnapshotAsk("", ("b",))),)


def test_after_a_time_out_the_pages_halve_and_grow_again_f8() -> None:
    state, _ = run(e.Started(), e.Place(cursor=HERE))
    asked = []
    for _ in range(7):
        state, _ = run(e.Failed("pull", "offline", slow=True), e.TimeUp("pull"), state=state)
        state, (send,) = run(e.Place(cursor=HERE), state=state)
        assert isinstance(send, e.Send)
        assert isinstance(send.request, e.PullAsk)
        asked.append(send.request.rows)
    assert asked == [1000, 500, 250, 125, 62, 50, 50]
    state, _ = run(e.Answered("pull", pulled()), e.Kept("pull"), state=state)
    assert run(e.Place(cursor=HERE), state=state)[1] == (e.Send("pull", e.PullAsk(HERE, e.POLL_SECONDS, 100)),)


def test_the_first_attempt_after_a_loss_is_spread_as_the_server_said_f31() -> None:
    state, _ = run(e.Started(), e.Place(cursor=HERE), e.Answered("pull", pulled(spread=20.0)), e.Kept("pull"))
    state, (first,) = run(e.Place(cursor=HERE), e.Failed("pull", "offline"), state=state)
    assert first == e.Wait("pull", 0.0, 20.0)
    _, (second,) = run(e.TimeUp("pull"), e.Place(cursor=HERE), e.Failed("pull", "offline"), state=state)
    assert second == e.Wait("pull", 0.0, 2.0)


@pytest.mark.parametrize(("code", "said"), [("UPGRADE", "upgrade")])
def test_what_needs_a_person_stops_the_push_and_not_the_pull(code: str, said: str) -> None:
    stop = pushed(stop=Stop(code=code))  # type: ignore[arg-type]
    state, effects = run(e.Started(), e.Batch(push=BATCH), e.Answered("push", stop))
    assert effects == (e.Keep("push", stop),)
    assert (state.connection, state.code) == ("refused", said)
    assert run(e.Kept("push"), state=state)[1] == ()
    assert run(e.Place(cursor=HERE), state=state)[1] != ()


def test_a_server_that_puts_the_push_off_is_shown_while_the_pull_goes_on_p14() -> None:
    """Whoever is kept waiting sees why, also when the other lane is answered; and no longer than it lasts."""
    state, _ = run(e.Started(), e.Batch(push=BATCH), e.Place(cursor=HERE), e.Answered("pull", pulled()), e.Kept("pull"))
    state, _ = run(e.Failed("push", "later", "unavailable", "Not now."), e.Place(cursor=HERE), state=state)
    state, _ = run(e.Answered("pull", pulled()), e.Kept("pull"), state=state)
    assert (state.connection, state.code, state.problem) == ("online", "unavailable", "Not now.")
    state, _ = run(e.TimeUp("push"), e.Batch(push=BATCH), e.Answered("push", pushed()), state=state)
    assert (state.connection, state.code, state.problem) == ("online", "", "")


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


def test_a_round_that_a_person_asked_for_ends_when_what_stood_then_is_kept_p10() -> None:
    state, _ = run(e.Started(), e.Batch(), e.Place(cursor=HERE), e.Answered("pull", pulled()), e.Kept("pull"))
    state, _ = run(e.Place(cursor=HERE), state=state)
    assert state.quiet
    state, _ = run(e.Woken(now=True), e.Batch(cursor=HERE), e.Answered("push", pushed(news_seq=9)), state=state)
    state, _ = run(e.Kept("push"), e.Batch(), state=state)
    assert (state.sent_all, state.at_head, state.quiet) == (True, True, False)
    state, _ = run(e.Answered("pull", pulled(9, 9)), state=state)
    assert not state.quiet  # it has come, but whoever looks does not find it yet
    state, _ = run(e.Kept("pull"), e.Place(cursor=Cursor("e1", 9, "b", 0)), state=state)
    assert state.quiet


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


def test_what_a_new_cache_makes_pending_again_is_sent_without_a_new_write_p14_p18() -> None:
    last = SnapshotPage(rows=(), digest="", cursor=HERE, server_time=NOW)
    state, _ = run(e.Started(), e.Batch(), e.Place(complete=False))
    assert state.push.doing == "idle"
    state, effects = e.step(state, e.Answered("pull", last))
    assert effects == (e.Keep("pull", last), e.FindBatch())
    state, effects = run(e.Batch(push=BATCH), state=state)
    assert effects == (e.Send("push", BATCH),)
