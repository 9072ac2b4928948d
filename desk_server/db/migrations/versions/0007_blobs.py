"""Attachments: the bytes of files, by the digest of what they hold and who gave them, in parts as they came.

An event that attaches a file names its digest in ``file``. A reader gets a blob by an event in the reader's own scope whose actor gave the
blob: who only knows a digest and attaches it elsewhere, gets nothing by that. ``complete_at`` is NULL until all of it is there.
"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_TABLES = """
CREATE TABLE blob (
    desk text NOT NULL, sha256 text NOT NULL, member text NOT NULL, size bigint NOT NULL, begun_at timestamptz NOT NULL,
    complete_at timestamptz, PRIMARY KEY (desk, sha256, member)
);
CREATE TABLE blob_part (
    desk text NOT NULL, sha256 text NOT NULL, member text NOT NULL, at bigint NOT NULL, body bytea NOT NULL,
    PRIMARY KEY (desk, sha256, member, at)
);
ALTER TABLE blob_part ALTER COLUMN body SET STORAGE EXTERNAL;
ALTER TABLE event ADD COLUMN file text NOT NULL DEFAULT '';
CREATE INDEX event_file ON event (desk, file) WHERE file <> '';
"""
_BY_DESK = "desk = current_setting('desk.id', true)"
# The events that are asked are those which row-level security shows to this reader.
_ATTACHED = (
    "EXISTS (SELECT 1 FROM event e WHERE e.desk = blob.desk AND e.file = blob.sha256 AND e.file <> '' "
    "AND e.body ->> 'actor' = blob.member)"
)
_SEEN = (
    "EXISTS (SELECT 1 FROM blob b WHERE b.desk = blob_part.desk AND b.sha256 = blob_part.sha256 "
    "AND b.member = blob_part.member)"
)


def upgrade() -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
    for table, seen in (("blob", _ATTACHED), ("blob_part", _SEEN)):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY by_desk ON {table} TO desk_executor USING ({_BY_DESK})")
        op.execute(f"CREATE POLICY by_event ON {table} FOR SELECT TO desk_reader USING ({_BY_DESK} AND {seen})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO desk_executor")
        op.execute(f"GRANT SELECT ON {table} TO desk_reader")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
