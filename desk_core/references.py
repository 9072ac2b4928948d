"""Reference numbers that people can say aloud: a counter of at least six digits and a Damm digit, in groups of three (§ 9 of the design).

A number is consumed when a call is opened, so that it can be read out in the first minute, network or not (H-09); an abandoned call
keeps it (H-08). A number never implies order.
"""

from __future__ import annotations

import re

import msgspec

FIRST_COUNTER = 100_000
BLOCK_SIZE = 100
BLOCKS_HELD = 2
REFILL_BELOW = 50
RESERVE = 900_000_000
"""Counters stay below; the ranges of the devices' own numbers begin here."""
_SEPARATORS = re.compile(r"[\s.\-\u00a0\u2009\u202f\u2010-\u2014]+")
_DIGITS = {
    "0": "zero",
    "1": "one",
    "2": "two",
    "3": "three",
    "4": "four",
    "5": "five",
    "6": "six",
    "7": "seven",
    "8": "eight",
    "9": "nine",
}


class NumberBlock(msgspec.Struct, frozen=True):
    """A run of counters leased to one device: ``first`` to ``last``, both inclusive."""

    first: int
    last: int

    def __len__(self) -> int:
        return self.last - self.first + 1


def reference(counter: int) -> str:
    """The reference of a counter: its digits and the check digit, without spaces (``417211`` → ``4172116``)."""
    # Not at the start of the program, which shows numbers and makes none: stdnum brings twenty modules along.
    from stdnum import damm  # noqa: PLC0415

    digits = f"{counter:06d}"
    return digits + damm.calc_check_digit(digits)


def reserve(device_number: int, used: int) -> str:
    """A reference from a device's own range, for when its leased numbers ran out offline; disjoint from every counter.

    There are 10,000 for each device.
    """
    if not 0 <= device_number < 10_000 or not 0 <= used < 10_000:
        raise ValueError("a device's own range holds numbers 0 to 9,999 for devices 0 to 9,999")
    return reference(RESERVE + device_number * 10_000 + used)


def parse(text: str) -> str | None:
    """The reference in ``text`` with or without spaces, dots and dashes; None when it is none or its check digit is wrong."""
    digits = _SEPARATORS.sub("", text.strip().lstrip("#"))
    if len(digits) < 7 or not digits.isascii() or not digits.isdigit():
        return None
    from stdnum import damm  # noqa: PLC0415 - as above

    return digits if damm.is_valid(digits) else None


def grouped(ref: str) -> str:
    """A reference in groups of three, as it is shown and spoken: ``417 211 6``."""
    return " ".join(ref[i : i + 3] for i in range(0, len(ref), 3))


def spoken(ref: str) -> tuple[tuple[str, ...], ...]:
    """The words of each group, in English, for the spelling aid; a screen translates each word."""
    return tuple(tuple(_DIGITS[d] for d in ref[i : i + 3]) for i in range(0, len(ref), 3))
