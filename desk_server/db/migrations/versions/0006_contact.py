"""When a device was last heard from: what its member took goes back after too long a silence. NULL: never since this began."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE device ADD COLUMN seen_at timestamptz")


def downgrade() -> None:
    raise NotImplementedError("a database is never taken back: restore a backup")
