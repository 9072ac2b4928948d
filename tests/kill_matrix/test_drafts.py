"""``kill -9`` at random moments of a call: what was typed is back each time (desktop 7, 12; R28, R72)."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.kill_matrix.drafts import kill_typing, prepare


def test_point_12_what_was_typed_is_back_after_each_kill(tmp_path: Path) -> None:
    """desktop 12: eight moments here, fifty and more by ``python -m tests.kill_matrix.drafts``."""
    profile = tmp_path / "profile"
    prepare(profile)
    seen = kill_typing(profile, 8, Random(12), longest=1.0)
    assert (seen.kills, seen.lost, seen.wrong) == (8, 0, 0)
    assert seen.back == sorted(seen.back)
    assert seen.back[-1] > 0, "something was typed and kept at all"
