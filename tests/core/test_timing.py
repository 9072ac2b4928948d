"""When a command was given, judged from what a device says (P22, TS-11)."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_core.decisions import judge
from desk_core.protocol import WireCommand
from tests.support.world import at

RECEIVED = at("2026-06-09T12:00+02:00")
_INSTANTS = st.integers(0, 4_000_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))


def sent(**fields: object) -> WireCommand:
    """A command as a device sends it."""
    values: dict[str, object] = {"issued_wall": RECEIVED, **fields}
    return WireCommand(id="c", name="add_note", version=1, args=msgspec.Raw(b"{}"), actor="m", **values)  # type: ignore[arg-type]


@given(
    wall=_INSTANTS, contact=st.none() | _INSTANTS, mono=st.none() | st.floats(-1e12, 1e12), stated=st.none() | _INSTANTS
)
def test_p22_no_clock_leaves_the_bounds(
    wall: dt.datetime, contact: dt.datetime | None, mono: float | None, stated: dt.datetime | None
) -> None:
    judged = judge(
        sent(issued_wall=wall, last_contact=contact, mono_since_contact=mono, stated_at=stated), RECEIVED, 72
    )
    back = dt.timedelta(hours=72)
    earliest = min(contact, RECEIVED) if contact is not None else RECEIVED - back
    assert earliest <= judged.issued_at <= RECEIVED
    if judged.stated_at is not None:
        assert judged.issued_at - back <= judged.stated_at <= judged.issued_at


@pytest.mark.parametrize("wall", ["2000-01-01T00:00+00:00", "2038-01-01T00:00+00:00"])
def test_p22_the_monotonic_clock_beats_a_wrong_wall_clock(wall: str) -> None:
    contact = RECEIVED - dt.timedelta(hours=5)
    judged = judge(sent(issued_wall=at(wall), last_contact=contact, mono_since_contact=3600.0), RECEIVED, 72)
    assert judged.issued_at == contact + dt.timedelta(hours=1)
