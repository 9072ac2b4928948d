"""What the screens and the command line ask for; no Qt, no network, no SQL. Build them with :func:`desk_client.bootstrap.build`.

Reading methods answer at once, on any thread. Changing methods answer with a ``concurrent.futures.Future``: it is done when the outbox's
commit is on the disk, or failed with a :class:`~desk_client.services.errors.DeskError` whose ``code``, ``text``, ``fields`` and ``params``
tell a person what would be right. ``listeners.subscribe(told)`` says what changed, on a worker thread.
"""

from desk_client.models.changes import (
    CALLS,
    DRAFTS,
    OUTBOX,
    PEOPLE,
    POLICY,
    REGISTERS,
    SESSION,
    SYNC,
    TICKETS,
    Listeners,
)
from desk_client.services.attachments import Attachments
from desk_client.services.calls import Calls
from desk_client.services.drafts import Drafts
from desk_client.services.figures import Figures
from desk_client.services.grace import Graces
from desk_client.services.lookup import Lookup
from desk_client.services.outbox import Outbox
from desk_client.services.queue import Queue
from desk_client.services.registers import Registers
from desk_client.services.replies import Replies
from desk_client.services.session import Session
from desk_client.services.status import Status
from desk_client.services.tickets import Tickets
from desk_client.services.why import Explanations

__all__ = [
    "CALLS",
    "DRAFTS",
    "OUTBOX",
    "PEOPLE",
    "POLICY",
    "REGISTERS",
    "SESSION",
    "SYNC",
    "TICKETS",
    "Attachments",
    "Calls",
    "Drafts",
    "Explanations",
    "Figures",
    "Graces",
    "Listeners",
    "Lookup",
    "Outbox",
    "Queue",
    "Registers",
    "Replies",
    "Session",
    "Status",
    "Tickets",
]
