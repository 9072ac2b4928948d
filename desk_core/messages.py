"""Messages made whole: template, mandatory parts, sender, copies, who deals with it, each once (M-A0 to M-V2).

What is made here is an event of the ticket; sending it is the business of the server's mail feature.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from desk_core.clocks import PERSONAL
from desk_core.events_base import What
from desk_core.events_of_service import MessageMade, SurveyOwed
from desk_core.people import Customer, Member
from desk_core.policy import Message, Policy
from desk_core.policy_tables import Part
from desk_core.policy_words import FIELD, LINK, PLACEHOLDER
from desk_core.references import grouped
from desk_core.tickets import Clock, Ticket
from desk_core.wording import ends_here


class Facts(NamedTuple):
    """What a message needs beside its ticket: who deals with it, the customer, the roles' holders by role, and who holds the ticket."""

    dealing: Member | None = None
    customer: Customer | None = None
    roles: Mapping[str, tuple[Member, ...]] = MappingProxyType({})
    holder: Member | None = None


def role_title(policy: Policy, member: Member) -> str:
    """What the member is, in the policy's words; the program role where it has none."""
    titles = [role.title for role in policy.roles if role.id in member.functions]
    return titles[0] if titles else member.role


def missing_details(member: Member | None) -> tuple[str, ...]:
    """The contact details that are missing in a member's profile (A-30)."""
    if member is None:
        return ("name", "email", "phone")
    return tuple(name for name in ("name", "email", "phone") if not getattr(member, name).strip())


def contact_details(policy: Policy, member: Member | None) -> str:
    """The full contact details of who deals with it (A-30)."""
    if member is None:
        return ""
    lines = (member.name, role_title(policy, member), member.email, member.phone)
    return "\n".join(line for line in lines if line)


def said(ticket: Ticket, field: str) -> str:
    """What a ticket says of itself in a field; a complaint's own marks count as fields."""
    if field == "personal_data" and ticket.complaint is not None:
        return "yes" if ticket.complaint.personal_data else "no"
    return ticket.field(field)


def _holds(part: Part, ticket: Ticket) -> bool:
    if part.personal and ticket.address != PERSONAL:
        return False
    if not part.field:
        return True
    value = said(ticket, part.field)
    return value == part.value if part.value else bool(value)


