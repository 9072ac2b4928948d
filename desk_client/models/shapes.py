"""What a row of the feed looks like in the cache: the columns that lists sort and find by, and the words for the full text."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Callable, Iterable
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from desk_client.models.columns import BASE_COLUMNS
from desk_core import queue
from desk_core.calls import Call
from desk_core.events import Event
from desk_core.people import Asset, Contact, Customer, fold, fold_plain, fold_serial
from desk_core.policy import Policy
from desk_core.protocol import PolicyRow
from desk_core.records import Entry
from desk_core.tickets import Stub, Ticket

TAIL_DIGITS = 8
# A telephone number as people write it; the end of a serial number and a date are none.
_WRITTEN = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d)\(?\d[\d ()/.\u2010-\u2014-]{6,}\d")
_MADE = "message.made"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_HASH_BITS = 30


class _Said(msgspec.Struct, frozen=True, gc=False):
    """What was written in an event, whatever a newer server may have put there."""

    event: Any = ""
    text: Any = ""
    note: Any = ""
    summary: Any = ""
    remark: Any = ""


class _EventHead(msgspec.Struct, frozen=True, gc=False):
    """As much of an event as its list needs; the whole is decoded when the history is read."""

    at: str
    what: _Said = _Said()
    ticket: str = ""
    call: str = ""


class _EntryHead(msgspec.Struct, frozen=True, gc=False):
    register: str
    at: str
    ticket: str = ""


class _MemberHead(msgspec.Struct, frozen=True, gc=False):
    name: str


class _ContractHead(msgspec.Struct, frozen=True, gc=False):
    customer: str


class Shaped(NamedTuple):
    """Columns in the order of the table, the full text's words with its row, and the numbers spoken for a ticket."""

    columns: tuple[Any, ...]
    doc: int = 0
    words: str = ""
    aliases: tuple[str, ...] = ()


def decoder(kind: Any) -> Any:
    """A decoder that is made once and used for every row."""
    return msgspec.json.Decoder(kind)


TICKET = decoder(Ticket)
CALL = decoder(Call)
EVENT = decoder(Event)
ENTRY = decoder(Entry)
STUB = decoder(Stub)
CUSTOMER = decoder(Customer)
CONTACT = decoder(Contact)
ASSET = decoder(Asset)
POLICY = decoder(PolicyRow)
_EVENT_HEAD = decoder(_EventHead)
_ENTRY_HEAD = decoder(_EntryHead)
_MEMBER_HEAD = decoder(_MemberHead)
_CONTRACT_HEAD = decoder(_ContractHead)


