"""What happens to a ticket whose holder was out of contact for too long (sync.md, "Mandated order offline")."""

from __future__ import annotations

import datetime as dt

from desk_core.events_base import What


class LeaseEnded(What, frozen=True, kw_only=True, tag="work.lease_ended"):
    """The member who had it on lease was not in contact until ``until``: it is back at its old place in the queue."""

    member: str
    until: dt.datetime


class LeaseResumed(What, frozen=True, kw_only=True, tag="work.lease_resumed"):
    """Work that was done while the lease ran arrived after its end, and nobody else had taken the ticket: the member holds it again."""

    member: str
    department: str


class StartLost(What, frozen=True, kw_only=True, tag="work.start_lost"):
    """The member had begun it without network, and somebody else had taken it before that arrived."""

    member: str
    begun_at: dt.datetime


class DraftLeft(What, frozen=True, kw_only=True, tag="draft.left"):
    """What a member did on a ticket that was not the member's any more: a draft for whoever has it now. Nobody has sent it. ``of`` is
    the command's name."""

    text: str
    of: str


Leases = LeaseEnded | LeaseResumed | StartLost | DraftLeft