def paragraphs(policy: Policy, message: Message, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """The parts that a message on this ticket must hold, with their text."""
    found = {part.id: part for part in policy.parts}
    extra = _complaint_parts(policy, message, ticket)
    wanted = [found[part] for part in (*message.parts, *extra)]
    words = words_of(policy, ticket, None, None)
    return tuple((part.id, filled(part.text, words)) for part in wanted if _holds(part, ticket))


def _complaint_parts(policy: Policy, message: Message, ticket: Ticket) -> tuple[str, ...]:
    if message.when != "complaint.answered" or ticket.complaint is None:
        return ()
    rule = policy.complaint(ticket.complaint.kind)
    return tuple(part for part in rule.answer_parts if part not in message.parts) if rule is not None else ()


def words_of(policy: Policy, ticket: Ticket, what: What | None, dealing: Member | None) -> dict[str, str]:
    """What fills the placeholders of a template."""
    clock = ticket.clock(getattr(what, "clock", "")) or ticket.leading_clock
    fault = ticket.fault
    words = {
        "reference": grouped(ticket.reference),
        "summary": getattr(what, "summary", ""),
        "title": ticket.title,
        "text": getattr(what, "text", ""),
        "customer": ticket.fault.company or ticket.fault.caller,
        "name": dealing.name if dealing else "",
        "role": role_title(policy, dealing) if dealing else "",
        "email": dealing.email if dealing else "",
        "phone": dealing.phone if dealing else ticket.fault.phone,
        "deadline": clock.deadline.astimezone(dt.UTC).isoformat() if clock and clock.deadline else "",
        "local_deadline": _local(policy, clock),
        "promise": clock.title if clock else "",
        "survey": grouped(ticket.reference),
        "caller": fault.caller,
        "company": fault.company,
        "product": fault.product,
        "serial": fault.serial or fault.serial_missing,
        "description": fault.description,
        "class": ticket.classification,
        "caller_phone": fault.phone_e164 or fault.phone,
    }
    words |= {f"{LINK}{link.id}": link.url for link in policy.links}
    return words | {f"{FIELD}{field.id}": said(ticket, field.id) for field in policy.fields}


def _local(policy: Policy, clock: Clock | None) -> str:
    """A deadline as a clock on the wall of its calendar shows it, with its offset (TS-10)."""
    if clock is None or clock.deadline is None:
        return ""
    return f"{clock.deadline.astimezone(policy.calendar(clock.calendar).zone):%Y-%m-%d %H:%M %z}"


def filled(template: str, words: dict[str, str]) -> str:
    """The template with its placeholders filled in; what a person typed is not read as a template."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1], found[0]), template)


def complete(policy: Policy, message: Message, ticket: Ticket, dealing: Member | None, body: str) -> str:
    """``body`` with the mandatory parts and contact details that it lacks, put before the mandated last words (A-30, E-18, E-19, V-28)."""
    ending = message.ends_with if ends_here(message, ticket) else ""
    text = body.rstrip()
    if ending and text.endswith(ending):
        text = text[: -len(ending)].rstrip()
    blocks = [text, *(words for _, words in paragraphs(policy, message, ticket) if words not in text)]
    if message.full_contact_details:
        details = contact_details(policy, dealing)
        blocks += [details] if details not in text else []
    if message.starts_with and not text.startswith(message.starts_with) and message.text:
        blocks.insert(0, message.starts_with)
    return "\n\n".join(block for block in (*blocks, ending) if block)


def wanted(policy: Policy, ticket: Ticket, what: What) -> tuple[Message, ...]:
    """The messages that an event makes; none for the holder of a ticket that nobody holds, none for what was spoken (E-38)."""
    if getattr(what, "spoken", False):
        return ()
    kind, step = str(what.__struct_config__.tag), getattr(what, "step", "")
    return tuple(
        m
        for m in policy.messages
        if m.when == kind
        and (not m.step or m.step == step)
        and (not m.survey or m.survey == getattr(what, "survey", ""))
        and (not m.channels or ticket.channel in m.channels)
        and (not m.kinds or ticket.kind in m.kinds)
        and (m.to != "holder" or ticket.holder)
    )


def make(policy: Policy, message: Message, ticket: Ticket, what: What, event_id: str, facts: Facts) -> MessageMade:
    """One message, whole. Its once-key comes from the event that makes it, so that a repeated command makes no second one."""
    words = words_of(policy, ticket, what, facts.dealing)
    body = filled(message.text or "{text}", words)
    shared = policy.address(ticket.address)
    keeps = [shared] if shared is not None and shared.shared else []
    if ticket.complaint is not None and (log := policy.address(ticket.complaint.log_under)) is not None:
        keeps.append(log)
    copies = [address.address for address in keeps]
    copies += [found.address for each in message.copies if (found := policy.address(each)) is not None]
    sender = policy.address(message.sender)
    sender = keeps[0] if keeps else sender
    withheld = message.full_contact_details and bool(missing_details(facts.dealing))
    to = what.to if isinstance(what, SurveyOwed) else _recipient(message, ticket, facts, copies)
    return MessageMade(
        message=message.id,
        once_key=f"{message.id}/{event_id}",
        to="" if withheld else to,
        sender=sender.address if sender is not None else "",
        copies=tuple(dict.fromkeys(each for each in copies if each != to)),
        subject=filled(message.subject, words),
        text=complete(policy, message, ticket, facts.dealing, body),
        parts=tuple(part for part, _ in paragraphs(policy, message, ticket)),
        answers=ticket.mail if message.to == "customer" else "",
        automatic="{text}" not in (message.text or "{text}"),
    )


def _recipient(message: Message, ticket: Ticket, facts: Facts, copies: list[str]) -> str:
    if message.to == "end_customer":
        return facts.customer.end_contact if facts.customer is not None else ""
    if message.to == "holder":
        return facts.holder.email if facts.holder is not None else ""
    if message.to in ("role", "role_and_deputy", "everyone"):
        people = facts.roles.get(message.role, ())
        return ", ".join(each.email for each in (people[:1] if message.to == "role" else people) if each.email)
    if message.to == "shared":
        return copies[0] if copies else ""
    return ticket.email
