"""What screens ask for: lists by keyset pages, one ticket with its history, look-ups as one types. Unsent work is laid over each answer.

Every function takes one reading of both files; sorting and filtering happen in SQL, and only the page that is shown is decoded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import starmap
from operator import itemgetter
from typing import Any, NamedTuple

import msgspec

from desk_client.models.connection import Connection
from desk_client.models.shapes import CALL, CONTACT, EVENT, STUB, TAIL_DIGITS, TICKET, digits
from desk_core.calls import Call
from desk_core.events import Event
from desk_core.people import Contact, Member
from desk_core.tickets import Stub, Ticket

_MEMBER = msgspec.json.Decoder(Member)


class Ranked(NamedTuple):
    """A ticket with its place in the queue, and whether unsent work of this machine has changed it."""

    ticket: Ticket
    rank: str
    unsent: bool


class Filter(NamedTuple):
    """Which tickets a list holds. Empty fields do not narrow; ``holder`` is a member's id; active ones only unless ``finished``."""

    departments: tuple[str, ...] = ()
    holder: str = ""
    also_held_by: str = ""
    customer: str = ""
    waiting: bool = False
    call_back: bool = False
    finished: bool = False


def _where(chosen: Filter) -> tuple[str, list[object]]:
    parts, values = ([] if chosen.finished else ["rank > ''"]), list[object]()
    if chosen.departments:
        parts.append("(department IN (SELECT value FROM json_each(?)) OR holder = ?)")
        values += [msgspec.json.encode(chosen.departments).decode(), chosen.also_held_by or "-"]
    for column, value in (("holder", chosen.holder), ("customer", chosen.customer)):
        if value:
            parts.append(f"{column} = ?")
            values.append(value)
    if chosen.waiting:
        parts.append("waits = 1")
    if chosen.call_back:
        parts.append("call_back = 1")
    return " AND ".join(parts) or "1", values


_UNTOUCHED = "id NOT IN (SELECT id FROM overlay_ticket)"


def _in_order(cache: Connection, columns: str, where: str, values: Sequence[object], size: int = -1) -> list[Any]:
    """The confirmed rows that nothing unsent has touched and those that something has, by rank, at most ``size``: ``columns``, which begin
    with the rank, and whether it is unsent. Two statements: SQLite would copy and sort the bodies for the union of both."""
    tail = "ORDER BY rank LIMIT ?"
    confirmed = f"SELECT {columns}, 0 FROM ticket WHERE {where} AND {_UNTOUCHED} {tail}"  # noqa: S608 - names of our own, here and below
    found: list[Any] = cache.run(confirmed, (*values, size)).fetchall()
    unsent = cache.run(f"SELECT {columns}, 1 FROM overlay_ticket WHERE {where} {tail}", (*values, size)).fetchall()  # noqa: S608
    if unsent:
        found = sorted((*found, *unsent), key=itemgetter(0))
    return found[:size] if size >= 0 else found


def queue_page(cache: Connection, chosen: Filter, after: str, size: int) -> list[Ranked]:
    """The next ``size`` tickets in the policy's order, after the rank ``after`` ("" begins)."""
    where, values = _where(chosen)
    rows = _in_order(cache, "rank, body", f"rank > ? AND {where}", (after, *values), size)
    return [r for r in starmap(_ranked, rows) if r is not None]


def queue_ids(cache: Connection, chosen: Filter) -> list[str]:
    """The ids of all tickets of a list, in the policy's order; rows are fetched when they are painted."""
    where, values = _where(chosen)
    return [row[1] for row in _in_order(cache, "rank, id", where, values)]


def count(cache: Connection, chosen: Filter) -> int:
    """How many tickets a list holds."""
    where, values = _where(chosen)
    confirmed = cache.value(f"SELECT count(*) FROM ticket WHERE {where} AND {_UNTOUCHED}", values)  # noqa: S608
    return int(confirmed + cache.value(f"SELECT count(*) FROM overlay_ticket WHERE {where}", values))  # noqa: S608


def tickets(cache: Connection, ids: Sequence[str]) -> list[Ranked]:
    """Tickets by id, in the order asked for; those that are not here are left out."""
    wanted = (msgspec.json.encode(ids).decode(),)
    among = "FROM {} WHERE id IN (SELECT value FROM json_each(?))"
    rows = cache.run(f"SELECT id, rank, body, 0 {among.format('ticket')}", wanted).fetchall()
    # After the confirmed ones: what something unsent has touched takes their place.
    rows += cache.run(f"SELECT id, rank, body, 1 {among.format('overlay_ticket')}", wanted).fetchall()
    found = {row[0]: row[1:] for row in rows}
    return [r for i in ids if i in found and (r := _ranked(*found[i])) is not None]


def names(cache: Connection) -> dict[str, str]:
    """What everyone at the desk is called, by id."""
    return dict(cache.run("SELECT id, name FROM member").fetchall())


def _ranked(rank: str, body: bytes, unsent: int) -> Ranked | None:
    try:
        return Ranked(TICKET.decode(body), rank, bool(unsent))
    except msgspec.ValidationError:
        return None  # from a newer server (P26): it stands in no list


def by_reference(cache: Connection, reference: str) -> str | None:
    """The id of the ticket that has the number, as its own or as a further one that was spoken (P6); None when it is not here."""
    row = cache.run(
        "SELECT id FROM overlay_ticket WHERE reference = ?1 UNION ALL SELECT id FROM ticket WHERE reference = ?1 "
        "UNION ALL SELECT id FROM stub WHERE reference = ?1 UNION ALL SELECT ticket FROM alias WHERE reference = ?1 LIMIT 1",
        (reference,),
    ).fetchone()
    return str(row[0]) if row else None


