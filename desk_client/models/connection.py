"""One encrypted file on this machine, open: the driver itself with transactions of ours.

SQLAlchemy describes the tables and makes them (:mod:`desk_client.models.tables`); every statement is text that the driver prepares once
and keeps (decision 010).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any


class Connection:
    """A connection for one thread at a time. ``driver`` is the DB-API's own connection, which begins nothing by itself."""

    def __init__(self, driver: Any, begin: str) -> None:
        self.driver = driver
        self._begin = begin
        self._begun = False

    def run(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """Run a statement; a cursor of the driver's."""
        return self.driver.execute(statement, parameters)

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement for each of these rows."""
        self.driver.executemany(statement, rows)

    def value(self, statement: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row; None when there is no row."""
        row = self.run(statement, parameters).fetchone()
        return row[0] if row else None

    def in_transaction(self) -> bool:
        """True inside a block of :meth:`begin`."""
        return self._begun

    @contextmanager
    def begin(self) -> Iterator[None]:
        """One transaction: committed when the block ends, rolled back when it fails."""
        if self.driver.in_transaction:
            self.driver.rollback()  # a disk that was full at the commit leaves it open, and nobody was told that it succeeded (P25)
        self.run(self._begin)
        self._begun = True
        try:
            yield
            self.commit()
        except BaseException:
            self.roll_back()
            raise
        finally:
            self._begun = False

    def commit(self) -> None:
        """End the transaction; for :meth:`begin`."""
        self.driver.commit()

    def roll_back(self) -> None:
        """Give the transaction up; for :meth:`begin`."""
        self.driver.rollback()

    def close(self) -> None:
        """Close the file."""
        self.driver.close()
