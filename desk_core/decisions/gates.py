"""Gates: what the policy wants to be there before an action (``[[gate]]``)."""

from __future__ import annotations

from desk_core.commands import CreateTicket, LogCall
from desk_core.decisions.outcome import Refused
from desk_core.messages import said
from desk_core.people import Member, can_be_called
from desk_core.policy import Action, Policy, Requirement
from desk_core.texts import blank
from desk_core.tickets import Fault, Ticket
from desk_core.wording import Refusal, refuse

_FAULT_FIELDS: tuple[Requirement, ...] = ("caller", "company", "phone", "product", "serial", "description")


def requirements(
    policy: Policy, before: Action, kind: str, category: str = "", channel: str = "", *, warnings: bool = False
) -> tuple[Requirement, ...]:
    """Everything that must be there before ``before`` on such a ticket, in the policy's order; a form shows it as mandatory.

    With ``warnings`` what is only asked for, and refuses nothing (A-51).
    """
    wanted: list[Requirement] = []
    for gate in policy.gates:
        narrowed = (gate.kinds and kind not in gate.kinds) or (gate.channels and channel not in gate.channels)
        narrowed = narrowed or (gate.categories and category not in gate.categories)
        if gate.before == before and gate.only_warn is warnings and not narrowed:
            wanted += [r for r in gate.requires if r not in wanted]
    return tuple(wanted)


def _fault_misses(fault: Fault, requirement: Requirement) -> bool:
    if requirement == "serial" and not blank(fault.serial_missing):
        return False
    return blank(getattr(fault, requirement))


def missing_in_fault(policy: Policy, kind: str, fault: Fault) -> tuple[Requirement, ...]:
    """The fields of a fault that must still be filled before it can be saved (H-16 to H-21)."""
    return tuple(r for r in requirements(policy, "fault.saved", kind) if r in _FAULT_FIELDS and _fault_misses(fault, r))


def check_fault(policy: Policy, kind: str, fault: Fault, actor: Member) -> None:
    """Refuse a fault with a mandatory field missing; only a supervisor may leave out the serial number, with a reason (H-20)."""
    missing = missing_in_fault(policy, kind, fault)
    if missing:
        first = refuse(f"missing_{missing[0]}")
        raise Refused(Refusal(code="incomplete", text=first.text, fields=tuple(missing), params={"first": first.code}))
    if "phone" in requirements(policy, "fault.saved", kind) and not can_be_called(fault.phone):
        raise Refused(refuse("bad_phone", "phone", value=fault.phone.strip()))
    needs_serial = "serial" in requirements(policy, "fault.saved", kind)
    if needs_serial and blank(fault.serial) and not actor.supervises:
        raise Refused(refuse("serial_reason", "serial"))


def classes(policy: Policy, category: str, classification: str) -> tuple[str, str]:
    """Category and free words of a class as they are kept: a category that the policy does not have is free words (H-10)."""
    if policy.category(category) is not None:
        return category, classification
    words = category if blank(classification) else classification
    return "", "" if blank(words) else words


def missing_on_ticket(
    policy: Policy, before: Action, ticket: Ticket, *, warnings: bool = False
) -> tuple[Requirement, ...]:
    """What a ticket still lacks before ``before``; a chosen value's own ``needs`` belong to it (E-19)."""
    wanted = requirements(policy, before, ticket.kind, ticket.category, ticket.channel, warnings=warnings)
    missing: list[Requirement] = []
    for requirement in wanted:
        missing += [each for each in _lacks(policy, ticket, requirement) if each not in missing]
    return tuple(missing)


def lacks(policy: Policy, ticket: Ticket, requirement: Requirement) -> bool:
    """Whether one requirement is not met on a ticket."""
    return bool(_lacks(policy, ticket, requirement))


def _lacks(policy: Policy, ticket: Ticket, requirement: Requirement) -> list[Requirement]:
    lacking = {
        "classification": not any(classes(policy, ticket.category, ticket.classification)),
        "way_chosen": ticket.undecided and ticket.entitlement.entitled,
        "written_reply": "replied" not in ticket.flags,
        "time_logged": ticket.minutes == 0,
        "email": blank(ticket.email) and blank(ticket.no_email),
        "customer_kind": blank(ticket.customer_kind),
        "resolution": blank(ticket.solution),
    }
    if requirement in lacking:
        return [requirement] if lacking[requirement] else []
    if requirement in _FAULT_FIELDS:
        return [requirement] if _fault_misses(ticket.fault, requirement) else []
    value = said(ticket, requirement)
    if blank(value):
        return [requirement]
    found = policy.field(requirement)
    needs = [need for choice in found.choices if choice.id == value for need in choice.needs] if found else []
    return [need for need in needs if blank(said(ticket, need))]


def check_ticket(policy: Policy, before: Action, ticket: Ticket) -> None:
    """Refuse ``before`` while the ticket lacks something (H-10, H-13)."""
    missing = missing_on_ticket(policy, before, ticket)
    if missing:
        raise Refused(_missing(policy, missing))


def _missing(policy: Policy, missing: tuple[Requirement, ...]) -> Refusal:
    first = missing[0]
    field = policy.field(first)
    if field is not None:
        rules = f" ({', '.join(field.rules)})" if field.rules else ""
        return refuse("missing_field", *missing, title=field.title, rules=rules)
    if first == "customer_kind":
        choices = ", ".join(kind.title for kind in policy.ticket.customer_kinds)
        return refuse("missing_customer_kind", *missing, choices=choices)
    return refuse(f"missing_{first}", *missing)


def check_before_close(policy: Policy, ticket: Ticket) -> None:
    """Refuse to close while an escalation's plan (A-45), a complaint's analysis (E-41) or a binding measure (K-29) is still owed."""
    steps = [found for each in ticket.escalations if (found := policy.step(each.step)) is not None]
    owing = next((step for step in steps if step.plan), None)
    if owing is not None and (ticket.plan is None or not ticket.plan.agreed_by):
        raise Refused(refuse("missing_agreed_plan", "plan", role=_role_title(policy, owing.role)))
    if ticket.complaint is None:
        return
    rule = policy.complaint(ticket.complaint.kind)
    if rule is not None and rule.role and blank(ticket.complaint.analysis):
        raise Refused(refuse("missing_board_analysis", "analysis", role=_role_title(policy, rule.role)))
    if ticket.complaint.measures_left:
        raise Refused(refuse("missing_measures_done", "measures", measures="; ".join(ticket.complaint.measures_left)))


def _role_title(policy: Policy, role_id: str) -> str:
    found = policy.role(role_id)
    return found.title if found is not None else role_id


def check_way(policy: Policy, ticket: Ticket) -> None:
    """Refuse to let a logged fault out of hand before its caller was put through or promised a call back (H-13, H-14)."""
    if "way_chosen" in missing_on_ticket(policy, "call.ended", ticket):
        raise Refused(refuse("missing_way_chosen", "way_chosen"))


def title_of(ask: LogCall | CreateTicket) -> str:
    """What a ticket is called in lists: the title given, else the first line of the description."""
    given = ask.title if not blank(ask.title) else ask.fault.description
    lines = given.strip().splitlines()
    return lines[0][:200] if lines else ""
