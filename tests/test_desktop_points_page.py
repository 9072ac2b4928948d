"""docs/desktop-points.md names every point once, and only tests and pictures that are there."""

import re

from tools.source import ROOT

PAGE = ROOT / "docs" / "desktop-points.md"
POINTS = 62


def rows() -> list[tuple[int, str]]:
    found = re.findall(r"^\| (\d+) \| .+? \| (.+) \|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [(int(point), proof) for point, proof in found]


def test_every_point_has_one_row_with_a_proof_or_an_honest_word() -> None:
    assert [point for point, _ in rows()] == list(range(1, POINTS + 1))
    for point, proof in rows():
        assert "`test_" in proof or "dev.py bench" in proof or proof.startswith("*not yet*: "), point


def test_every_test_and_every_picture_that_is_named_is_there() -> None:
    tests = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", PAGE.read_text(encoding="utf-8")))
    assert sorted(name for name in named if f"def {name}(" not in tests) == []
    pictures = re.findall(r"`([\w/-]+\.png)`", PAGE.read_text(encoding="utf-8"))
    assert pictures
    assert [name for name in pictures if not (ROOT / "docs" / "pictures" / name).is_file()] == []
