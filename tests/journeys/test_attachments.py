"""Files at a ticket, from the disk of one desk to the disk of another: without network, over one that breaks, out of somebody's scope
(sync.md: blobs; P5, P12, P18, P20, R05, R28, R39, R59)."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from desk_client.models import own_files
from desk_client.models.errors import DiskFull
from desk_client.models.sending import next_file
from desk_client.services.errors import DeskError, Missing, Refused
from desk_client.services.records import Attachment, TicketView
from desk_client.sync.transport import Transport
from desk_core.commands import AttachFile, Transfer
from desk_core.files import MOST_BYTES
from desk_core.protocol import BlobReply
from tests.journeys.office import PASSWORD, Office, OfficeClock, Seat, offline
from tests.support.postgres import Cluster
from tests.support.server import DESK, Api, running_server
from tests.waiting import until

SENTINEL = b"Zebra-attachment-sentinel"
CONTENT = SENTINEL + random.Random(1).randbytes(1_300_000)
"""Three parts on the wire."""


@pytest.fixture(scope="module")
def office(cluster: Cluster, small_desk: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all of them; every test has a ticket of its own."""
    address, clock = cluster.new(small_desk), OfficeClock()
    folder = tmp_path_factory.mktemp("office")
    with running_server(address, clock, fresh=False) as server, Office(server, clock, folder) as made:
        yield made
    cluster.drop(address)


@pytest.fixture(scope="module")
def anna(office: Office) -> Seat:
    return office.seat("anna")


@pytest.fixture(scope="module")
def ben(office: Office) -> Seat:
    return office.seat("ben")


@pytest.fixture(scope="module")
def sam(office: Office) -> Api:
    return office.server.client("sam")


@pytest.fixture
def ticket(sam: Api, anna: Seat) -> str:
    made = sam.log(department="technical_support")
    anna.sync()
    return made


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo\u202egnp.exe"
    path.write_bytes(CONTENT + str(tmp_path).encode())
    return path


def files(seat: Seat, ticket: str) -> tuple[Attachment, ...]:
    found = seat.client.tickets.get(ticket)
    assert isinstance(found, TicketView)
    return seat.client.attachments.listed(found)


def add(seat: Seat, ticket: str, path: Path) -> None:
    seat.client.attachments.add(ticket, path).result(20)


