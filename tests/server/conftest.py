"""Fixtures of the server's tests."""

from tests.support.postgres import cluster, database, database_url

__all__ = ["cluster", "database", "database_url"]
