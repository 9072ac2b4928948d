"""Registers: their lines (entries) as rows of the feed, and the events of a line in its history.

A line lies where its reader must be: with the whole desk, with a ticket's department, or with those who supervise (``=supervisors``).
Row-level security lets a reader see the lines of the desk and of the reader's own scopes.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE entry (
    desk text NOT NULL, id text NOT NULL, seq bigint NOT NULL, hash bigint NOT NULL, body json NOT NULL,
    department text NOT NULL, also text NOT NULL,
    register text NOT NULL,
    member text NOT NULL,
    ticket text NOT NULL,
    due date,
    at timestamptz NOT NULL,
    PRIMARY KEY (desk, id)
);
CREATE INDEX entry_register ON entry (desk, register);
CREATE INDEX entry_ticket ON entry (desk, ticket) WHERE ticket <> '';
CREATE INDEX entry_due ON entry (desk, due) WHERE due IS NOT NULL;
ALTER TABLE entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry FORCE ROW LEVEL SECURITY;
ALTER TABLE event ADD COLUMN entry text NOT NULL DEFAULT '';
CREATE INDEX event_entry ON event (desk, entry) WHERE entry <> '';
"""

_BY_DESK = "desk = current_setting('desk.id', true)"
_SCOPES = "(SELECT string_to_array(current_setting('desk.departments', true), ','))::text[]"
_SEEN = (
    f"{_BY_DESK} AND (department = 'desk' OR department = ANY ({_SCOPES}) OR (also <> '' AND also = ANY ({_SCOPES})))"
)


def upgrade() -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
    op.execute(f"CREATE POLICY by_desk ON entry TO desk_executor, desk_jobs USING ({_BY_DESK})")
    op.execute(f"CREATE POLICY by_department ON entry FOR SELECT TO desk_reader USING ({_SEEN})")
    op.execute(f"ALTER POLICY by_department ON event TO desk_reader USING ({_SEEN})")
    op.execute("GRANT SELECT, INSERT, UPDATE ON entry TO desk_executor, desk_jobs")
    op.execute("GRANT SELECT ON entry TO desk_reader")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
