"""PostgreSQL: the embedded server, the engines with their roles, the tables and migrations."""
