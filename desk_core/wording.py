"""Sentences of the core: every refusal in words that say what would be right, and the mandated words around a reply.

Sentences are English templates keyed by code; a screen translates the template and fills in the parameters.
"""

from __future__ import annotations

import msgspec

from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.texts import blank, problems


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """A command that may not be carried out: a code for programs, one sentence for people, the fields to go back to."""

    code: str
    text: str
    fields: tuple[str, ...] = ()
    params: dict[str, str] = {}


REFUSALS: dict[str, str] = {
    "missing_caller": "Ask for the caller's name; a fault cannot be saved without it (H-16).",
    "missing_company": "Ask for the company; a fault cannot be saved without it (H-17).",
    "missing_phone": "Ask for the phone number; a fault cannot be saved without it (H-18).",
    "missing_product": "Ask for the product; a fault cannot be saved without it (H-19).",
    "missing_serial": "Ask for the serial number; a fault cannot be saved without it (H-20).",
    "missing_description": "Say what is wrong in a few words; a fault cannot be saved without it (H-21).",
    "missing_classification": "Choose a class or type one; it is owed before the call is put through, called back or ended (H-10).",
    "missing_way_chosen": "Choose how it goes on: put the caller through to a specialist, or promise a call back (H-13).",
    "missing_written_reply": "Answer the customer in writing before this.",
    "missing_time_logged": "Log the time that was spent before this.",
    "missing_outcome": "Say why there is no ticket: abandoned, not entitled, wrong number or no ticket needed (H-08).",
    "missing_text": "Write something first; the text is empty.",
    "missing_reason": "Give a reason in a few words.",
    "missing_title": "Say in a few words what it is about.",
    "serial_reason": "Only a supervisor can save a fault without a serial number, with a reason (H-20).",
    "bad_minutes": "Minutes must be a whole number from 1 to 1440.",
    "bad_text_control": "The field {field} holds a control character that cannot be stored; type it again without it.",
    "bad_text_surrogate": "The field {field} holds half a character that cannot be stored; type it again.",
    "bad_text_long": "The field {field} is longer than {limit} characters; shorten it or put the rest into a note.",
    "unknown_kind": "There is no kind of ticket called “{value}”; choose one of: {choices}.",
    "unknown_department": "There is no department called “{value}”; choose one of: {choices}.",
    "unknown_office": "There is no office called “{value}”; choose one of: {choices}.",
    "unknown_role": "There is no role called “{value}”; choose one of: {choices}.",
    "unknown_function": "This policy has no role called “{value}”; choose one of: {choices}.",
    "function_above_role": "“{value}” is for somebody in the role {base} or above, not in the role {role}; give that role too.",
    "missing_member_text": "A member needs a {field}; the text is empty.",
    "login_with_blanks": "“{value}” cannot be typed as a login; write it without blanks.",
    "last_holder": "{name} must stay {role}: at least {least} must always be there; give the role to somebody else first (H-31).",
    "unknown_member": "There is nobody called “{value}” at this desk.",
    "not_found": "There is no such ticket at this desk.",
    "ticket_known": "There is a ticket with this identity already; begin a new one.",
    "no_such_call": "There is no such call.",
    "call_has_ticket": "This call already has a ticket: {reference}.",
    "out_of_scope": "This ticket belongs to {department}; you can send them a note, but not work on it.",
    "not_held": "Take it first: work starts with Take next, in the order of the queue.",
    "held_by_other": "{name} holds this ticket; ask for it to be handed over, or ask a supervisor.",
    "finished": "This ticket is {status}; reopen it first.",
    "not_finished": "This ticket is still open.",
    "waiting_already": "This ticket already waits for the customer.",
    "queue_empty": "Nothing waits for you.",
    "not_specialist": "{name} is not a {role}; put the caller through to one of them (H-13, H-15).",
    "cannot_work_there": "{name} does not work in {department}; transfer the ticket instead.",
    "same_department": "The ticket is already in {department}.",
    "same_office": "The ticket is already with {office}.",
    "no_call_back_owed": "No call back is owed on this ticket.",
    "already_decided": "This was already decided: the caller was put through or promised a call back.",
    "reply_greeting": "The answer must begin with “{words}”.",
    "reply_closing": "The answer must end with “{words}”.",
    "not_allowed": "Only an administrator's program can do this.",
    "inactive": "This account is switched off; ask an administrator.",
    "wrong_actor": "This command was given by somebody else and cannot be sent in your name.",
    "unknown_command": "The server does not know this command; update this program.",
    "bad_args": "The command cannot be read: {detail}",
    "server_fault": "The server could not carry this out because of a fault of its own; send it again, and tell an administrator.",
}


def refuse(code: str, *fields: str, **params: str) -> Refusal:
    """The refusal with its sentence; every ``{name}`` of the template must be given."""
    return Refusal(code=code, text=REFUSALS[code].format(**params), fields=fields, params=params)


def text_refusal(record: msgspec.Struct) -> Refusal | None:
    """Why the first text in ``record`` that may not be stored may not be (R63, R64), or None."""
    for name, fault, limit in problems(record):
        if fault == "long":
            return refuse("bad_text_long", name, field=name, limit=str(limit))
        return refuse(f"bad_text_{fault}", name, field=name)
    return None


def reply_text(policy: Policy, member: Member, body: str) -> str:
    """A written answer as the customer will see it: the policy's first words, what the agent wrote, its last words, the signature.

    An empty answer stays empty: nobody is sent a greeting alone.
    """
    message = policy.message("reply")
    if message is None or blank(body):
        return body.strip()
    parts = [message.starts_with, body.strip(), message.ends_with]
    if message.signature:
        parts.append("\n".join(line for line in (member.name, member.phone, member.email) if line))
    return "\n\n".join(part for part in parts if part)


def reply_refusal(policy: Policy, text: str) -> Refusal | None:
    """Why a written answer may not be sent as it is, or None."""
    message = policy.message("reply")
    if message is None:
        return None
    if message.starts_with and not text.startswith(message.starts_with):
        return refuse("reply_greeting", "text", words=message.starts_with)
    if message.ends_with and not message.signature and not text.endswith(message.ends_with):
        return refuse("reply_closing", "text", words=message.ends_with)
    return None