def stub(cache: Connection, ticket_id: str) -> Stub | None:
    """What everyone at the desk may know of a ticket, or None."""
    row = cache.run("SELECT body FROM stub WHERE id = ?", (ticket_id,)).fetchone()
    found: Stub | None = STUB.decode(row[0]) if row else None
    return found


def history(cache: Connection, column: str, owner: str) -> list[Event]:
    """The events of a ticket or a call (``column``) as they happened. A row that this program cannot read is left out."""
    rows = cache.run(
        f"SELECT body FROM (SELECT 0 AS n, at, id, body FROM event WHERE {column} = ?1 AND id NOT IN (SELECT id FROM overlay_event) "  # noqa: S608
        f"UNION ALL SELECT n, at, id, body FROM overlay_event WHERE {column} = ?1)",
        (owner,),
    ).fetchall()
    return sorted(_decoded(EVENT, rows), key=_as_it_happened)


def _as_it_happened(event: Event) -> tuple[Any, ...]:
    command, _, place = event.id.rpartition("/")
    return (event.at, event.recorded_at, command, int(place) if place.isdigit() else 0)


def _decoded(decoder: Any, rows: Iterable[Any]) -> list[Any]:
    found = []
    for row in rows:
        try:
            found.append(decoder.decode(row[0]))
        except msgspec.ValidationError:
            continue
    return found


def members(cache: Connection) -> list[Member]:
    """Everyone at the desk, by name."""
    return _decoded(_MEMBER, cache.run("SELECT body FROM member ORDER BY name").fetchall())


def call(cache: Connection, call_id: str) -> Call | None:
    """A call by its id."""
    return next(iter(_calls(cache, "id = ?1", call_id)), None)


def call_by_phone_id(cache: Connection, phone_call_id: str) -> Call | None:
    """The call that the telephone knows by this id; the newest one."""
    found = _calls(cache, "phone_call_id = ?1", phone_call_id)
    return max(found, key=lambda c: (c.rang_at is not None, c.rang_at), default=None)


def call_by_reference(cache: Connection, reference: str) -> Call | None:
    """The call with this number, else the one whose caller was told it (P6)."""
    spoken = "json_extract(CAST(body AS TEXT), '$.spoken') = ?1"
    found = _calls(cache, "reference = ?1", reference) or _calls(cache, spoken, reference)
    return next(iter(found), None)


def open_calls(cache: Connection, member: str) -> list[Call]:
    """The member's calls that are not finished, newest first."""
    found = _calls(cache, "member = ?1 AND ended = ''", member)
    return sorted(found, key=lambda c: (c.rang_at is not None, c.rang_at), reverse=True)


def _calls(cache: Connection, where: str, value: str) -> list[Call]:
    rows = cache.run(
        f"SELECT body FROM call WHERE {where} AND id NOT IN (SELECT id FROM overlay_call) "  # noqa: S608
        f"UNION ALL SELECT body FROM overlay_call WHERE {where}",
        (value,),
    ).fetchall()
    return _decoded(CALL, rows)


def unsent_entries(cache: Connection) -> set[str]:
    """The lines of registers that unsent work of this machine has made or changed."""
    return {str(row[0]) for row in cache.run("SELECT id FROM overlay_entry").fetchall()}


def contact(cache: Connection, contact_id: str) -> Contact | None:
    """A person at a customer."""
    row = cache.run("SELECT body FROM contact WHERE id = ?", (contact_id,)).fetchone()
    return CONTACT.decode(row[0]) if row else None


def contacts_by_phone(cache: Connection, e164: str, typed: str) -> list[tuple[Contact, bool]]:
    """Contacts with this number, and whether it is surely theirs: the whole number, or (not surely) its last eight digits."""
    sure = (
        _decoded(CONTACT, cache.run("SELECT body FROM contact WHERE e164 = ? LIMIT 20", (e164,)).fetchall())
        if e164
        else []
    )
    tail = (digits(e164) or digits(typed))[-8:]
    if sure or len(tail) < 8:
        return [(c, True) for c in sure]
    rows = cache.run("SELECT body FROM contact WHERE tail = ? LIMIT 20", (tail,)).fetchall()
    return [(c, False) for c in _decoded(CONTACT, rows)]


_MOST_PERHAPS = 20
_WRITTEN_WITH = (
    "SELECT id FROM customer WHERE numbers > '' AND instr(numbers, ?) LIMIT 20",
    "SELECT DISTINCT customer FROM {0}ticket WHERE numbers > '' AND instr(numbers, ?) LIMIT 20",
    "SELECT DISTINCT t.customer FROM {0}event e JOIN ticket t ON t.id = e.ticket WHERE e.numbers > '' AND instr(e.numbers, ?) LIMIT 20",
)


def customers_written_with(cache: Connection, number: str) -> list[str]:
    """Customers in whose notes, tickets, mails or remarks somebody has written this number: perhaps theirs (4)."""
    tail = digits(number)[-TAIL_DIGITS:]
    if len(tail) < TAIL_DIGITS:
        return []
    found: dict[str, None] = {}
    for table in ("", "overlay_"):
        for statement in _WRITTEN_WITH if not table else _WRITTEN_WITH[1:]:
            rows = cache.run(statement.format(table), (tail,)).fetchall()
            found |= dict.fromkeys(str(row[0]) for row in rows if row[0])
    return list(found)[:_MOST_PERHAPS]
