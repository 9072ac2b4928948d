"""What leaves the server for other programs: a ticket with its promises, without personal data and content."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk_core.tickets import Clock, Status, Ticket


class ExportedTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A line of ``desk-server export tickets`` and of the data of ``desk-policy preview``, which needs its
    reference, office and clocks alone."""

    reference: str
    id: str = ""
    kind: str = ""
    channel: str = ""
    status: Status = "open"
    department: str = ""
    office: str = ""
    common: bool = False
    received_at: dt.datetime | None = None
    policy_version: str = ""
    clocks: tuple[Clock, ...] = ()


def exported(ticket: Ticket) -> ExportedTicket:
    """The ticket as it may leave: whose promise runs until when, not who asked for what."""
    return ExportedTicket(**{name: getattr(ticket, name) for name in ExportedTicket.__struct_fields__})
