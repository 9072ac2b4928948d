"""What belongs to a complaint is hidden from the members that it names, in whatever scope they read (K-13).

``hidden`` are those members; NULL: nobody. A reader's transaction says in ``desk.member`` who reads; one that does not is shown nothing
that is hidden from anybody. A client that has more than its member may read by this finds it out by its digest and begins anew (P13).
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_CONTENT = ("ticket", "call", "entry", "event")
_TABLES = (*_CONTENT, "change")

_OWNED = (("call", "ticket"), ("entry", "ticket"), ("event", "ticket"), ("event", "call"), ("event", "entry"))
_HIDE_TICKETS = (
    "UPDATE ticket SET hidden = ARRAY(SELECT json_array_elements_text(body -> 'excluded')) "
    "WHERE json_array_length(body -> 'excluded') > 0"
)
# In this order: an event of a call may be hidden by the ticket that the call belongs to.
_HIDE_OWNED = (
    "UPDATE {table} SET hidden = o.hidden FROM {owner} AS o "
    "WHERE o.hidden IS NOT NULL AND {table}.desk = o.desk AND {table}.{owner} = o.id"
)
_HIDE_CHANGES = (
    "UPDATE change SET hidden = o.hidden FROM {table} AS o "
    "WHERE o.hidden IS NOT NULL AND change.desk = o.desk AND change.\"table\" = '{table}' AND change.pk = o.id"
)

_BY_DESK = "desk = current_setting('desk.id', true)"
_SCOPES = "(SELECT string_to_array(current_setting('desk.departments', true), ','))::text[]"
_SHOWN = "(hidden IS NULL OR NOT (SELECT nullif(current_setting('desk.member', true), '')) = ANY (hidden))"
_IN_SCOPE = f"(department = ANY ({_SCOPES}) OR (also <> '' AND also = ANY ({_SCOPES})))"
_SEEN = {
    "ticket": _IN_SCOPE,
    "call": _IN_SCOPE,
    "entry": f"(department = 'desk' OR {_IN_SCOPE})",
    "event": f"(department = 'desk' OR {_IN_SCOPE})",
    "change": f"(scope = 'desk' OR scope = ANY ({_SCOPES}))",
}


def upgrade() -> None:
    for table in _TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN hidden text[]")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(_HIDE_TICKETS)
    for table, owner in _OWNED:
        op.execute(_HIDE_OWNED.format(table=table, owner=owner))
    for table in _CONTENT:
        op.execute(_HIDE_CHANGES.format(table=table))
    for table, seen in _SEEN.items():
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER POLICY by_department ON {table} TO desk_reader USING ({_BY_DESK} AND {seen} AND {_SHOWN})")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