def ticket_doc(ticket: Ticket) -> int:
    """The full text's row of a ticket: later received, higher number, so that the newest come first without sorting."""
    seconds = max(0, (ticket.received_at - _EPOCH) // dt.timedelta(seconds=1))
    return (seconds << _HASH_BITS) | (zlib.crc32(ticket.id.encode()) & ((1 << _HASH_BITS) - 1))


def party_doc(table: str, row_id: str) -> int:
    """The full text's row of a customer, contact or asset."""
    return int.from_bytes(blake2b(f"{table}/{row_id}".encode(), digest_size=8).digest()) >> 2


def words(texts: Iterable[str]) -> str:
    """Texts folded for searching, in both spellings of an umlaut."""
    text = " ".join(t for t in texts if t)
    if text.isascii():
        return text.lower()
    found = []
    for word in text.split():
        if word.isascii():
            found.append(word.lower())
            continue
        first = fold(word)
        found.append(first)
        if (second := fold_plain(word)) != first:
            found.append(second)
    return " ".join(found)


def digits(text: str) -> str:
    """The digits of a phone number as typed."""
    return "".join(c for c in text if c.isascii() and c.isdigit())


def written_numbers(*texts: object) -> str:
    """The ends of the telephone numbers in texts, each once: what a caller's number is looked for in (4)."""
    found: dict[str, None] = {}
    for text in texts:
        if isinstance(text, str):
            for number in _WRITTEN.findall(text):
                tail = digits(number)
                if len(tail) >= TAIL_DIGITS:
                    found[tail[-TAIL_DIGITS:]] = None
    return " ".join(found)


def ticket_columns(policy: Policy, ticket: Ticket, doc: int) -> tuple[Any, ...]:
    """The list columns of a ticket, in the order of ``tables.TICKET``."""
    return (
        ticket.reference,
        ticket.department,
        ticket.status,
        ticket.holder,
        ticket.customer,
        queue.rank(policy, ticket),
        int(queue.waits(ticket)),
        int(ticket.call_back and ticket.active),
        ticket.received_at.isoformat(),
        doc,
        written_numbers(ticket.fault.phone_e164 or ticket.fault.phone, ticket.fault.description),
    )


def ticket_words(ticket: Ticket) -> str:
    """What a ticket is found by."""
    f = ticket.fault
    return words(
        (
            ticket.reference,
            *ticket.aliases,
            ticket.title,
            ticket.classification,
            f.caller,
            f.company,
            f.product,
            f.serial,
            fold_serial(f.serial),
            digits(f.phone_e164),
            digits(f.phone),
            f.description,
        )
    )


def _said_numbers(kind: object, what: object) -> str:
    """Numbers that people wrote; what the desk itself writes says nothing new."""
    if kind == _MADE:
        return ""
    return written_numbers(*(getattr(what, name, "") for name in ("text", "note", "summary", "remark")))


def event_columns(event: Event) -> tuple[Any, ...]:
    """The list columns of an event, in the order of ``tables.EVENT``."""
    return (event.ticket, event.call, event.at.isoformat(), _said_numbers(event.kind, event.what))


def call_columns(call: Call) -> tuple[Any, ...]:
    """The list columns of a call, in the order of ``tables.CALL``; a call is open until it has an outcome."""
    rang = call.rang_at.isoformat() if call.rang_at else ""
    return (call.reference, call.phone_call_id, call.member, call.ticket, rang, call.outcome)


def entry_columns(entry: Entry) -> tuple[Any, ...]:
    """The list columns of a line of a register, in the order of ``tables.ENTRY``."""
    return (entry.register, entry.ticket, entry.at.isoformat())


def _ticket(policy: Policy, body: Any) -> Shaped:
    ticket: Ticket = TICKET.decode(body)
    doc = ticket_doc(ticket)
    return Shaped(ticket_columns(policy, ticket, doc), doc, ticket_words(ticket), ticket.aliases)


def _stub(_policy: Policy, body: Any) -> Shaped:
    stub: Stub = STUB.decode(body)
    return Shaped((stub.reference,), aliases=stub.aliases)


def _event(_policy: Policy, body: Any) -> Shaped:
    head: _EventHead = _EVENT_HEAD.decode(body)
    return Shaped((head.ticket, head.call, head.at, _said_numbers(head.what.event, head.what)))


def _call(_policy: Policy, body: Any) -> Shaped:
    call: Call = CALL.decode(body)
    return Shaped(call_columns(call))


def _entry(_policy: Policy, body: Any) -> Shaped:
    head: _EntryHead = _ENTRY_HEAD.decode(body)
    return Shaped((head.register, head.ticket, head.at))


def _customer(_policy: Policy, body: Any) -> Shaped:
    customer: Customer = CUSTOMER.decode(body)
    doc = party_doc("customer", customer.id)
    numbers = written_numbers(customer.notes)
    return Shaped((fold(customer.name), doc, numbers), doc, words((customer.name,)))


def _contact(_policy: Policy, body: Any) -> Shaped:
    contact: Contact = CONTACT.decode(body)
    doc = party_doc("contact", contact.id)
    typed, e164 = digits(contact.phone), digits(contact.phone_e164)
    tail = (e164 or typed)[-TAIL_DIGITS:]
    return Shaped(
        (contact.customer, contact.phone_e164, tail if len(tail) == TAIL_DIGITS else "", doc),
        doc,
        words((contact.name, contact.email, typed, e164)),
    )


def _asset(_policy: Policy, body: Any) -> Shaped:
    asset: Asset = ASSET.decode(body)
    doc = party_doc("asset", asset.id)
    key = fold_serial(asset.serial)
    return Shaped((asset.customer, key, doc), doc, words((asset.serial, key)))


def _contract(_policy: Policy, body: Any) -> Shaped:
    head: _ContractHead = _CONTRACT_HEAD.decode(body)
    return Shaped((head.customer,))


def _member(_policy: Policy, body: Any) -> Shaped:
    head: _MemberHead = _MEMBER_HEAD.decode(body)
    return Shaped((head.name,))


def _policy(_policy: Policy, _body: Any) -> Shaped:
    return Shaped(())


_SHAPES: dict[str, Callable[[Policy, Any], Shaped]] = {
    "policy": _policy,
    "member": _member,
    "customer": _customer,
    "contact": _contact,
    "asset": _asset,
    "contract": _contract,
    "stub": _stub,
    "ticket": _ticket,
    "event": _event,
    "call": _call,
    "entry": _entry,
}


def shape(table: str, policy: Policy, body: Any) -> Shaped:
    """The columns of a row. A row from a newer server that cannot be read here is kept, but stands in no list (P26)."""
    try:
        return _SHAPES[table](policy, body)
    except msgspec.ValidationError:
        return Shaped(tuple(0 if c in ("doc", "waits", "call_back") else "" for c in BASE_COLUMNS[table]))
