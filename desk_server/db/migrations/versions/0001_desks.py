"""The first schema: desks, their members and devices, what they work on, the feed, receipts and the audit log.

Every table is keyed by desk and guarded by row-level security, also against its owner (R07). A transaction says for whom it acts:
``desk.id``; ``desk.departments`` for readers (the scopes whose ticket content may be seen); ``desk.token``, ``desk.login`` and
``desk.lockout`` open the one row that somebody who knows the secret may find before the desk is known.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_DESK = """
CREATE TABLE desk (
    id text PRIMARY KEY,
    title text NOT NULL,
    purpose text NOT NULL CHECK (purpose IN ('live', 'test', 'demo')),
    log_epoch text NOT NULL,
    head_seq bigint NOT NULL,
    horizon_seq bigint NOT NULL,
    chain text NOT NULL,
    policy_version text NOT NULL,
    next_counter bigint NOT NULL,
    next_device integer NOT NULL,
    accounts bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
);
"""

# The tables of the feed: the row as it travels, the commit that changed it last, and 64 bits of its digest.
_ROW = "desk text NOT NULL, id text NOT NULL, seq bigint NOT NULL, hash bigint NOT NULL, body json NOT NULL"
_KEY = "PRIMARY KEY (desk, id)"
# Ticket content lies in the scope of a department; `also` is the member who sees it from outside that department.
_SCOPED = "department text NOT NULL, also text NOT NULL"

_ROWS = f"""
CREATE TABLE policy ({_ROW}, {_KEY});
CREATE TABLE member ({_ROW}, scope_version integer NOT NULL, {_KEY});
CREATE TABLE customer ({_ROW}, folded text NOT NULL, {_KEY});
CREATE TABLE contact ({_ROW}, customer text NOT NULL, {_KEY});
CREATE TABLE asset ({_ROW}, customer text NOT NULL, serial_key text NOT NULL, {_KEY});
CREATE TABLE contract ({_ROW}, customer text NOT NULL, {_KEY});
CREATE TABLE stub ({_ROW}, {_KEY});
CREATE TABLE ticket (
    {_ROW}, {_SCOPED},
    reference text NOT NULL,
    status text NOT NULL,
    holder text NOT NULL,
    waits boolean NOT NULL,
    rank text COLLATE "C" NOT NULL,
    due timestamptz,
    customer text NOT NULL,
    received_at timestamptz NOT NULL,
    {_KEY}
);
CREATE TABLE event ({_ROW}, {_SCOPED}, ticket text NOT NULL, call text NOT NULL, {_KEY});
CREATE TABLE call (
    {_ROW}, {_SCOPED}, reference text NOT NULL, ticket text NOT NULL, member text NOT NULL, ended boolean NOT NULL, {_KEY}
);
CREATE INDEX customer_folded ON customer (desk, folded);
CREATE INDEX contact_customer ON contact (desk, customer);
CREATE INDEX asset_serial_key ON asset (desk, serial_key);
CREATE INDEX contract_customer ON contract (desk, customer);
CREATE INDEX ticket_queue ON ticket (desk, department, rank) WHERE waits;
CREATE INDEX ticket_queue_of_all ON ticket (desk, rank) WHERE waits;
CREATE INDEX ticket_active ON ticket (desk, id) WHERE status IN ('open', 'waiting_customer');
CREATE INDEX ticket_due ON ticket (desk, due) WHERE due IS NOT NULL;
CREATE INDEX ticket_holder ON ticket (desk, holder) WHERE holder <> '';
CREATE INDEX ticket_customer ON ticket (desk, customer) WHERE customer <> '';
CREATE INDEX event_ticket ON event (desk, ticket) WHERE ticket <> '';
CREATE INDEX event_call ON event (desk, call) WHERE call <> '';
CREATE INDEX call_ticket ON call (desk, ticket) WHERE ticket <> '';
CREATE INDEX call_open ON call (desk, member) WHERE NOT ended;
"""

_NUMBERS = """
CREATE TABLE number (
    desk text NOT NULL, reference text NOT NULL, owner text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('call', 'ticket', 'alias')),
    PRIMARY KEY (desk, reference, owner)
);
CREATE UNIQUE INDEX number_primary ON number (desk, reference) WHERE kind = 'ticket';
CREATE TABLE number_block (
    desk text NOT NULL, first bigint NOT NULL, last bigint NOT NULL, device text NOT NULL, leased_at timestamptz NOT NULL,
    PRIMARY KEY (desk, first)
);
CREATE INDEX number_block_device ON number_block (desk, device);
CREATE TABLE work_lease (
    desk text NOT NULL, ticket text NOT NULL, device text NOT NULL, until timestamptz NOT NULL, PRIMARY KEY (desk, ticket)
);
"""

_FEED = """
CREATE TABLE feed_commit (
    desk text NOT NULL, seq bigint NOT NULL, chain text NOT NULL, made_at timestamptz NOT NULL, PRIMARY KEY (desk, seq)
);
CREATE TABLE change (
    desk text NOT NULL, commit_seq bigint NOT NULL, idx integer NOT NULL,
    scope text NOT NULL, "table" text NOT NULL, pk text NOT NULL,
    op text NOT NULL CHECK (op IN ('put', 'leave', 'delete')), "row" json,
    PRIMARY KEY (desk, commit_seq, idx)
);
CREATE TABLE receipt (
    desk text NOT NULL, command text NOT NULL, device text NOT NULL, device_seq bigint NOT NULL,
    payload_hash bytea NOT NULL, verdict json NOT NULL, commit_seq bigint NOT NULL, made_at timestamptz NOT NULL,
    PRIMARY KEY (desk, command),
    UNIQUE (desk, device, device_seq)
);
CREATE INDEX receipt_feed ON receipt (desk, device, commit_seq);
"""

_ACCOUNTS = """
CREATE TABLE credential (
    desk text NOT NULL, member text NOT NULL, login text NOT NULL UNIQUE, password_hash text NOT NULL, changed_at timestamptz NOT NULL,
    PRIMARY KEY (desk, member)
);
CREATE TABLE member_scope (
    desk text NOT NULL, member text NOT NULL, version integer NOT NULL, departments text[] NOT NULL,
    PRIMARY KEY (desk, member, version)
);
CREATE TABLE device (
    desk text NOT NULL, id text NOT NULL, member text NOT NULL, number integer NOT NULL, name text NOT NULL,
    last_seq bigint NOT NULL, created_at timestamptz NOT NULL, revoked_at timestamptz,
    PRIMARY KEY (desk, id),
    UNIQUE (desk, number)
);
CREATE TABLE token (
    hash bytea PRIMARY KEY, desk text NOT NULL, member text NOT NULL, device text NOT NULL,
    created_at timestamptz NOT NULL, last_used_at timestamptz NOT NULL, revoked_at timestamptz
);
CREATE INDEX token_member ON token (desk, member);
CREATE TABLE lockout (key bytea PRIMARY KEY, failures integer NOT NULL, until timestamptz NOT NULL);
CREATE TABLE audit (
    desk text NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL,
    what text NOT NULL, member text NOT NULL, device text NOT NULL, subject text NOT NULL, detail text NOT NULL,
    PRIMARY KEY (desk, id)
);
"""

_BY_DESK = "current_setting('desk.id', true)"
_SCOPES = "(SELECT string_to_array(current_setting('desk.departments', true), ','))::text[]"
_DESK_WIDE = ("policy", "member", "customer", "contact", "asset", "contract", "stub")
_CONTENT = ("ticket", "event", "call")
_PRIVATE = ("number_block", "work_lease", "credential", "member_scope", "device")
_READ = (*_DESK_WIDE, "number", "feed_commit", "receipt", "member_scope", "device")
_TABLES = (*_DESK_WIDE, *_CONTENT, *_PRIVATE, "number", "feed_commit", "change", "receipt", "token", "audit")

_GRANTS: dict[str, dict[str, tuple[str, ...]]] = {
    "desk_executor": {
        "SELECT, INSERT, UPDATE": ("desk", *_DESK_WIDE, *_CONTENT, *_PRIVATE, "number", "token", "lockout"),
        "DELETE": ("work_lease", "token", "lockout"),
        "SELECT, INSERT": ("feed_commit", "change", "receipt"),
    },
    "desk_jobs": {
        "SELECT, UPDATE": ("desk",),
        "SELECT, INSERT, UPDATE": (*_CONTENT, "stub"),
        "SELECT, INSERT": ("feed_commit", "change"),
        "SELECT": ("policy", "member", "number", "customer", "asset", "contract", "receipt", "device"),
    },
    "desk_reader": {"SELECT": ("desk", *_READ, *_CONTENT, "change", "token")},
    "desk_audit": {"INSERT": ("audit",)},
}


def upgrade() -> None:
    for script in (_DESK, _ROWS, _NUMBERS, _FEED, _ACCOUNTS):
        for statement in script.split(";\n"):
            if statement.strip():
                op.execute(statement)
    for table in ("desk", "lockout", *_TABLES):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    _policies()
    for role, grants in _GRANTS.items():
        for rights, tables in grants.items():
            op.execute(f"GRANT {rights} ON {', '.join(tables)} TO {role}")


def _policies() -> None:
    """Who sees which rows. The readers' policies on ticket content narrow those by desk."""
    writers = "desk_executor, desk_jobs"
    op.execute(f"CREATE POLICY by_desk ON desk TO {writers}, desk_reader USING (id = {_BY_DESK})")
    # The work that is driven by time must know which desks there are.
    op.execute("CREATE POLICY all_desks ON desk FOR SELECT TO desk_jobs USING (true)")
    for table in _TABLES:
        if table not in (*_CONTENT, "change", "audit", "token"):
            op.execute(f"CREATE POLICY by_desk ON {table} TO {writers}, desk_reader USING (desk = {_BY_DESK})")
    for table in _CONTENT:
        op.execute(f"CREATE POLICY by_desk ON {table} TO {writers} USING (desk = {_BY_DESK})")
        op.execute(
            f"CREATE POLICY by_department ON {table} FOR SELECT TO desk_reader "
            f"USING (desk = {_BY_DESK} AND (department = ANY ({_SCOPES}) OR (also <> '' AND also = ANY ({_SCOPES}))))"
        )
    op.execute(f"CREATE POLICY by_desk ON change TO {writers} USING (desk = {_BY_DESK})")
    op.execute(
        "CREATE POLICY by_department ON change FOR SELECT TO desk_reader "
        f"USING (desk = {_BY_DESK} AND (scope = 'desk' OR scope = ANY ({_SCOPES})))"
    )
    op.execute(f"CREATE POLICY by_desk ON token TO desk_executor USING (desk = {_BY_DESK})")
    op.execute(
        "CREATE POLICY by_secret ON token FOR SELECT TO desk_executor, desk_reader "
        "USING (encode(hash, 'hex') = current_setting('desk.token', true))"
    )
    op.execute(
        "CREATE POLICY by_login ON credential FOR SELECT TO desk_executor USING (login = current_setting('desk.login', true))"
    )
    op.execute(
        "CREATE POLICY by_key ON lockout TO desk_executor USING (encode(key, 'hex') = current_setting('desk.lockout', true))"
    )
    op.execute(f"CREATE POLICY by_desk ON audit FOR INSERT TO desk_audit WITH CHECK (desk = {_BY_DESK})")


def downgrade() -> None:
    raise NotImplementedError("the first schema has nothing before it")
