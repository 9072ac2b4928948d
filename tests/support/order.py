"""The order in which whole files go to the processes of a run: the longest first, so that none is left over with a long one at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePosixPath

import pytest

SECONDS = {
    "tests/core": 0.03,
    "tests/client": 0.2,
    "tests/client/ui": 0.5,
    "tests/server": 0.5,
    "tests/acceptance": 0.6,
    "tests": 0.3,
    "tests/journeys": 1.2,
    "tests/kill_matrix": 1.5,
    "tests/simulation": 3.0,
}
"""What a test of a folder takes, more or less; a file takes as often as much as it has tests."""


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The same tests, in their order within each file."""
    tests = Counter(_file(item) for item in items)
    return sorted(items, key=lambda item: (-tests[_file(item)] * _seconds(_file(item)), _file(item)))


def _file(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]


def _seconds(file: str) -> float:
    folders = (str(folder) for folder in PurePosixPath(file).parents)
    return next((SECONDS[folder] for folder in folders if folder in SECONDS), 1.0)
