"""The roles of the database: who may do what, none of them a superuser.

Every connection signs in as one user without rights of its own and takes exactly one role for its whole life.
Row-level security (R07) binds each role by what its transactions set: `desk.id` and `desk.departments`.
"""

from enum import StrEnum

LOGIN = "desk_login"
DATABASE = "desk"


class Role(StrEnum):
    """What a connection is for."""

    OWNER = "desk_owner"
    """Owns the tables; migrations only."""
    EXECUTOR = "desk_executor"
    """Executes the commands of one desk."""
    JOBS = "desk_jobs"
    """Does one desk's work that is driven by time."""
    READER = "desk_reader"
    """Reads one desk, ticket content of the given departments only."""
    AUDIT = "desk_audit"
    """Adds to the audit log of one desk; changes and deletes nothing."""


def role_statements(login: str) -> list[str]:
    """SQL that makes the roles and lets `login` take them; may be run again."""
    made = [
        f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE; "
        "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        for role in Role
    ]
    return [*made, *(f'GRANT {role} TO "{login}" WITH INHERIT FALSE, SET TRUE' for role in Role)]


def database_statements(database: str, login: str) -> list[str]:
    """SQL that closes `database` to everyone but `login`."""
    return [
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO "{login}"',
    ]


def schema_statements() -> list[str]:
    """SQL to be run in the database itself: only the owner role makes tables."""
    everyone = ", ".join(Role)
    return [
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {everyone}",
        f"GRANT CREATE ON SCHEMA public TO {Role.OWNER}",
    ]
