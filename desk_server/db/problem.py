"""Why the database can't be used."""


class DatabaseProblem(Exception):
    """Why the database can't be used, as one sentence that says what would be right."""
