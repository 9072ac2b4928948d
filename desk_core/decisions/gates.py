"""Gates: what the policy wants to be there before an action (``[[gate]]``)."""

from __future__ import annotations

from desk_core.commands import CreateTicket, LogCall
from desk_core.decisions.outcome import Refused
from desk_core.people import Member
from desk_core.policy import Action, Policy, Requirement
from desk_core.texts import blank
from desk_core.tickets import Fault, Ticket
from desk_core.wording import Refusal, refuse

_FAULT_FIELDS: tuple[Requirement, ...] = ("caller", "company", "phone", "product", "serial", "description")


def requirements(policy: Policy, before: Action, kind: str) -> tuple[Requirement, ...]:
    """Everything that must be there before ``before`` on a ticket of this kind, in the policy's order; a form shows it as mandatory."""
    wanted: list[Requirement] = []
    for gate in policy.gates:
        if gate.before == before and (not gate.kinds or kind in gate.kinds):
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
    needs_serial = "serial" in requirements(policy, "fault.saved", kind)
    if needs_serial and blank(fault.serial) and not actor.supervises:
        raise Refused(refuse("serial_reason", "serial"))


def classes(policy: Policy, category: str, classification: str) -> tuple[str, str]:
    """Category and free words of a class as they are kept: a category that the policy does not have is free words (H-10)."""
    if policy.category(category) is not None:
        return category, classification
    words = category if blank(classification) else classification
    return "", "" if blank(words) else words


def missing_on_ticket(policy: Policy, before: Action, ticket: Ticket) -> tuple[Requirement, ...]:
    """What a ticket still lacks before ``before``."""
    lacking = {
        "classification": not any(classes(policy, ticket.category, ticket.classification)),
        "way_chosen": ticket.undecided and ticket.entitlement.entitled,
        "written_reply": "replied" not in ticket.flags,
        "time_logged": ticket.minutes == 0,
    }
    wanted = requirements(policy, before, ticket.kind)
    return tuple(r for r in wanted if (lacking[r] if r in lacking else _fault_misses(ticket.fault, r)))


def check_ticket(policy: Policy, before: Action, ticket: Ticket) -> None:
    """Refuse ``before`` while the ticket lacks something (H-10, H-13)."""
    missing = missing_on_ticket(policy, before, ticket)
    if missing:
        raise Refused(refuse(f"missing_{missing[0]}", *missing))


def check_way(policy: Policy, ticket: Ticket) -> None:
    """Refuse to let a logged fault out of hand before its caller was put through or promised a call back (H-13, H-14)."""
    if "way_chosen" in missing_on_ticket(policy, "call.ended", ticket):
        raise Refused(refuse("missing_way_chosen", "way_chosen"))


def title_of(ask: LogCall | CreateTicket) -> str:
    """What a ticket is called in lists: the title given, else the first line of the description."""
    given = ask.title if not blank(ask.title) else ask.fault.description
    lines = given.strip().splitlines()
    return lines[0][:200] if lines else ""
