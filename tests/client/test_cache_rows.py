"""Rows of the cache: what the server confirmed last stays, in whatever order it comes (P8, P11, F12)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import msgspec

from desk_client.models.cache import Cache
from desk_core.people import Customer, Member
from desk_core.protocol import DESK_SCOPE, Change, Table
from tests.support.world import ready_policy


def test_p08_p11_an_older_row_never_replaces_a_newer_one(tmp_path: Path) -> None:
    """A snapshot's rows are as of now; the pull from where it began brings what they were before. With full text and without."""
    names: tuple[tuple[Table, type[Customer | Member]], ...] = (("customer", Customer), ("member", Member))
    for table, kind in names:
        rows = {
            seq: Change(
                commit_seq=seq,
                scope=DESK_SCOPE,
                table=table,
                pk="a",
                op="put",
                row=msgspec.Raw(msgspec.json.encode(msgspec.convert({"id": "a", "login": "a", "name": name}, kind))),
            )
            for seq, name in ((4, "Older"), (5, "Newer"))
        }
        with closing(Cache(tmp_path / f"{table}.db", bytes(32))) as cache:
            for seq in (5, 4, 5):
                cache.apply([rows[seq]], ready_policy())
                with cache.commit() as connection:
                    (found,) = connection.run(f"SELECT seq, body FROM {table}").fetchall()
                assert (found[0], msgspec.json.decode(found[1])["name"]) == (5, "Newer")