def save(seat: Seat, file: Attachment, folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    return seat.client.attachments.save(file, folder).result(20)


def kept(seat: Seat) -> tuple[int, int]:
    """How many files lie here that were attached here, and how many that were fetched."""
    store = seat.client.access.store

    def count() -> tuple[int, int]:
        with store.cache.commit() as connection:
            fetched = connection.value("SELECT count(*) FROM fetched") + connection.value(
                "SELECT count(DISTINCT event) FROM fetched_part WHERE event NOT IN (SELECT event FROM fetched)"
            )
        return len(store.own_files.all()), fetched

    return seat.client.access.storage.run(count)


def epoch(seat: Seat) -> str:
    """Which history of the server a desk has read."""
    return seat.client.access.act(lambda store: store.cursor().log_epoch).result(20)


def test_a_file_added_without_network_reaches_a_colleague(
    office: Office, anna: Seat, ben: Seat, ticket: str, photo: Path, tmp_path: Path
) -> None:
    """R33, R59, C33: under a name that hides nothing; R28: nothing of it lies readable on any disk until somebody saves it."""
    with offline(anna.wire):
        add(anna, ticket, photo)
        (file,) = files(anna, ticket)
        assert (file.name, file.size, file.who) == ("photognp.exe", photo.stat().st_size, "Anna Albers")
        assert save(anna, file, tmp_path / "own").read_bytes() == photo.read_bytes(), (
            "one's own is here without network"
        )
        assert [item.name for item in anna.client.outbox.pending()] == ["attach_file"]
    anna.sync()
    ben.sync()
    (file,) = files(ben, ticket)
    first = save(ben, file, tmp_path / "saved")
    assert first.read_bytes() == photo.read_bytes()
    assert first.stat().st_mode & 0o777 == 0o600, "nothing that could be run"
    with offline(ben.wire):
        second = save(ben, file, tmp_path / "saved")
    assert second.name == "photognp (2).exe", "nothing is replaced; what was fetched once is here"
    with pytest.raises(DeskError, match="give another name"):
        ben.client.attachments.save(file, second).result(20)
    for path in (office.folder / "anna", office.folder / "ben"):
        assert not [f for f in path.rglob("*") if f.is_file() and SENTINEL in f.read_bytes()]


def test_an_upload_that_is_cut_goes_on_where_it_stood(
    anna: Seat, ben: Seat, ticket: str, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cable is out after the first part, and once more when the second one's answer is on its way: no byte is sent three times."""
    sent: list[int] = []
    real = Transport.put_blob

    def put(self: Transport, server: str, token: str, sha256: str, size: int, at: int, body: bytes) -> BlobReply:
        reply = real(self, server, token, sha256, size, at, body)
        if body:
            sent.append(at)
            if len(sent) in (1, 2):
                anna.wire.cut()
                real(self, server, token, sha256, size, at, body)
        return reply

    monkeypatch.setattr(Transport, "put_blob", put)
    add(anna, ticket, photo)
    for times in (1, 2):
        until(lambda times=times: len(sent) == times, "the cable to be out")  # type: ignore[misc]
        anna.wire.mend()
        anna.client.status.sync(20)
    until(lambda: not anna.client.outbox.all(), "everything to be sent")
    assert sent == [0, 512 * 1024, 1024 * 1024]
    ben.sync()
    assert save(ben, files(ben, ticket)[0], tmp_path / "to").read_bytes() == photo.read_bytes()


def test_p12_a_file_that_does_not_get_through_holds_nothing_else(
    office: Office, anna: Seat, ticket: str, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P5: it stays among what is not sent, with its words, until the server takes it."""
    monkeypatch.setattr(office.server.services.blobs, "_most_bytes", 0)
    add(anna, ticket, photo)
    done = anna.client.status.sync(20).result(30)
    assert (done.reached, done.unsent) == (True, 1)
    assert [(item.name, item.state) for item in anna.client.outbox.all()] == [("attach_file", "sending")]
    anna.client.tickets.note(ticket, "goes at once").result(20)
    until(lambda: len(anna.client.outbox.all()) == 1, "the note to be applied")
    monkeypatch.undo()
    anna.client._courier._later.clear()
    anna.sync()
    assert anna.client.outbox.all() == ()


def test_p21_a_file_stays_sealed_for_its_member_and_goes_when_that_one_is_back(
    office: Office, sam: Api, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its command was carried out, its bytes were not taken: signing out says that one thing is unsent; signing in sends it."""
    carla = office.seat("carla")
    ticket = sam.log(department="customer_service")
    carla.sync()
    monkeypatch.setattr(office.server.services.blobs, "_most_bytes", 0)
    add(carla, ticket, photo)
    carla.client.status.sync(20).result(30)
    assert carla.client.session.sign_out().result(20).unsent == 1
    monkeypatch.undo()
    carla.client._courier._later.clear()
    carla.client.session.sign_in(f"http://127.0.0.1:{carla.wire.port}", "carla", PASSWORD).result(20)
    until(lambda: carla.client.status.sync(20).result(30).unsent == 0, "everything to be sent")
    assert sam.http.get(f"/v1/blob/{files(carla, ticket)[0].sha256}").content == photo.read_bytes()


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty_file", "is empty, so there is nothing to attach"),
        (bytes(MOST_BYTES + 700_000), "file_too_large", "has 25.7 MB; at most 25.0 MB can be attached"),
    ],
)
def test_what_cannot_be_attached_is_said_at_once(
    anna: Seat, ticket: str, tmp_path: Path, content: bytes, code: str, words: str
) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(content)
    before = kept(anna)
    with pytest.raises(Refused, match=words) as told:
        add(anna, ticket, path)
    assert told.value.code == code
    assert (files(anna, ticket), kept(anna)) == ((), before)
    with pytest.raises(Missing, match="There is no file"):
        add(anna, ticket, tmp_path / "nothing")
    with pytest.raises(DeskError, match="is no file"):
        add(anna, ticket, tmp_path)


def test_p25_a_full_disk_attaches_nothing_and_says_so(
    anna: Seat, ticket: str, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = kept(anna)
    added: list[int] = []

    def full(_self: own_files.OwnFiles, _sha256: str, at: int, _body: bytes) -> None:
        added.append(at)
        raise DiskFull("There is no space left on this disk.")

    monkeypatch.setattr(own_files.OwnFiles, "add", full)
    with pytest.raises(DiskFull, match="no space left"):
        add(anna, ticket, photo)
    monkeypatch.undo()
    assert (len(added), files(anna, ticket)) == (1, ())
    assert anna.client.access.act(next_file).result(20) is None
    assert kept(anna) == before, "what has no command is taken away"
    add(anna, ticket, photo)
    assert len(files(anna, ticket)) == 1
    anna.sync()


def test_p20_what_leaves_the_scope_takes_its_files_along(
    anna: Seat, ben: Seat, sam: Api, ticket: str, photo: Path, tmp_path: Path
) -> None:
    """R05: what was fetched goes in the page's transaction; what was sent from here goes with it, and nobody gets it back."""
    before = kept(anna), kept(ben)
    add(anna, ticket, photo)
    anna.sync()
    ben.sync()
    (file,) = files(ben, ticket)
    save(ben, file, tmp_path / "saved")
    assert (kept(anna), kept(ben)) == ((before[0][0] + 1, before[0][1]), (before[1][0], before[1][1] + 1))
    sam.applied(Transfer(ticket=ticket, department="customer_service", note="Theirs"))
    anna.sync()
    ben.sync()
    assert (kept(anna), kept(ben)) == before
    for seat in (anna, ben):
        with pytest.raises(DeskError, match="There is no such file for you"):
            save(seat, file, tmp_path / "again")
    assert not (tmp_path / "again" / file.name).exists()


def test_what_came_wrong_is_never_saved(office: Office, ben: Seat, sam: Api, tmp_path: Path) -> None:
    """The digest decides, whoever changed the bytes on their way or where they lie; fetched again it is right."""
    ticket = sam.log(department="technical_support")
    content = b"the right one"
    sha256 = hashlib.sha256(content).hexdigest()
    sam.applied(AttachFile(ticket=ticket, sha256=sha256, file_name="x.txt", size=len(content)))
    ben.sync()
    (file,) = files(ben, ticket)
    with pytest.raises(DeskError, match="has not come yet"):
        save(ben, file, tmp_path / "to")
    sam.raw("PUT", f"/v1/blob/{sha256}", content, headers={"Content-Range": f"bytes 0-12/{len(content)}"})
    change = "UPDATE blob_part SET body = %s WHERE sha256 = %s"
    with office.server.services.database.executor(DESK) as connection:
        connection.exec_driver_sql(change, (b"the wrong one", sha256))
    with pytest.raises(DeskError, match="not the file that was attached"):
        save(ben, file, tmp_path / "to")
    assert not list((tmp_path / "to").iterdir())
    with office.server.services.database.executor(DESK) as connection:
        connection.exec_driver_sql(change, (content, sha256))
    assert save(ben, file, tmp_path / "to").read_bytes() == content


def test_p18_a_server_that_lost_a_file_gets_it_again(
    office: Office, anna: Seat, ben: Seat, ticket: str, photo: Path, tmp_path: Path
) -> None:
    """After a server was put back everything is fetched anew, and every file of the journal is offered once more."""
    add(anna, ticket, photo)
    anna.sync()
    with office.server.services.database.executor(DESK) as connection:
        connection.exec_driver_sql("DELETE FROM blob_part")
        connection.exec_driver_sql("DELETE FROM blob")
        connection.exec_driver_sql("UPDATE desk SET log_epoch = 'another'")
    for seat in (anna, ben):
        seat.wire.lead_to(office.port)
        until(lambda seat=seat: epoch(seat) == "another", "the news")  # type: ignore[misc]
        seat.sync()
    assert save(ben, files(ben, ticket)[-1], tmp_path / "to").read_bytes() == photo.read_bytes()
