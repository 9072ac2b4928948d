"""The figures over HTTP, for those who supervise: a report, the list behind a number, a figure over time, and files of it (S10)."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from litestar import Request, Response, get
from litestar.params import FromQuery, QueryParameter

from desk_core.facts import PARTS
from desk_core.kpis import Period
from desk_core.reporting import RESULTS, BehindReply, Report, Trend
from desk_server.guard import as_reader
from desk_server.http import DeskResponse, failure
from desk_server.openapi import BINARY
from desk_server.reports.figures import STEPS
from desk_server.reports.files import FORMATS, MEDIA, file_of
from desk_server.reports.service import LISTED, Asked, NoSuchFigure, NotAllowed, Reports
from desk_server.sync.service import Reader

_Rows = Annotated[int, QueryParameter(ge=1, le=LISTED)]
_Offset = Annotated[int, QueryParameter(ge=0, le=10_000_000)]
T = TypeVar("T")


@get("/v1/report")
async def report(
    request: Request[Any, Any, Any],
    first: FromQuery[dt.date],
    last: FromQuery[dt.date],
    by: FromQuery[str] = "",
    figures: FromQuery[str] = "",
    live: FromQuery[bool] = False,
) -> Response[Report]:
    """Every figure of the days from ``first`` to ``last``; ``by`` a part; only these ``figures`` (comma). Days that were signed off give
    what was signed, unless ``live``."""
    asked = _asked(first, last, by, figures, live=live)
    return DeskResponse(await _told(request, lambda reports, reader: reports.report(reader.desk, asked, reader)))


@get("/v1/report/list")
async def behind(
    request: Request[Any, Any, Any],
    first: FromQuery[dt.date],
    last: FromQuery[dt.date],
    figure: FromQuery[str],
    result: FromQuery[str],
    by: FromQuery[str] = "",
    part: FromQuery[str | None] = None,
    live: FromQuery[bool] = False,
    offset: _Offset = 0,
    rows: _Rows = LISTED,
) -> Response[BehindReply]:
    """What is behind a number, in its order; of a ``part`` when it was taken apart ``by`` something."""
    asked = _asked(first, last, by, "", live=live)
    if result not in RESULTS:
        raise failure(400, "bad_request", f"A number is one of {', '.join(RESULTS)}.")
    number = (figure, result)
    return DeskResponse(
        await _told(
            request, lambda reports, reader: reports.behind(reader.desk, asked, number, part, reader, offset, rows)
        )
    )


@get("/v1/report/trend")
async def trend(
    request: Request[Any, Any, Any],
    first: FromQuery[dt.date],
    last: FromQuery[dt.date],
    figure: FromQuery[str],
    step: FromQuery[str] = "month",
) -> Response[Trend]:
    """A figure over time, in days, weeks or months."""
    asked = _asked(first, last, "", "", live=True)
    chosen = next((each for each in STEPS if each == step), None)
    if chosen is None:
        raise failure(400, "bad_request", f"A step is one of {', '.join(STEPS)}.")
    return DeskResponse(
        await _told(request, lambda reports, reader: reports.trend(reader.desk, asked, figure, chosen, reader))
    )


@get("/v1/report/file", opt={BINARY: "reply"})
async def file(
    request: Request[Any, Any, Any],
    first: FromQuery[dt.date],
    last: FromQuery[dt.date],
    wanted: FromQuery[str],
    by: FromQuery[str] = "",
    live: FromQuery[bool] = False,
) -> Response[bytes]:
    """The report as a file; ``wanted`` is csv, xlsx or pdf."""
    asked = _asked(first, last, by, "", live=live)
    kind = next((each for each in FORMATS if each == wanted), None)
    if kind is None:
        raise failure(400, "bad_request", f"A report is made as {', '.join(FORMATS)}.")
    content = await _told(request, lambda reports, reader: file_of(reports.report(reader.desk, asked, reader), kind))
    return Response(content, media_type=MEDIA[kind])


def _asked(first: dt.date, last: dt.date, by: str, figures: str, *, live: bool) -> Asked:
    if last < first:
        raise failure(400, "bad_request", "The last day of a report must not lie before its first one.")
    part = next((each for each in PARTS if each == by), None)
    if by and part is None:
        raise failure(400, "bad_request", f"A report is taken apart by one of {', '.join(PARTS)}.")
    only = tuple(each for each in figures.split(",") if each)
    return Asked(period=Period(first, last), by=part, only=only, live=live)


async def _told(request: Request[Any, Any, Any], work: Callable[[Reports, Reader], T]) -> T:
    """Off the event loop, as who asks; the others are told who may."""
    reports: Reports = request.app.state.reports
    try:
        return await as_reader(request, lambda reader: asyncio.to_thread(work, reports, reader))
    except NotAllowed:
        raise failure(403, "only_supervisor", "The figures of the desk are for supervisors and managers.") from None
    except NoSuchFigure as error:
        raise failure(404, "not_found", f"The policy has no figure {error}.") from None
