"""What the services know that helps to write to the customer of one ticket."""

from __future__ import annotations

from collections.abc import Sequence

from desk_client.services.records import TicketView
from desk_client.services.replies import Letter
from desk_client.services.words import hint_words
from desk_client.ui.desk import Desk
from desk_core.writing import TextBlock


class TicketHelp:
    """Everything the composer asks for, about one ticket."""

    def __init__(self, desk: Desk, view: TicketView) -> None:
        self._desk, self._view = desk, view
        self._replies = desk.replies

    def frame(self) -> tuple[str, str]:
        """The fixed words before and after the text."""
        return self._replies.frame(self._view.ticket)

    def letter(self, text: str, mark: str) -> Letter:
        """What the customer will read."""
        return self._replies.letter(text, self._view.ticket, mark)

    def marks(self) -> Sequence[str]:
        """What the answer can be beside an answer."""
        return self._replies.marks(self._view.ticket)

    def blocks(self) -> Sequence[TextBlock]:
        """The text blocks that can be typed."""
        return self._replies.blocks()

    def fill(self, block: TextBlock) -> str:
        """A block's text for this ticket."""
        return self._replies.fill(block, self._view)

    def questions(self) -> Sequence[str]:
        """What could be asked about this ticket."""
        return self._replies.questions(self._view)

    def names(self) -> set[str]:
        """The placeholders that must not be sent."""
        return self._replies.names()

    def hints(self, text: str) -> Sequence[str]:
        """What could be better about the text."""
        if not text:
            return ()
        policy = self._desk.policy_of(self._view.ticket.policy_version)
        return [hint_words(policy, code, text) for code in self._replies.hints(text, self._view.ticket)]

    def jargon(self) -> Sequence[str]:
        """Words that the customer need not know."""
        return self._replies.jargon(self._view.ticket)
