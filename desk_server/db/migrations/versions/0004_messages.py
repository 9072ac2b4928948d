"""Messages on their way out, each once by its key; what the jobs remember of surveys and of when they look next."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# `due` is when it may go out; `addressed` is false where nobody can be written to; `problem` is why it could not be handed on.
_TABLES = """
CREATE TABLE message (
    desk text NOT NULL, once_key text NOT NULL, event text NOT NULL, ticket text NOT NULL, body json NOT NULL,
    made_at timestamptz NOT NULL, due timestamptz NOT NULL, addressed boolean NOT NULL,
    tries integer NOT NULL DEFAULT 0, problem text NOT NULL DEFAULT '', handed_at timestamptz,
    PRIMARY KEY (desk, once_key)
);
CREATE INDEX message_waiting ON message (desk, due) WHERE handed_at IS NULL AND addressed AND tries < 3;
CREATE TABLE survey_draw (
    desk text NOT NULL, survey text NOT NULL, customer text NOT NULL, asked_at timestamptz NOT NULL,
    PRIMARY KEY (desk, survey, customer)
);
CREATE TABLE routine (
    desk text NOT NULL, name text NOT NULL, next_at timestamptz NOT NULL,
    PRIMARY KEY (desk, name)
);
"""
_BY_DESK = "desk = current_setting('desk.id', true)"


def upgrade() -> None:
    for statement in _TABLES.split(";\n"):
        if statement.strip():
            op.execute(statement)
    for table in ("message", "survey_draw", "routine"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY by_desk ON {table} TO desk_executor, desk_jobs USING ({_BY_DESK})")
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {table} TO desk_jobs")
    op.execute("GRANT SELECT, INSERT ON message TO desk_executor")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
