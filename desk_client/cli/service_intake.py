"""What was typed of a new ticket as the fields of its command."""

from __future__ import annotations

import datetime as dt
from typing import Any

from desk_client.cli.context import Context
from desk_client.cli.service_intake_args import COMPLAINT, FAULT, FORM
from desk_client.cli.service_values import About, instant, named, values
from desk_client.services.errors import DeskError, Missing
from desk_core.commands_of_service import ComplaintForm
from desk_core.people import fold
from desk_core.policy import Policy
from desk_core.records import Evidence
from desk_core.tickets import Fault

_EVIDENCE = ("references", "staff", "times", "numbers", "mails")


def kind_of(policy: Policy, typed: str, usual: str) -> str:
    """The kind that was typed, by id or title; else the usual one, or the policy's first where it has no such kind."""
    if typed:
        return named(policy.kinds, typed)
    return usual if policy.kind(usual) is not None else policy.kinds[0].id


def form(context: Context, usual: str) -> dict[str, Any]:
    """The fields that a call's ticket and any other have in common."""
    args, lookup = context.args, context.client.lookup
    category, words = lookup.class_named(args.classification) if args.classification.strip() else ("", "")
    found = values(context, About(), FORM, args)
    complaint, policy = _complaint(context), lookup.world().policy
    return {
        **found,
        "kind": kind_of(policy, args.kind, usual)
        if complaint is None
        else _complaint_kind(policy, complaint, args.kind),
        "category": category,
        "classification": words,
        "contact": _contact(context, found.get("customer", ""), args.contact) if args.contact else "",
        "fault": Fault(**values(context, About(), FAULT, args)),
        "complaint": complaint,
    }


def _complaint_kind(policy: Policy, complaint: ComplaintForm, typed: str) -> str:
    """The kind of ticket of a complaint: the one typed, else that of its form. What is written is never dropped in silence."""
    kind = named(policy.kinds, typed) if typed else ""
    rules = [each for each in policy.complaints if kind in ("", each.kind)]
    if not rules:
        text = "There is no form of a complaint for such a ticket here; say it with --fault instead."
        raise DeskError(text, code="no_complaint_form", fields=("complaint",))
    return next((each.kind for each in rules if each.id == complaint.kind), rules[0].kind)


def _complaint(context: Context) -> ComplaintForm | None:
    found = values(context, About(), COMPLAINT, context.args)
    if not found:
        return None
    policy = context.client.lookup.world().policy
    evidence = Evidence(**{name: found.pop(name) for name in _EVIDENCE if name in found})
    kind = named(policy.complaints, found.pop("complaint_kind", ""))
    subject = "staff" if found.get("member") else "service"
    return ComplaintForm(**{"summary": "", **found, "kind": kind, "subject": subject, "evidence": evidence})


def _contact(context: Context, customer: str, typed: str) -> str:
    if not customer:
        raise Missing("Say of which customer the person is, with --customer.", code="missing_customer")
    people = context.client.lookup.customer(customer).contacts
    found = next((each.id for each in people if fold(typed) in (fold(each.id), fold(each.name))), "")
    if found:
        return found
    names = ", ".join(each.name for each in people) or "nobody"
    raise Missing(f"This customer has no person called “{typed}”; known: {names}.", code="unknown_contact")


def moment(context: Context, typed: str | None) -> dt.datetime | None:
    """A moment that was typed, None when none was."""
    return instant(context, About(), typed) if typed else None
