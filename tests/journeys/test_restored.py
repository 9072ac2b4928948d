"""Yesterday's backup: what the server lost since comes back from the desks, once each, with the numbers that were spoken (P16 to P18)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import URL

from desk_core.references import BLOCK_SIZE
from desk_core.tickets import Fault
from tests.journeys.office import SECONDS, Office, OfficeClock, Seat
from tests.support.postgres import Cluster
from tests.support.server import FAULT, running_server


def story(text: str) -> Fault:
    return msgspec.structs.replace(FAULT, description=text)


@contextmanager
def served(office: Office, address: URL, *seats: Seat) -> Iterator[None]:
    """The server on this database, and every desk's cable in it."""
    with running_server(address, office.clock, fresh=False) as server:
        office.server = server
        for seat in seats:
            seat.wire.lead_to(office.port)
        yield
        for seat in seats:
            seat.wire.cut()


def rotate(cluster: Cluster, address: URL) -> None:
    """What the restore of a backup does: another epoch, and numbers beyond all that could have been leased."""
    with cluster.superuser(str(address.database)) as connection:
        connection.execute(
            "UPDATE desk SET log_epoch = 'restored', next_counter = next_counter + %s", (100 * BLOCK_SIZE,)
        )


@pytest.fixture
def backed_up(
    cluster: Cluster, small_desk: str, clock: OfficeClock, tmp_path: Path
) -> Iterator[tuple[Office, list[Seat], URL, URL]]:
    """Three desks that worked a day before the backup and a day after it; the address of the server as it is, and of the backup."""
    address = cluster.new(small_desk)
    with running_server(address, clock, fresh=False) as server:
        office = Office(server, clock, tmp_path)
        seats = [office.seat(login) for login in ("anna", "ben", "carla")]
        for seat in seats:
            seat.log_call(story(f"{seat.login} before"))
            seat.sync()
        for seat in seats:
            seat.wire.cut()
    backup = cluster.new(str(address.database))
    with office:
        yield office, seats, address, backup
    cluster.drop(address)
    cluster.drop(backup)


@pytest.mark.parametrize("rotated", [True, False], ids=["rotated", "by hand"])
def test_a_day_of_lost_data_comes_back_from_the_desks_p18(
    cluster: Cluster, backed_up: tuple[Office, list[Seat], URL, URL], rotated: bool
) -> None:
    office, seats, address, backup = backed_up
    anna, ben, carla = seats
    spoken: dict[str, str] = {}
    with served(office, address, *seats):
        office.clock.advance(hours=2)
        for seat in seats:
            spoken[f"{seat.login} after"] = seat.log_call(story(f"{seat.login} after"))
            seat.sync()
        taken = ben.client.tickets.take_next().result(SECONDS)
        assert taken.ticket
        for seat in seats:
            seat.sync()
    spoken["anna offline"] = anna.log_call(story("anna offline"))
    if rotated:
        rotate(cluster, backup)
    with served(office, backup, *seats):
        office.clock.advance(minutes=30)
        for _ in range(4):
            done = [seat.client.status.sync(SECONDS).result(SECONDS + 10) for seat in seats]
            if all(d.reached and not d.unsent for d in done):
                break
        for seat in seats:
            seat.sync()
            assert seat.client.outbox.counts() == (0, 0), "nothing is left over, and nothing was refused"
        server = {t.fault.description: t.reference for t in office.colleague().tickets()}
        assert {text: server[text] for text in spoken} == spoken
        assert len(server) == len(office.colleague().tickets()) == 7, "each once"
        assert len(office.colleague().calls()) == 7
        held = [t.holder for t in office.colleague().tickets() if t.id == taken.ticket]
        assert held == ["ben"]
        assert sorted(anna.queue()) == sorted(ben.queue())
        number = carla.log_call(story("carla goes on"))
        carla.sync()
        assert number in {t.reference for t in office.colleague().tickets()}
