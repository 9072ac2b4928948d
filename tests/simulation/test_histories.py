"""Histories with every fault, played once; each promise P1 to P25 is a test of its own over them: ``pytest tests/simulation -k p17``.

A promise was kept when no history broke it, when its checks were made, and when what endangers it happened. P26 is proved by
``tests/server/test_protocol_versions.py``.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.simulation import checks, checks_client, checks_leases, checks_server
from tests.simulation.agents import Agents
from tests.simulation.history import Broken, History
from tests.simulation.server import SimServer
from tests.support.memory import memory_folder

STEPS = 250
SEEDS = range(1, 13)


class Played(NamedTuple):
    """What became of the histories: how often each check was made, what happened, and which promises were broken how."""

    checked: Counter[str]
    happened: Counter[str]
    broken: list[str]


def _counted(checked: Counter[str], name: str, check: Any) -> Any:
    def counting(*arguments: Any) -> Any:
        checked[name] += 1
        return check(*arguments)

    return counting


@pytest.fixture(scope="module")
def played(sim_server: SimServer) -> Played:
    """All histories, one after the other."""
    found = Played(Counter(), Counter(), [])
    modules = (checks_client, checks_server, checks_leases)
    places = [(module, name) for module in modules for name in vars(module) if name.startswith("check_")]
    with (
        pytest.MonkeyPatch.context() as patched,
        tempfile.TemporaryDirectory(prefix="desk-simulation-", dir=memory_folder()) as folder,
    ):
        for module, name in places:
            patched.setattr(module, name, _counted(found.checked, name, getattr(module, name)))
        patched.setattr(checks.Progress, "look", _counted(found.checked, "progress", checks.Progress.look))
        patched.setattr(Agents, "act", _counted(found.checked, "act", Agents.act))
        for seed in SEEDS:
            history = History(sim_server, Path(folder) / "machines", seed, STEPS)
            try:
                history.play()
            except Broken as broken:
                found.broken.append(str(broken))
            found.happened.update(history.counts)
    return found


def _kept(played: Played, number: int, checked: tuple[str, ...], endangered: tuple[str, ...], of: str = "P") -> None:
    """Promise ``number`` was judged by these checks, something endangered it, and no history broke it or ended in a mistake."""
    names = (f"{of}{number}:", f"{of}{number},")
    mine = [text for text in played.broken if any(name in text.splitlines()[0] for name in names)]
    other = [text for text in played.broken if not text.startswith("AssertionError")]
    assert not mine + other, "\n".join(mine + other)
    for name in checked:
        assert played.checked[name] > 0, f"{name} was never made"
    for name in endangered:
        assert played.happened[name] > 0, f"{name} never happened"


@pytest.mark.timeout(1_200)  # the first of them plays the histories
def test_p01_no_command_runs_twice(played: Played) -> None:
    _kept(
        played,
        1,
        ("check_p01_no_command_runs_twice", "check_p01_effects_once"),
        ("duplicate", "arrive_late", "drop_reply"),
    )


def test_p02_effect_receipt_and_seq_are_there_together(played: Played) -> None:
    _kept(played, 2, ("check_p02_all_or_none",), ("crash_server",))


def test_p03_the_order_is_that_of_the_seqs_and_a_verdict_never_changes(played: Played) -> None:
    _kept(played, 3, ("check_p03_order_and_verdicts", "check_p03_same_verdict"), ("duplicate",))


def test_p04_a_shown_number_is_kept(played: Played) -> None:
    _kept(played, 4, ("check_p04_shown_numbers_are_kept",), ("crash_client", "power_cut"))


def test_p05_no_accepted_command_vanishes(played: Played) -> None:
    _kept(played, 5, ("check_p05_nothing_vanishes",), ("crash_client", "restore_server"))


def test_p06_no_two_tickets_share_a_number(played: Played) -> None:
    _kept(played, 6, ("check_p06_numbers",), ("clone", "restore_machine"))


def test_p07_a_reader_sees_the_log_up_to_its_head(played: Played) -> None:
    _kept(played, 7, ("check_p07_p08_whole_commits", "check_p07_reader_sees_the_log"), ("change_scope",))


def test_p08_a_page_is_whole_and_changes_nothing_twice(played: Played) -> None:
    _kept(played, 8, ("check_p07_p08_whole_commits", "check_p08_replay_changes_nothing"), ("same_page_again",))


def test_p09_the_view_is_the_base_with_what_is_pending(played: Played) -> None:
    _kept(played, 9, ("check_p09_view",), ("crash_client",))


def test_p10_verdict_and_effects_come_together(played: Played) -> None:
    _kept(played, 10, ("check_p10_verdict_with_effects",), ("drop_reply",))


def test_p11_reads_are_monotonic(played: Played) -> None:
    _kept(played, 11, ("check_p11_monotonic",), ("crash_client",))


def test_p12_neither_lane_waits_for_the_other(played: Played) -> None:
    _kept(played, 12, ("check_p12_lanes",), ("block_a_lane",))


def test_p13_in_a_quiet_network_both_sides_agree(played: Played) -> None:
    _kept(played, 13, ("check_p13_digests",), ())


def test_p14_what_waits_gets_on_or_says_why_not(played: Played) -> None:
    _kept(played, 14, ("progress",), ())


def test_p15_what_nobody_can_read_delays_nothing_else(played: Played) -> None:
    _kept(played, 15, ("check_p15_all_is_judged",), ())


def test_p16_a_reset_keeps_what_is_the_machines_own(played: Played) -> None:
    _kept(played, 16, ("check_p16_reset_keeps",), ("restore_server", "prune"))


def test_p17_a_server_that_went_back_is_noticed(played: Played) -> None:
    _kept(
        played, 17, ("check_p17_rollback_is_detected", "check_p05_nothing_vanishes"), ("restore_server", "commits lost")
    )


def test_p18_what_a_restored_server_lost_is_given_again(played: Played) -> None:
    _kept(played, 18, ("check_p05_nothing_vanishes", "check_p15_all_is_judged"), ("restore_server", "commits lost"))


def test_p19_a_copied_or_restored_machine_goes_on(played: Played) -> None:
    _kept(played, 19, ("check_p01_effects_once", "check_p15_all_is_judged"), ("clone", "restore_machine"))


def test_p20_nothing_outside_the_scope_is_here_or_on_the_wire(played: Played) -> None:
    _kept(played, 20, ("check_p20_wire", "check_p20_nothing_outside_the_scope"), ("change_scope",))


def test_p21_a_command_runs_as_who_gave_it(played: Played) -> None:
    _kept(played, 21, ("check_p21_actor",), ("switch_user",))


def test_p22_instants_are_true_whatever_the_clock_says(played: Played) -> None:
    _kept(played, 22, ("check_p22_instants",), ("jump",))


def test_p23_a_damaged_answer_deletes_nothing(played: Played) -> None:
    _kept(played, 23, ("check_p23_nothing_deleted",), ("damage",))


def test_p24_the_old_cache_serves_until_the_new_one_is_whole(played: Played) -> None:
    _kept(played, 24, ("check_p24_old_cache_serves",), ("crash_client", "restore_server"))


def test_p25_a_disk_that_fails_turns_no_answer_round(played: Played) -> None:
    _kept(played, 25, ("act",), ("disk_full",))


def test_v23_l1_work_is_in_one_hand_at_a_time(played: Played) -> None:
    _kept(played, 1, ("check_l1_one_hand",), ("silence", "ticket.taken", "work.lease_ended"), of="L")


def test_v23_l2_a_lease_ends_once_and_not_before_its_time(played: Played) -> None:
    _kept(played, 2, ("check_l2_ends_once_and_not_early",), ("silence", "work.lease_ended"), of="L")


def test_v23_l3_work_on_a_lease_that_has_ended_is_a_draft(played: Played) -> None:
    _kept(played, 3, ("check_l3_late_work_is_a_draft",), ("silence", "draft.left"), of="L")


def test_v23_l4_only_who_has_the_ticket_answers_the_customer(played: Played) -> None:
    _kept(played, 4, ("check_l4_only_the_holder_answers",), ("silence", "reply.sent", "work.lease_resumed"), of="L")
