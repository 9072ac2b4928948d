"""How answers are printed: one JSON document for programs, short plain lines for people."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple, TextIO

import msgspec

from desk_client.cli.customers import customer_data
from desk_client.cli.lines import elsewhere_line
from desk_client.services.records import Elsewhere, Match, Row, TicketView, Unsent
from desk_client.services.ticket_facts import TicketFacts
from desk_client.services.words import promised
from desk_core.calls import Call
from desk_core.decisions.complaint_forms import evidence_missing
from desk_core.policy import Policy
from desk_core.records import Complaint
from desk_core.tickets import Clock


class Answer(NamedTuple):
    """What a command answers: an object for ``--json``, lines for people, and the exit code."""

    data: Any
    lines: list[str]
    code: int = 0


def write(data: Any, out: TextIO) -> None:
    """One JSON document."""
    out.write(msgspec.json.encode(data).decode() + "\n")


def complain(code: str, text: str, fields: Iterable[str], *, as_json: bool) -> None:
    """One sentence, or an object with ``code`` and ``text``."""
    if as_json:
        write({"code": code, "text": text, "fields": list(fields)}, sys.stdout)
    else:
        sys.stderr.write(" ".join(text.split()) + "\n")


def clock_data(clock: Clock | None) -> dict[str, Any] | None:
    """A promise as JSON."""
    if clock is None:
        return None
    return {
        "id": clock.id,
        "title": clock.title,
        "deadline": clock.deadline,
        "state": clock.state,
        "rules": list(clock.rules),
        "started_at": clock.started_at,
        "stopped_at": clock.stopped_at,
        "amount": clock.amount,
        "owed": clock.owed,
        "learnt_late": clock.learnt_late,
    }


def row_data(policy: Policy, row: Row) -> dict[str, Any]:
    """A ticket of a list as JSON."""
    return {
        "reference": row.reference,
        "id": row.id,
        "title": row.title,
        "company": row.company,
        "kind": row.kind,
        "class": row.classification,
        "category": row.category,
        "status": row.status,
        "department": row.department,
        "office": row.office,
        "holder": row.holder_name or row.holder,
        "received_at": row.received_at,
        "call_back": row.call_back,
        "clock": clock_data(row.clock),
        "deadline": row.clock.deadline if row.clock else None,
        "clocks": [clock_data(clock) for clock in promised(policy, row.clocks)],
        "waits": row.waits,
        "triage_owed": row.triage_owed,
        "approval": row.approval,
        "exempt": row.exempt,
        "follows": row.follows,
        "step": row.step,
        "unsent": row.unsent,
        "imported": row.imported,
    }


def ticket_data(policy: Policy, view: TicketView, now: dt.datetime) -> dict[str, Any]:
    """A ticket with all that it carries and its history as JSON; nothing of it is left out because it is empty."""
    ticket = view.ticket
    facts = TicketFacts(policy, view, now)
    plain: dict[str, Any] = msgspec.to_builtins(ticket)
    return {
        **plain,
        "reference": ticket.reference,
        "status": ticket.status,
        "department": ticket.department,
        "holder": view.names.get(ticket.holder, ticket.holder),
        "company": ticket.fault.company,
        "class": ticket.classification,
        "clocks": [{**msgspec.to_builtins(c), **(clock_data(c) or {})} for c in promised(policy, ticket.clocks)],
        "entitlement": {
            "source": ticket.entitlement.source,
            "title": ticket.entitlement.title,
            "until": ticket.entitlement.until,
        },
        "obligations": [msgspec.to_builtins(each) for each in facts.owed()],
        "escalations": [msgspec.to_builtins(each) for each in ticket.escalations],
        "plan": msgspec.to_builtins(ticket.plan) if ticket.plan is not None else None,
        "promises": [{**msgspec.to_builtins(each), "broken": each.broken(now)} for each in ticket.promises],
        "complaint": _complaint(policy, ticket.complaint) if ticket.complaint is not None else None,
        "information_missing_since": facts.information_missing_since(),
        "approval": ticket.approval,
        "exempt": ticket.exempt,
        "triage_owed": ticket.triage_owed,
        "follows": ticket.follows,
        "refusal": ticket.refusal,
        "common": ticket.common,
        "timescale": ticket.timescale,
        "customer_kind": ticket.customer_kind,
        "email": ticket.email,
        "no_email": ticket.no_email,
        "fields": {each.field: each.value for each in ticket.fields},
        "messages": [_what(each) for each in facts.messages()],
        "called_again": ticket.called_again,
        "waiting_since": ticket.waiting_since,
        "unsent": list(view.unsent),
        "history": [
            {"at": e.at, "by": view.names.get(e.actor, e.actor), "event": e.kind, **_what(e.what)} for e in view.history
        ],
    }


def _complaint(policy: Policy, complaint: Complaint) -> dict[str, Any]:
    """A complaint with its stage, its evidence and what is missing of it, and where the customer may go on (K-14 to K-21, K-27, K-28)."""
    rule = policy.complaint(complaint.kind)
    return {
        **msgspec.to_builtins(complaint),
        "stage": complaint.stage,
        "subject": complaint.subject,
        "heading": rule.heading if rule is not None else "",
        "evidence": msgspec.to_builtins(complaint.evidence),
        "found": list(complaint.found),
        "not_found": [each for each in complaint.evidence.references if each not in complaint.found],
        "calls": list(complaint.calls),
        "missing": list(evidence_missing(rule, complaint)) if rule is not None else [],
        "measures_left": list(complaint.measures_left),
        "rights": [{"id": stage.id, "title": stage.title} for stage in rule.stages] if rule is not None else [],
    }


def call_data(call: Call) -> dict[str, Any]:
    """A call as JSON."""
    plain: dict[str, Any] = msgspec.to_builtins(call)
    return {**plain, "call": call.id, "outcome": call.outcome, "ticket": call.ticket, "number": call.number}


def _what(what: msgspec.Struct) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.to_builtins(what)
    return {k: v for k, v in found.items() if k != "event"}


def elsewhere(found: Elsewhere) -> Answer:
    """Whose ticket it is, and nothing more."""
    stub = found.stub
    data = {
        "reference": stub.reference,
        "elsewhere": True,
        "department": stub.department,
        "status": stub.status,
        "id": stub.id,
    }
    return Answer(data, [elsewhere_line(found)])


def match_data(match: Match) -> dict[str, Any]:
    """A customer that was found as JSON."""
    return {
        "customer": match.customer.id,
        "company": match.customer.name,
        "details": customer_data(match.customer),
        "contact": match.contact.name if match.contact else "",
        "phone": match.contact.phone if match.contact else "",
        "product": match.asset.product if match.asset else "",
        "serial": match.asset.serial if match.asset else "",
        "sure": match.sure,
    }


def unsent_data(item: Unsent) -> dict[str, Any]:
    """A command that is not applied as JSON."""
    return {
        "id": item.id,
        "command": item.name,
        "state": item.state,
        "issued_at": item.issued_at,
        "reference": item.reference,
        "code": item.code,
        "text": item.text,
        "fields": list(item.fields),
        "args": msgspec.json.decode(item.args) if item.args else {},
    }
