"""What can go wrong with the machine, as one sentence with a code."""

from __future__ import annotations


class MachineError(Exception):
    """``code`` for programs, ``text`` for the person."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text
        self.fields: tuple[str, ...] = ()
        self.params: dict[str, str] = {}
