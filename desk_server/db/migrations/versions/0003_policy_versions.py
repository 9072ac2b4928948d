"""Every version of a desk's policy is kept, each under its own name (A-01): what was the desk's only policy becomes its first version.

The mark in ``desk.policy_version`` says which version is in force and how its row reads; programs know their compiled policies by it.
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_ROWS = "SELECT desk, body::text FROM policy WHERE id = 'policy'"
_RENAME = "UPDATE policy SET id = :id, hash = :hash WHERE desk = :desk AND id = 'policy'"
_MARK = "UPDATE desk SET policy_version = :mark WHERE id = :desk"


def upgrade() -> None:
    connection = op.get_bind()
    # The owner of the tables sees no rows either while their policies are forced on it.
    for table in ("policy", "desk"):
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    for desk, body in connection.execute(sa.text(_ROWS)).all():
        version = json.loads(body)["version"]
        digest = hashlib.blake2b(f"policy/{version}/".encode(), digest_size=8)
        digest.update(body.encode())
        value = int.from_bytes(digest.digest())
        signed = value - (1 << 64) if value >> 63 else value
        connection.execute(sa.text(_RENAME), {"id": version, "hash": signed, "desk": desk})
        connection.execute(sa.text(_MARK), {"mark": f"{version}+{value:016x}", "desk": desk})
    for table in ("policy", "desk"):
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
