"""What people at the sample desk say and write: issues in the language of an office, read from ``resources/demo``."""

from __future__ import annotations

import tomllib

import msgspec

from desk_core.resources import resource


class FaultScript(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of fault. A description takes one sentence from each list of ``says``; ``families`` of products can have it."""

    category: str
    families: tuple[str, ...]
    titles: tuple[str, ...]
    says: tuple[tuple[str, ...], ...]
    question: tuple[str, ...]
    answer: tuple[str, ...]
    checks: tuple[str, ...]
    solution: tuple[str, ...]


class EnquiryScript(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of enquiry or complaint and how it is answered."""

    kind: str
    category: str
    titles: tuple[str, ...]
    says: tuple[str, ...]
    reply: tuple[str, ...]
    solution: tuple[str, ...]


class RepairScript(msgspec.Struct, frozen=True, kw_only=True):
    """What the workshop is asked for and does."""

    titles: tuple[str, ...]
    says: tuple[str, ...]
    checks: tuple[str, ...]
    solution: tuple[str, ...]


class OfficePhrases(msgspec.Struct, frozen=True, kw_only=True):
    """What people at one office write around an issue."""

    places: tuple[str, ...]
    greeting: str
    asks: str
    solved: str
    closing: str
    call_back: tuple[str, ...]
    not_reached: tuple[str, ...]
    waits: tuple[str, ...]
    quote_note: str
    repair_note: str
    hand_over: tuple[str, ...]
    reopened: tuple[str, ...]
    abandoned: tuple[str, ...]
    wrong_number: tuple[str, ...]


class Phrasebook(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is said at one office."""

    faults: tuple[FaultScript, ...] = msgspec.field(name="fault")
    enquiries: tuple[EnquiryScript, ...] = msgspec.field(name="enquiry")
    repairs: tuple[RepairScript, ...] = msgspec.field(name="repair")
    office: OfficePhrases


def phrasebook(office: str) -> Phrasebook:
    """The texts of an office of the sample desk, ``hamburg`` or ``woking``."""
    text = resource(f"demo/{office}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Phrasebook)
