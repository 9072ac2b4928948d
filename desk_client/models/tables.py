"""The tables of both files. The bodies are the records of the core as JSON; the columns beside them are what lists sort and find by.

``outbox.db`` is append-only and never migrated. ``cache.db`` is disposable: a base table for each table of the feed, the same tables once
more for the overlay, verdicts, and full text. A change of the cache's shape raises ``CACHE_SHAPE``: the file is fetched again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text, UniqueConstraint
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from desk_client.models.columns import BASE_COLUMNS, OVERLAY_COLUMNS
from desk_client.models.connection import Connection

OUTBOX = MetaData()
CACHE = MetaData()


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _plain(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


# --- outbox.db ---------------------------------------------------------------------------------------------------------------

# Who this device is: ids, token where there is no keyring, the key of the cache, the policy that captures go by.
Table("identity", OUTBOX, Column("key", Text, primary_key=True), _text("value"))
# What was asked for, in order; the JSON is never changed.
Table(
    "command",
    OUTBOX,
    Column("n", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    _text("subject"),
    Column("body", BLOB, nullable=False),
)
# The sent journal: the seq was given at the first send. `verdict` is what the push reply said: a hint, never the truth.
Table(
    "sent",
    OUTBOX,
    Column("id", Text, primary_key=True),
    _text("device"),
    Column("seq", Integer, nullable=False),
    _text("at"),
    Column("verdict", BLOB),
    UniqueConstraint("device", "seq"),
)
# Housekeeping: settled up to which commit. The truth is the cache's own table of that name.
Table(
    "settled",
    OUTBOX,
    Column("id", Text, primary_key=True),
    _text("epoch"),
    Column("commit_seq", Integer, nullable=False),
)
# Refused commands that a person dealt with: discarded, or given again as another command.
Table("put_away", OUTBOX, Column("id", Text, primary_key=True), _text("how"), _plain("replaced_by"))
# Commands that the server had answered and then lost: they are sent again, and say so.
Table("offered_again", OUTBOX, Column("id", Text, primary_key=True))
# What a person did about a command, in order: discarded, sent again as it was, edited and sent again, withdrawn before it was sent.
Table("deed", OUTBOX, Column("n", Integer, primary_key=True), _text("at"), _text("how"), _text("command"))
# What may still be taken back (desk_client/models/grace.py); what is left here at a start was held when the program ended.
Table("grace", OUTBOX, Column("id", Text, primary_key=True))
Table(
    "number_block",
    OUTBOX,
    Column("first", Integer, primary_key=True),
    Column("last", Integer, nullable=False),
    Column("next", Integer, nullable=False),
)
Table(
    "anchor",
    OUTBOX,
    Column("one", Integer, primary_key=True),
    _text("server_time"),
    Column("mono", Integer, nullable=False),
    _text("boot"),
    _text("wall"),
)
Table("draft", OUTBOX, Column("key", Text, primary_key=True), _text("body"), _text("saved_at"))
# What was attached here, by the digest of its bytes (desk_client/models/own_files.py); `sent` is when the server had all of it.
Table(
    "file",
    OUTBOX,
    Column("sha256", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    _plain("sent"),
)


def _parts(name: str, of: str, schema: MetaData) -> None:
    Table(
        name,
        schema,
        Column(of, Text, primary_key=True),
        Column("at", Integer, primary_key=True),
        Column("body", BLOB, nullable=False),
    )


_parts("file_part", "sha256", OUTBOX)

# --- cache.db ----------------------------------------------------------------------------------------------------------------

Table("meta", CACHE, Column("key", Text, primary_key=True), _text("value"))
Table(
    "settled",
    CACHE,
    Column("id", Text, primary_key=True),
    Column("commit_seq", Integer, nullable=False),
    _text("outcome"),
    Column("body", BLOB, nullable=False),
)

# Count and XOR of the rows' hashes per table and scope, kept by triggers: what really happened to the rows counts (P13).
Table(
    "digest",
    CACHE,
    Column("tbl", Text, primary_key=True),
    Column("scope", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("xor", Integer, nullable=False),
)

_INTEGERS = frozenset({"doc", "waits", "call_back"})


def _columns(names: tuple[str, ...]) -> list[Column[int] | Column[str]]:
    return [Column(n, Integer, nullable=False) if n in _INTEGERS else _text(n) for n in names]


for _name, _columns_of in BASE_COLUMNS.items():
    Table(
        _name,
        CACHE,
        Column("id", Text, primary_key=True),
        _text("scope"),
        Column("seq", Integer, nullable=False),
        Column("hash", Integer, nullable=False),
        *_columns(_columns_of),
        Column("body", BLOB, nullable=False),
        sqlite_with_rowid=_name in ("ticket", "event", "customer", "contact", "asset"),
    )
for _name, _columns_of in OVERLAY_COLUMNS.items():
    Table(
        f"overlay_{_name}",
        CACHE,
        Column("id", Text, primary_key=True),
        *_columns(_columns_of),
        Column("n", Integer, nullable=False),
        Column("body", BLOB, nullable=False),
    )

# Further numbers that were spoken for a ticket (P6), of stubs and of own tickets alike.
Table("alias", CACHE, Column("reference", Text, primary_key=True), Column("ticket", Text, primary_key=True))

# Attached files that were fetched, by the event that attached them: they go with it.
Table("fetched", CACHE, Column("event", Text, primary_key=True), Column("size", Integer, nullable=False), _text("at"))
_parts("fetched_part", "event", CACHE)

_t = CACHE.tables
_ticket = _t["ticket"].c
Index("ticket_active", _ticket.rank, sqlite_where=_ticket.rank > "")
Index("ticket_holder", _ticket.holder, _ticket.rank, sqlite_where=_ticket.holder > "")
Index("ticket_customer", _ticket.customer, sqlite_where=_ticket.customer > "")
Index("ticket_call_back", _ticket.rank, sqlite_where=_ticket.call_back == 1)
Index("ticket_reference", _t["ticket"].c.reference)
Index("ticket_doc", _t["ticket"].c.doc)
Index("event_ticket", _t["event"].c.ticket)
Index("overlay_ticket_reference", _t["overlay_ticket"].c.reference)
Index("overlay_call_reference", _t["overlay_call"].c.reference)
Index("overlay_event_ticket", _t["overlay_event"].c.ticket)
Index("call_reference", _t["call"].c.reference)
Index("call_phone", _t["call"].c.phone_call_id)
Index("call_open", _t["call"].c.member, _t["call"].c.ended)
Index("entry_register", _t["entry"].c.register)
Index("overlay_entry_register", _t["overlay_entry"].c.register)
Index("stub_reference", _t["stub"].c.reference)
Index("customer_folded", _t["customer"].c.folded)
Index("customer_numbers", _t["customer"].c.numbers, sqlite_where=_t["customer"].c.numbers > "")
Index("ticket_numbers", _ticket.numbers, _ticket.customer, sqlite_where=_ticket.numbers > "")
Index("event_numbers", _t["event"].c.numbers, _t["event"].c.ticket, sqlite_where=_t["event"].c.numbers > "")
Index("customer_doc", _t["customer"].c.doc)
Index("contact_customer", _t["contact"].c.customer)
Index("contact_e164", _t["contact"].c.e164)
Index("contact_tail", _t["contact"].c.tail)
Index("contact_doc", _t["contact"].c.doc)
Index("asset_serial", _t["asset"].c.serial_key)
Index("asset_customer", _t["asset"].c.customer)
Index("asset_doc", _t["asset"].c.doc)
Index("contract_customer", _t["contract"].c.customer)

_INDEXED = "fts5(text, content='', detail=none, tokenize=\"unicode61 remove_diacritics 0\""
# A beginning that is indexed is read newest first and stops at the page; any other is the whole list of every word that begins so,
# 100 ms at 100,000 tickets. Filling it takes nearly twice as long. The overlay is small, and made anew again and again.
_BEGINNINGS, _FEW_BEGINNINGS = "prefix='1 2 3 4 5 6 7 8'", "prefix='2 3'"
# Without content of its own; what is taken out is named by its words, and leaves no trace of them (P20). The overlay is wiped as a whole.
FULL_TEXT = (
    f"CREATE VIRTUAL TABLE ticket_text USING {_INDEXED}, {_BEGINNINGS})",
    f"CREATE VIRTUAL TABLE party_text USING {_INDEXED}, {_BEGINNINGS})",
    f"CREATE VIRTUAL TABLE overlay_ticket_text USING {_INDEXED}, {_FEW_BEGINNINGS}, contentless_delete=1)",
    "INSERT INTO ticket_text (ticket_text, rank) VALUES ('secure-delete', 1)",
    "INSERT INTO party_text (party_text, rank) VALUES ('secure-delete', 1)",
)

_PUT = (
    "INSERT INTO digest VALUES ('{table}', new.scope, 1, new.hash) ON CONFLICT (tbl, scope) DO UPDATE "
    "SET count = count + 1, xor = (xor | excluded.xor) & ~(xor & excluded.xor);"
)
_DROP = (
    "UPDATE digest SET count = count - 1, xor = (xor | old.hash) & ~(xor & old.hash) "
    "WHERE tbl = '{table}' AND scope = old.scope;"
)
_STEPS = (("put", "INSERT", _PUT), ("drop", "DELETE", _DROP), ("change", "UPDATE OF scope, hash", f"{_DROP} {_PUT}"))
DIGESTS = tuple(
    f"CREATE TRIGGER {table}_{name} AFTER {event} ON {table} BEGIN {steps.format(table=table)} END"
    for table in BASE_COLUMNS
    for name, event, steps in _STEPS
)

# Whatever takes an event out takes the file along, in the same transaction (P20).
FILES_GO = (
    "CREATE TRIGGER event_file AFTER DELETE ON event BEGIN DELETE FROM fetched WHERE event = old.id; "
    "DELETE FROM fetched_part WHERE event = old.id; END"
)


def make_outbox(connection: Connection, there: Collection[str] = ()) -> None:
    """Make the tables of an outbox that are not ``there``, inside the caller's transaction."""
    _make(connection, [table for table in OUTBOX.sorted_tables if table.name not in there])


def make_cache(connection: Connection) -> None:
    """Make everything that a new cache has, inside the caller's transaction."""
    _make(connection, CACHE.sorted_tables)
    for statement in (*FULL_TEXT, *DIGESTS, FILES_GO):
        connection.run(statement)


def _make(connection: Connection, tables: Iterable[Table]) -> None:
    spoken = dialect()
    for table in tables:
        connection.run(str(CreateTable(table).compile(dialect=spoken)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.run(str(CreateIndex(index).compile(dialect=spoken)))
