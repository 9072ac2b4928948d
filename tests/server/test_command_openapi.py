"""``desk-server openapi``: the description of the server, without any data."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tests.support.commands import desk_server, same_process


def test_the_description_is_printed_or_written(tmp_path: Path) -> None:
    out = tmp_path / "openapi.json"
    same_process("openapi", "--out", out)
    described = msgspec.json.decode(out.read_bytes())
    assert described == msgspec.json.decode(desk_server("openapi").out)
    assert {"/v1/enrol", "/v1/push", "/v1/pull", "/v1/snapshot", "/v1/lease", "/v1/find"} <= set(described["paths"])


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    assert "cannot be written" in same_process("openapi", "--out", tmp_path / "no" / "x", expect=1).sentence
