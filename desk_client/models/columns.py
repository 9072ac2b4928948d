"""The names that statements are made of: tables of both files and the columns that lists sort and find by.

A change of the cache's shape raises ``CACHE_SHAPE``: the file is fetched again.
"""

from __future__ import annotations

CACHE_SHAPE = "6"

OUTBOX_TABLES = frozenset(
    {
        "identity",
        "command",
        "sent",
        "settled",
        "put_away",
        "offered_again",
        "deed",
        "grace",
        "number_block",
        "anchor",
        "draft",
        "file",
        "file_part",
    }
)

# Columns beside id, scope, seq, hash and body; `doc` is the row of the full text, `numbers` are the ends of the
# telephone numbers that somebody has written into a text.
TICKET = (
    "reference",
    "department",
    "status",
    "holder",
    "customer",
    "rank",
    "waits",
    "call_back",
    "received",
    "doc",
    "numbers",
)
EVENT = ("ticket", "call", "at", "numbers")
CALL = ("reference", "phone_call_id", "member", "ticket", "rang", "ended")
ENTRY = ("register", "ticket", "at")
BASE_COLUMNS: dict[str, tuple[str, ...]] = {
    "policy": (),
    "member": ("name",),
    "customer": ("folded", "doc", "numbers"),
    "contact": ("customer", "e164", "tail", "doc"),
    "asset": ("customer", "serial_key", "doc"),
    "contract": ("customer",),
    "stub": ("reference",),
    "ticket": TICKET,
    "event": EVENT,
    "call": CALL,
    "entry": ENTRY,
}
OVERLAY_COLUMNS: dict[str, tuple[str, ...]] = {"ticket": TICKET, "event": EVENT, "call": CALL, "entry": ENTRY}
