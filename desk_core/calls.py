"""A call: one phone conversation. It rang, was answered, ended, and belongs to a ticket or to none."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

Direction = Literal["in", "out"]
Outcome = Literal["", "logged", "abandoned", "not_entitled", "wrong_number", "no_ticket_needed"]
OUTCOMES_WITHOUT_TICKET: tuple[Outcome, ...] = ("abandoned", "not_entitled", "wrong_number", "no_ticket_needed")


class Call(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A call and its reference number, which is its own until a ticket takes it over (H-08, H-09).

    ``spoken`` is the number that the caller was told when that had to be replaced (P6); ``number`` is the caller's number as the
    telephone gave it; ``told_at`` is when number and class were read out (H-11), and ``not_told`` says that the question at the end of
    the call was answered with no; ``named_at`` is when who answered gave the own name (A-49).
    """

    id: str
    reference: str
    spoken: str = ""
    direction: Direction = "in"
    number: str = ""
    number_e164: str = ""
    rang_at: dt.datetime | None = None
    answered_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    outcome: Outcome = ""
    remark: str = ""
    member: str = ""
    office: str = ""
    department: str = ""
    ticket: str = ""
    told_at: dt.datetime | None = None
    not_told: bool = False
    named_at: dt.datetime | None = None
    phone_call_id: str = ""
