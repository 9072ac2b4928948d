"""The administrator's backup of yesterday and its restore, with three desks that worked on (P16 to P18, F28)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desk_server.commands import data as folder
from desk_server.commands.desks import services_of
from tests.journeys.office import PASSWORD, SECONDS, Office, OfficeClock, Seat
from tests.journeys.test_restored import story
from tests.support.commands import Folder
from tests.support.server import make_desk, running_server


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    """A data folder with the small desk."""
    place = tmp_path / "data"
    folder.make(place)
    with folder.new_database(place, None) as database, services_of(database, OfficeClock()) as services:
        make_desk(services.desks)
    folder.finish(place, own=True)
    return Folder(place)


@contextmanager
def served(data: Folder, office: list[Office], clock: OfficeClock, *seats: Seat) -> Iterator[Office]:
    """The server on this folder, and every desk's cable in it."""
    with folder.embedded(data.path) as postgres, running_server(postgres.url(), clock, fresh=False) as server:
        if not office:
            office.append(Office(server, clock, data.path.parent))
        office[0].server = server
        for seat in seats:
            seat.wire.lead_to(office[0].port)
        yield office[0]
        for seat in seats:
            seat.wire.cut()


def test_a_day_of_lost_data_comes_back_after_backup_and_restore_p18(
    data: Folder, clock: OfficeClock, tmp_path: Path
) -> None:
    kept: list[Office] = []
    spoken: dict[str, str] = {}
    with served(data, kept, clock) as office:
        anna, ben = office.seat("anna"), office.seat("ben")
        for seat in (anna, ben):
            spoken[f"{seat.login} before"] = seat.log_call(story(f"{seat.login} before"))
            seat.sync()
        said = data("backup", "--to", tmp_path / "yesterday").out
        assert "north up to change" in said
        clock.advance(hours=2)
        carla = office.seat("carla")
        for seat in (anna, ben, carla):
            spoken[f"{seat.login} after"] = seat.log_call(story(f"{seat.login} after"))
            seat.sync()
        taken = ben.client.tickets.take_next().result(SECONDS)
        ben.sync()
        for seat in (anna, ben, carla):
            seat.wire.cut()
    seats = (anna, ben, carla)
    with office:
        spoken["anna offline"] = anna.log_call(story("anna offline"))
        data("restore", tmp_path / "yesterday")
        with served(data, kept, clock, *seats):
            clock.advance(minutes=30)
            # Nobody of the restored day knows of the machine that was added since: its member signs in again.
            carla.client.status.sync(SECONDS).result(SECONDS + 10)
            carla.client.session.sign_in(f"http://127.0.0.1:{carla.wire.port}", "carla", PASSWORD).result(SECONDS)
            for _ in range(4):
                for seat in seats:
                    seat.client.status.sync(SECONDS).result(SECONDS + 10)
            for seat in seats:
                seat.sync()
                assert seat.client.outbox.counts() == (0, 0), seat.login
            tickets = office.colleague().tickets()
            assert {ticket.fault.description: ticket.reference for ticket in tickets} == spoken
            assert len(tickets) == len(office.colleague().calls()) == len(spoken), "each once"
            assert [ticket.holder for ticket in tickets if ticket.id == taken.ticket] == ["ben"]
            assert sorted(anna.queue()) == sorted(ben.queue())
            new = office.seat("sam").log_call(story("a new machine"))
            assert new not in spoken.values()
