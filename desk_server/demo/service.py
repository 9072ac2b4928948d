"""Fills a new desk with the sample: its members with a password that everybody may know, its customers, and the last weeks."""

from __future__ import annotations

from desk_server.accounts.service import Desks
from desk_server.clock import Clock
from desk_server.db.engine import Database
from desk_server.demo.desk import DemoDesk, UnfitPolicy, generate
from desk_server.sync.service import Policies, load_past, raw_of

__all__ = ["PASSWORD", "DemoDesk", "UnfitPolicy", "fill", "generate"]

PASSWORD = "sample-desk"  # noqa: S105 - what it opens is invented
"""What every member of the sample desk signs in with."""


def fill(database: Database, desks: Desks, policies: Policies, clock: Clock, desk: str, sample: DemoDesk) -> None:
    """Store a sample in a desk that has nothing yet."""
    for member in sample.members:
        desks.add_member(desk, member, PASSWORD)
    desks.put_parties(desk, (*sample.customers, *sample.contacts, *sample.assets, *sample.contracts))
    with database.executor(desk) as connection:
        load_past(
            raw_of(connection),
            desk,
            policies,
            sample.tickets,
            sample.calls,
            sample.events,
            sample.next_counter,
            clock.now(),
        )
