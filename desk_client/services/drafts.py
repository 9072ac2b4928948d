"""What is typed and not saved yet: kept within a second, there again after a crash, never sent (point 12, R28)."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import Future

from desk_client.models import waiting
from desk_client.models.access import Access
from desk_client.models.changes import DRAFTS
from desk_client.models.storage import URGENT
from desk_client.models.store import Store
from desk_client.services.records import Draft


class Drafts:
    """Drafts by a key that their screen chose."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, key: str, body: str) -> Future[None]:
        """Keep ``body``; an empty one forgets the draft."""

        def work(store: Store) -> None:
            store.outbox.save_draft(key, body, store.clock.now())
            store.listeners.tell(DRAFTS)

        return self._access.act(work, URGENT)

    def forget(self, key: str) -> Future[None]:
        """The draft was saved as what it was meant to be, or given up."""
        return self.save(key, "")

    def load(self, key: str) -> Draft | None:
        """One draft."""
        return next((d for d in self.all() if d.key == key), None)

    def all(self) -> tuple[Draft, ...]:
        """Every draft."""
        with self._access.read() as here:
            rows = waiting.drafts(here.reading)
        return tuple(Draft(key=k, body=b, saved_at=dt.datetime.fromisoformat(t)) for k, b, t in rows)
