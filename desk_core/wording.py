"""Sentences of the core: every refusal in words that say what would be right, and the mandated words around a reply.

Sentences are English templates keyed by code; a screen translates the template and fills in the parameters.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from desk_core.people import Member
from desk_core.policy import Message, Policy
from desk_core.texts import blank, problems
from desk_core.tickets import Ticket

_FEW_LETTERS: Final = 12
_BODY: Final = "\ue000"  # in no text that anybody types


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
    "missing_email": "Ask for the customer's e-mail address, or say why there is none (A-53).",
    "missing_customer_kind": "Say what kind of customer it is: {choices} (E-01).",
    "missing_resolution": "Say how it was resolved; without that it cannot be closed (K-05).",
    "missing_timescale": "Agree with the customer until when it is done (A-24).",
    "missing_agreed_plan": "An action plan must be agreed by {role} first (A-45).",
    "missing_board_analysis": "{role} must analyse this claim first (E-41).",
    "missing_measures_done": "The decision's measures must be carried out first: {measures} (K-29).",
    "missing_full_contact_details": "Your profile lacks {fields}: every e-mail carries full contact details, so complete it first (A-30).",
    "missing_field": "Fill in “{title}” first{rules}.",
    "unknown_choice": "“{value}” is not possible for “{title}”; choose one of: {choices}.",
    "unknown_field": "This policy has no field called “{value}”; its fields are: {choices}.",
    "same_as": "“{title}” must say something else than “{other}”.",
    "only_role": "Only {role} can do this.",
    "only_supervisor": "Only a supervisor can do this.",
    "channel_refused": "This is not taken by {channel}{rules}. {offer}",
    "channel_never_answers": "Nothing is answered by {channel} here: answer in writing{rules}.",
    "customer_refused": "Tickets of such a customer are not taken here: {kind}.",
    "not_free": "The order of the queue is mandated: take the next one, not this one.",
    "not_waiting_in_queue": "This ticket is not waiting to be taken.",
    "triage_owed": "Nobody has decided yet which department this belongs to.",
    "triage_done": "It was triaged already; a supervisor can transfer it.",
    "choose_department": "“{title}” is served by {choices}: choose one of them.",
    "approval_owed": "This waits for approval by {department}.",
    "not_waiting_for_approval": "This does not wait for approval.",
    "previous_issue_open": "An earlier issue of the same customer comes first: {reference}.",
    "holiday_common_only": "On a holiday only common issues are worked on, by those on duty (V-20).",
    "not_on_duty": "You are not on the duty roster for this holiday (V-20).",
    "excluded": "This complaint concerns you; a colleague deals with it.",
    "no_such_step": "There is no escalation called “{value}”; choose one of: {choices}.",
    "nobody_holds": "Nobody holds the role {role}; give it to somebody.",
    "no_escalation_path": "{name} has no escalation path: first add or enable a {role} for {departments} (A-05).",
    "no_plan_owed": "No action plan is owed on this ticket.",
    "missing_plan": "Write the action plan first: steps, owner and date.",
    "bad_timescale": "{detail}",
    "no_complaint": "This ticket is no complaint.",
    "missing_complaint": "Fill in the form of the complaint: it has no summary yet (K-15).",
    "unknown_complaint": "There is no kind of complaint called “{value}”; choose one of: {choices}.",
    "ask_supervisor": "A complaint by {channel} is offered the form; a supervisor may accept it as it is.",
    "missing_log_under": "Choose the address under which this complaint is kept: {choices} (E-40).",
    "no_such_stage": "This complaint has no stage called “{value}”; choose one of: {choices}.",
    "not_answered_yet": "The complaint was not answered yet.",
    "other_person": "You answered this complaint before; another person decides now.",
    "no_such_measure": "There is no such measure left.",
    "no_such_promise": "There is no such promise left.",
    "already_done": "This was done already.",
    "no_such_survey": "There is no survey called “{value}”; choose one of: {choices}.",
    "survey_mode": "This survey is asked in another way; choose one of: {choices}.",
    "no_refusal": "The policy knows no refusal of help.",
    "not_proposed": "Nobody proposed to refuse help here.",
    "unknown_register": "There is no register called “{value}”; choose one of: {choices}.",
    "no_such_entry": "There is no such line in a register.",
    "bad_absence": "An absence ends after it begins.",
    "notice_without_address": "The notice must name an e-mail address other than the absent person's own (E-37).",
    "unknown_exemption": "There is no exemption called “{value}”; choose one of: {choices}.",
    "missing_contract": "Name the contract that rules instead (A-03).",
    "exempt_already": "This ticket is outside the charter already.",
    "not_exempt": "This ticket is not outside the charter.",
    "unknown_message": "There is no message called “{value}”; choose one of: {choices}.",
    "shielded": "{name} takes no live calls; leave a message instead (E-28).",
    "scope_not_understood": "A party has probably not understood the scope: a supervisor must decide first (E-27).",
    "reply_not_first": "Nothing may stand before “{words}” (V-27).",
    "missing_outcome": "Say why there is no ticket: abandoned, not entitled, wrong number or no ticket needed (H-08).",
    "missing_text": "Write something first; the text is empty.",
    "unfilled": "Fill in or delete {words} first.",
    "bad_prefix": "A prefix is one word of letters and digits, without the semicolon.",
    "prefix_taken": "There is a text block of yours with the prefix “{value}” already.",
    "missing_reason": "Give a reason in a few words.",
    "missing_title": "Say in a few words what it is about.",
    "bad_phone": "Ask for a number that can be called back; “{value}” is none (H-18).",
    "serial_reason": "Only a supervisor can save a fault without a serial number, with a reason (H-20).",
    "bad_minutes": "Minutes must be a whole number from 1 to 1440.",
    "bad_file": "“{name}” was not read to its end; add it again.",
    "empty_file": "“{name}” is empty, so there is nothing to attach.",
    "file_too_large": "“{name}” has {size}; at most {most} can be attached. Put it where those can reach it who need it, and note where.",
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


# What was asked for or could be better, and refuses nothing.
HINTS: dict[str, str] = {
    "long_sentence": "A sentence has more than {limit} words; shorter ones are easier to read (A-29).",
    "no_question": "The customer is awaited, but nothing is asked: ask what you need (A-35).",
    "shouting": "It reads like shouting; write it in lower case and without rows of exclamation marks (V-31).",
    "jargon": "A customer need not know these words; say it plainly: {words} (K-08).",
    "stale": "A guide that goes with it is out of date; look whether it still holds (A-20).",
    "no_address": "The answer is on record, and nobody gets it: there is no e-mail address. Ask for one, or tell the customer by phone.",
    "still_owed": "“{title}” is still owed, due {deadline}; solving or closing the ticket does not fulfil it.",
    "time_logged": "No time is logged on it; log what was spent (A-51).",
    "role_empty": "Nobody holds the role “{title}”, which must deal with this; tell a supervisor to give it to somebody (E-42).",
    "notice_needed": "You will be away for longer than goes without a notice: give one that names another e-mail address (E-36).",
    "untrained": "You have no valid training in “{title}”; take it all the same, and tell a supervisor (A-16).",
    "missing_field": "“{title}” is asked for and not filled in{rules}.",
    "other": "Asked for and not there: {title}.",
}


WRITTEN: Final = frozenset({"long_sentence", "no_question", "shouting", "jargon"})
"""The hints about how something is written: :func:`hints`."""


def hint(policy: Policy, code: str, text: str = "") -> Refusal:
    """What a hint says, as a sentence with its parameters; ``text`` is what was written, from which the words of jargon are named."""
    kind, _, _ = code.partition(":")
    field = policy.field(code)
    if field is not None:
        rules = f" ({', '.join(field.rules)})" if field.rules else ""
        return _hint("missing_field", title=field.title, rules=rules)
    if kind == "untrained":
        return _hint(kind, title=code.partition(":")[2])
    if kind == "still_owed":
        until, _, title = code.partition(":")[2].partition("/")
        return _hint(kind, title=title, deadline=until)
    if kind == "role_empty":
        role = policy.role(code.partition(":")[2])
        return _hint(kind, title=role.title if role is not None else "")
    if kind == "long_sentence":
        return _hint(kind, limit=str(policy.wording.longest_sentence))
    if kind == "jargon":
        words = ", ".join(f"{word} → {plain}" for word, plain in jargon_in(policy, text))
        return _hint(kind, words=words or ", ".join(each.plain for each in policy.wording.jargon))
    if kind in HINTS:
        return _hint(kind)
    template = REFUSALS.get(f"missing_{code}", "")
    if template and "{" not in template:
        return Refusal(code=f"missing_{code}", text=template)
    return _hint("other", title=code)


def _hint(code: str, **params: str) -> Refusal:
    return Refusal(code=code, text=HINTS[code].format(**params), params=params)


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


def reply_text(policy: Policy, member: Member, body: str, ticket: Ticket | None = None) -> str:
    """A written answer as the customer will see it: the policy's first words, what the agent wrote, its last words, the signature.

    An empty answer stays empty: nobody is sent a greeting alone. With its ``ticket`` the last words stand where they are owed (V-28).
    """
    message = policy.message("reply")
    if message is None or blank(body):
        return body.strip()
    ending = message.ends_with if ticket is None or ends_here(message, ticket) else ""
    parts = [message.starts_with, body.strip(), ending]
    if message.signature:
        parts.append("\n".join(line for line in (member.name, member.phone, member.email) if line))
    return "\n\n".join(part for part in parts if part)


def reply_body(policy: Policy, author: Member, text: str, ticket: Ticket | None = None) -> str:
    """What the author of a whole answer wrote, without what :func:`reply_text` puts around it; another text as it is."""
    before, _, after = reply_text(policy, author, _BODY, ticket).partition(_BODY)
    framed = text.startswith(before) and text.endswith(after) and len(text) >= len(before) + len(after)
    return text[len(before) : len(text) - len(after)] if framed else text


def ends_here(message: Message, ticket: Ticket) -> bool:
    """Whether the mandated last words are owed on this ticket (V-28: answers to e-mails)."""
    return bool(message.ends_with) and (not message.ending_channels or ticket.channel in message.ending_channels)


def reply_refusal(policy: Policy, text: str, ticket: Ticket | None = None) -> Refusal | None:
    """Why a written answer may not be sent as it is, or None."""
    message = policy.message("reply")
    if message is None:
        return None
    if message.starts_with and not text.startswith(message.starts_with):
        return refuse("reply_greeting", "text", words=message.starts_with)
    owed = message.ends_with and not message.signature and (ticket is None or ends_here(message, ticket))
    if owed and not text.endswith(message.ends_with):
        return refuse("reply_closing", "text", words=message.ends_with)
    return None


def hints(policy: Policy, text: str, *, waiting: bool = False) -> tuple[str, ...]:
    """What could be better about a text to a customer, in codes; none of them blocks: ``long_sentence`` (A-29), ``no_question`` (A-35),
    ``shouting`` (V-31), and ``jargon`` (K-08)."""
    rule = policy.wording
    found = []
    sentences = re.split(r"[.!?\n]+", text)
    if rule.longest_sentence and max(len(sentence.split()) for sentence in sentences) > rule.longest_sentence:
        found.append("long_sentence")
    if rule.ask_when_waiting and waiting and "?" not in text:
        found.append("no_question")
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if rule.no_shouting and ("!!!" in text or (len(letters) > _FEW_LETTERS and capitals > len(letters) / 2)):
        found.append("shouting")
    if jargon_in(policy, text):
        found.append("jargon")
    return tuple(found)


def jargon_in(policy: Policy, text: str) -> tuple[tuple[str, str], ...]:
    """The words that a customer need not know, each with the plain one that is offered instead (K-08)."""
    words = {word.casefold() for word in re.findall(r"\w+", text)}
    return tuple((each.word, each.plain) for each in policy.wording.jargon if each.word.casefold() in words)


def spoken_greeting(policy: Policy, member: Member) -> str:
    """What is said when a call is answered, with the own name; "" where the policy has no such words (A-49)."""
    message = policy.message("spoken_greeting")
    return message.text.replace("{name}", member.name) if message is not None else ""
