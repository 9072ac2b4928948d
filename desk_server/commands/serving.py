"""`desk-server serve` and `desk-server openapi`."""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

import click
import msgspec
from sqlalchemy import URL

from desk_server.commands import logs
from desk_server.commands.data import data_option, database_option, opened_at
from desk_server.commands.desks import services_of
from desk_server.commands.sentences import PROGRAM, Problem
from desk_server.commands.testing import clock_of, mail_sink_option, refuse_on_live_data, test_clock_option
from desk_server.db.engine import Database
from desk_server.settings import Settings

PORT = 8720


class _Stopped(BaseException):
    """SIGTERM or SIGINT: everything that is open is closed in order."""


@click.command("serve")
@data_option
@database_option
@click.option("--host", metavar="H", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    metavar="P",
    type=click.IntRange(0, 65_535),
    default=PORT,
    show_default=True,
    help="The port; 0 takes one that is free and says which.",
)
@click.option(
    "--most-attachments",
    metavar="GB",
    type=click.IntRange(1, 1_000_000),
    default=20,
    show_default=True,
    help="How much the attachments of one desk may take up.",
)
@test_clock_option
@mail_sink_option
def serve(
    data: Path,
    database: str | None,
    host: str,
    port: int,
    most_attachments: int,
    test_clock: Path | None,
    mail_sink: Path | None,
) -> None:
    """Serve the desks of DIR until SIGTERM or Ctrl-C. One line on the standard output says when it is ready, and where.

    Several processes may serve one DIR, or one --database. Warnings go to the standard error.
    """
    # Half a second that no other command has to wait for.
    from desk_server.app import create_app  # noqa: PLC0415
    from desk_server.serving import serve as run  # noqa: PLC0415

    clock = clock_of(test_clock)
    with _until_signalled(), _listening(host, port) as listening, opened_at(data, database) as address:
        _check(address, test_clock, mail_sink)
        logs.start()
        settings = Settings(
            database=address, clock=clock, mail_sink=mail_sink, most_blob_bytes=most_attachments * 1024**3
        )
        application = create_app(settings)
        if not run(application, listening, _say_ready):
            raise Problem("The server could not start; the lines before this one say why.")


@click.command("openapi")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path), help="Write it to FILE instead of printing it.")
def openapi(out: Path | None) -> None:
    """Print the OpenAPI description of the server (JSON); needs no data."""
    from desk_server.app import create_app  # noqa: PLC0415 - see above

    application = create_app(Settings(database="postgresql://nobody@localhost/nothing"))
    text = msgspec.json.format(msgspec.json.encode(application.openapi()))
    application.services.close()
    if out is None:
        click.echo(text)
        return
    try:
        out.write_bytes(text + b"\n")
    except OSError as error:
        raise Problem(f"{out} cannot be written: {error.strerror or error}.") from None


def _check(address: URL | str, test_clock: Path | None, mail_sink: Path | None) -> None:
    database = Database(address)
    try:
        with services_of(database) as services:
            desks = services.desks.list()
    finally:
        database.close()
    if not desks:
        raise Problem("This database holds no desk: make one with desk-server init.")
    if test_clock is not None:
        refuse_on_live_data("--test-clock", desks)
    if mail_sink is not None:
        refuse_on_live_data("--mail-sink", desks)
        try:
            mail_sink.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Problem(f"The folder {mail_sink} cannot be made: {error.strerror or error}.") from None


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    from desk_server.serving import listen  # noqa: PLC0415 - see above

    try:
        listening = listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Problem(f"Port {port} of {host} is in use: stop what listens there, or give --port.") from None
        raise Problem(f"Nothing can listen on port {port} of {host}: {error.strerror or error}.") from None
    with listening:
        yield listening


@contextmanager
def _until_signalled() -> Iterator[None]:
    """Leave the block in order when a signal asks for it, before, while and after requests are served."""

    def stop(number: int, _: FrameType | None) -> None:
        # Asked once is enough: a second signal must not cut the closing short.
        signal.signal(number, signal.SIG_IGN)
        raise _Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        with suppress(_Stopped):
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _say_ready(address: str) -> None:
    click.echo(f"{PROGRAM}: ready on {address}")
