"""What a service answers when it cannot do what was asked: each error has a code and one sentence for the person."""

from __future__ import annotations

from desk_client.models.access import NotSignedIn
from desk_client.models.errors import WRONG_KEY, Damaged, DeskError, DiskFull, Missing, NotSaved, WrongKey
from desk_client.models.network import Forbidden, Unreachable
from desk_core.wording import Refusal

__all__ = [
    "WRONG_KEY",
    "Damaged",
    "DeskError",
    "DiskFull",
    "Forbidden",
    "Missing",
    "NotSaved",
    "NotSignedIn",
    "Refused",
    "Unanswered",
    "Unreachable",
    "WrongKey",
]


class Refused(DeskError):
    """A rule says no; nothing was stored and nothing typed is lost. ``fields`` are the fields to go back to."""

    code = "refused"

    def __init__(
        self, code: str, text: str, fields: tuple[str, ...] = (), params: dict[str, str] | None = None
    ) -> None:
        super().__init__(text, code, fields, params)

    @classmethod
    def by(cls, refusal: Refusal) -> Refused:
        """The refusal of a decision as an exception."""
        return cls(refusal.code, refusal.text, refusal.fields, refusal.params)


class Unanswered(DeskError):
    """It was sent, but the server has not answered in time; the answer shows as soon as it comes."""

    code = "unanswered"
