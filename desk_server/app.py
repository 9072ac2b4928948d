"""The only wiring: settings in, the server's application out."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

from litestar import Litestar
from litestar.datastructures import State

from desk_server import health
from desk_server.accounts import routes as accounts_routes
from desk_server.accounts.service import AccountsService, Desks
from desk_server.audit import Audit
from desk_server.db.engine import Database
from desk_server.guard import signed_in
from desk_server.http import LARGEST_BODY, Wire, answer_problem
from desk_server.jobs.service import Jobs, time_jobs
from desk_server.mail.service import MailJob
from desk_server.openapi import describe
from desk_server.rates import Rates
from desk_server.reports import routes as report_routes
from desk_server.reports.service import Reports
from desk_server.settings import Settings
from desk_server.sync import blob_routes
from desk_server.sync import routes as sync_routes
from desk_server.sync.blobs import BlobService
from desk_server.sync.service import Hub, Policies, SyncService

ROUTES = (
    health.live,
    health.ready,
    accounts_routes.enrol,
    accounts_routes.device,
    accounts_routes.lease,
    accounts_routes.sign_out,
    sync_routes.push,
    sync_routes.pull,
    sync_routes.snapshot,
    sync_routes.receipts,
    sync_routes.digest,
    sync_routes.find,
    report_routes.report,
    report_routes.behind,
    report_routes.trend,
    report_routes.file,
    blob_routes.put_blob,
    blob_routes.get_blob,
)


class Services:
    """Everything below the routes, built once per process. It opens no connection before it is used."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.database = Database(settings.database)
        self.policies = Policies()
        self.audit = Audit(self.database, settings.clock)
        self.accounts = AccountsService(self.database, settings.clock, self.policies, self.audit)
        self.hub = Hub(self.database, self.accounts.forget)
        self.sync = SyncService(self.database, settings.clock, self.hub, self.policies, self.audit)
        self.blobs = BlobService(self.database, settings.clock, settings.most_blob_bytes)
        self.desks = Desks(self.database, settings.clock, self.policies, self.audit)
        self.reports = Reports(self.database, settings.clock, self.policies, self.sync)
        self.rates = Rates()
        self.jobs = Jobs(self.database, time_jobs(self.database, settings.clock, self.policies))
        self.mail = Jobs(self.database, {"messages": MailJob(self.database, settings.clock, settings.mail_sink)})

    def close(self) -> None:
        """Finish what is under way and close the connections."""
        self.accounts.close()
        self.sync.close()
        self.blobs.close()
        self.database.close()


class Application(Wire):
    """The ASGI application. ``release`` lets every held request go, so that the server can stop."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.litestar = _litestar(services)
        super().__init__(self.litestar)

    def release(self) -> None:
        """Let every held request go; nobody waits from now on."""
        self.services.hub.release()

    def openapi(self) -> dict[str, Any]:
        """The description of every route and record."""
        return describe(ROUTES)


def create_app(settings: Settings) -> Application:
    """The server's application on a migrated database."""
    return Application(Services(settings))


def _litestar(services: Services) -> Litestar:
    @contextlib.asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        await asyncio.to_thread(services.database.check)
        services.hub.start()
        jobs = [
            asyncio.create_task(services.jobs.run(services.settings.look_seconds)),
            asyncio.create_task(services.mail.run(services.settings.mail_seconds)),
        ]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)
            await services.hub.close()
            await asyncio.to_thread(services.close)

    state = {
        "database": services.database,
        "accounts": services.accounts,
        "sync": services.sync,
        "blobs": services.blobs,
        "reports": services.reports,
        "rates": services.rates,
    }
    return Litestar(
        route_handlers=list(ROUTES),
        before_request=signed_in,
        exception_handlers={Exception: answer_problem},
        request_max_body_size=LARGEST_BODY,
        state=State(state),
        lifespan=[running],
        openapi_config=None,
        logging_config=None,
    )
