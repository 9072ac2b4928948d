"""Finding by what is typed: full text in both spellings of an umlaut, newest first, every word as a beginning (prefix)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk_client.models.connection import Connection
from desk_client.models.queries import Ranked, tickets
from desk_client.models.shapes import ASSET, CONTACT, CUSTOMER
from desk_core.people import Asset, Contact, Customer, fold, fold_plain, fold_serial

_WORD_LIMIT = 8


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()[:_WORD_LIMIT]


def _match(text: str) -> str:
    """The full-text query for what was typed, "" when there is nothing to look for."""
    parts = []
    for word in _words(text):
        forms = dict.fromkeys(w for form in (fold(word), fold_plain(word)) for w in _words(form))
        if forms:
            parts.append("(" + " OR ".join(f'"{form}"*' for form in forms) + ")")
    return " AND ".join(parts)


def find_tickets(cache: Connection, typed: str, limit: int) -> list[Ranked]:
    """Tickets in which every typed word begins a word, newest first; unsent ones first."""
    match = _match(typed)
    if not match:
        return []
    unsent = cache.run(
        "SELECT id FROM overlay_ticket WHERE doc IN "
        "(SELECT rowid FROM overlay_ticket_text WHERE overlay_ticket_text MATCH ?) ORDER BY doc DESC LIMIT ?",
        (match, limit),
    )
    found = [str(row[0]) for row in unsent.fetchall()]
    newest = "SELECT rowid FROM ticket_text WHERE ticket_text MATCH ? ORDER BY rowid DESC LIMIT ?"
    docs = _json(row[0] for row in cache.run(newest, (match, limit)))
    named = "SELECT id FROM ticket WHERE doc IN (SELECT value FROM json_each(?)) ORDER BY doc DESC"
    found += [str(row[0]) for row in cache.run(named, (docs,))]
    return tickets(cache, list(dict.fromkeys(found))[:limit])


def _json(docs: Iterable[int]) -> str:
    return msgspec.json.encode(tuple(docs)).decode()


def find_parties(cache: Connection, typed: str, limit: int) -> tuple[list[Customer], list[Contact], list[Asset]]:
    """Customers by name, contacts by name, address or number, assets by serial number, in which every typed word begins a word."""
    match = _match(typed)
    if not match:
        return [], [], []
    statement = "SELECT rowid FROM party_text WHERE party_text MATCH ? LIMIT ?"
    docs = _json(row[0] for row in cache.run(statement, (match, limit)))
    return (
        [CUSTOMER.decode(b) for b in _bodies(cache, "customer", docs)],
        [CONTACT.decode(b) for b in _bodies(cache, "contact", docs)],
        [ASSET.decode(b) for b in _bodies(cache, "asset", docs)],
    )


def _bodies(cache: Connection, table: str, docs: str) -> list[bytes]:
    rows = cache.run(f"SELECT body FROM {table} WHERE doc IN (SELECT value FROM json_each(?)) ORDER BY doc", (docs,))  # noqa: S608 - ours
    return [row[0] for row in rows]


def assets_by_serial(cache: Connection, typed: str, limit: int) -> list[Asset]:
    """Assets whose serial number begins with what was typed, whatever its dashes and spaces."""
    key = fold_serial(typed)
    if not key:
        return []
    rows = cache.run(
        "SELECT body FROM asset WHERE serial_key >= ? AND serial_key < ? ORDER BY serial_key LIMIT ?",
        (key, key + "\U0010ffff", limit),
    ).fetchall()
    return [ASSET.decode(row[0]) for row in rows]


def customers_named(cache: Connection, typed: str, limit: int) -> list[Customer]:
    """Customers whose name has words that begin with the typed ones."""
    customers, _, _ = find_parties(cache, typed, limit * 4)
    return customers[:limit]


def contacts_of(cache: Connection, customer: str) -> list[Contact]:
    """The persons of a customer."""
    rows = cache.run("SELECT body FROM contact WHERE customer = ?", (customer,)).fetchall()
    return [CONTACT.decode(row[0]) for row in rows]


def assets_of(cache: Connection, customer: str, limit: int = 200) -> list[Asset]:
    """The products of a customer, by serial number."""
    rows = cache.run(
        "SELECT body FROM asset WHERE customer = ? ORDER BY serial_key LIMIT ?", (customer, limit)
    ).fetchall()
    return [ASSET.decode(row[0]) for row in rows]
