"""Facts: how each thing stands in each figure, judged when it happened and counted when somebody asks; and those that a sign-off keeps.

No role may change or remove what was signed off (A-09). The desks that are there get their facts when they are first asked for: they are
in ``fact_owed`` until then.
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = """figure text COLLATE "C" NOT NULL, subject text COLLATE "C" NOT NULL, number text COLLATE "C" NOT NULL,
    result text COLLATE "C" NOT NULL, at timestamptz NOT NULL, day date NOT NULL, hour smallint NOT NULL, amount bigint,
    reference text NOT NULL, policy text NOT NULL, office text NOT NULL, department text NOT NULL, holder text NOT NULL,
    customer text NOT NULL, channel text NOT NULL, entitlement text NOT NULL, complaint text NOT NULL, hidden text[]"""
_TABLES = f"""
CREATE TABLE fact (desk text NOT NULL, {_COLUMNS}, PRIMARY KEY (desk, figure, subject, number));
CREATE INDEX fact_day ON fact (desk, figure, day, result) INCLUDE (department, hidden, amount);
CREATE INDEX fact_subject ON fact (desk, subject);
CREATE TABLE sign_off (
    desk text NOT NULL, review text NOT NULL, first date NOT NULL, last date NOT NULL, member text NOT NULL, at timestamptz NOT NULL,
    PRIMARY KEY (desk, review)
);
CREATE TABLE signed_fact (
    desk text NOT NULL, review text COLLATE "C" NOT NULL, {_COLUMNS}, PRIMARY KEY (desk, review, figure, subject, number)
);
CREATE INDEX signed_fact_result ON signed_fact (desk, review, figure, result);
CREATE TABLE fact_owed (desk text PRIMARY KEY)
"""
_BY_DESK = "desk = current_setting('desk.id', true)"
_SCOPES = "(SELECT string_to_array(current_setting('desk.departments', true), ','))::text[]"
_SEEN = (
    f"{_BY_DESK} AND (department = '' OR department = ANY ({_SCOPES})) "
    "AND (hidden IS NULL OR NOT (SELECT nullif(current_setting('desk.member', true), '')) = ANY (hidden))"
)
_OWN = {"fact": "SELECT, INSERT, UPDATE, DELETE", "signed_fact": "SELECT, INSERT", "sign_off": "SELECT, INSERT"}


def upgrade() -> None:
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    # The owner of the tables sees no rows either while their policies are forced on it.
    op.execute("ALTER TABLE desk NO FORCE ROW LEVEL SECURITY")
    op.execute("INSERT INTO fact_owed SELECT id FROM desk")
    op.execute("ALTER TABLE desk FORCE ROW LEVEL SECURITY")
    for table in (*_OWN, "fact_owed"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table, rights in _OWN.items():
        op.execute(f"CREATE POLICY by_desk ON {table} TO desk_executor, desk_jobs USING ({_BY_DESK})")
        op.execute(f"GRANT {rights} ON {table} TO desk_executor, desk_jobs")
        op.execute(f"GRANT SELECT ON {table} TO desk_reader")
    for table in ("fact", "signed_fact"):
        op.execute(f"CREATE POLICY by_department ON {table} FOR SELECT TO desk_reader USING ({_SEEN})")
    op.execute(f"CREATE POLICY by_desk_to_read ON sign_off FOR SELECT TO desk_reader USING ({_BY_DESK})")
    op.execute(f"CREATE POLICY by_desk ON fact_owed TO desk_executor, desk_jobs, desk_reader USING ({_BY_DESK})")
    op.execute("GRANT SELECT, INSERT, DELETE ON fact_owed TO desk_executor")
    op.execute("GRANT SELECT ON fact_owed TO desk_jobs, desk_reader")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
