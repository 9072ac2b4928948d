"""What the administrator's report says of a desk: `desk-server report`, as data and as people read it."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.acceptance.desk import Desk


def reported(desk: Desk, first: str, last: str, *words: str) -> dict[str, Any]:
    """The report over these days as data."""
    done = desk.admin("report", *words, "--from", first, "--to", last, "--json")
    found: dict[str, Any] = msgspec.json.decode(done.out)
    return found


def line(found: dict[str, Any], figure: str, part: str = "", table: str = "figures") -> dict[str, Any]:
    """One figure of a report, or a part of it."""
    (one,) = [each for each in found[table] if (each["id"], each["part"]) == (figure, part)]
    return dict(one)


def four(figure: dict[str, Any]) -> tuple[int, int, int, int]:
    """Met, missed, running, not measurable."""
    return figure["met"], figure["missed"], figure["running"], figure["not_measurable"]


def behind(desk: Desk, first: str, last: str, number: str) -> list[str]:
    """The references behind a number, as in ``A1:missed``, as they are spoken."""
    return desk.admin("report", "--from", first, "--to", last, "--list", number).out.splitlines()
