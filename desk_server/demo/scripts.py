"""What people at the sample desk say and write: issues in the language of an office, read from ``resources/demo``."""

from __future__ import annotations

import tomllib

import msgspec

from desk_core.resources import resource


class FaultCase(msgspec.Struct, frozen=True):
    """One way in which a fault shows: its title, what the caller says, what the specialist finds, how it was mended."""

    title: str
    says: str
    check: str
    solution: str


class Question(msgspec.Struct, frozen=True):
    """What the customer is asked, and answers."""

    question: str
    answer: str


class FaultScript(msgspec.Struct, frozen=True):
    """A class of faults, for these families of products. ``more`` has further sentences, one of each list per caller."""

    category: str
    families: tuple[str, ...]
    cases: tuple[FaultCase, ...]
    more: tuple[tuple[str, ...], ...]
    asks: tuple[Question, ...]


class EnquiryCase(msgspec.Struct, frozen=True):
    """One enquiry or complaint, its written answer, and how it ended."""

    title: str
    says: str
    reply: str
    solution: str


class EnquiryScript(msgspec.Struct, frozen=True):
    """A class of enquiries or complaints."""

    kind: str
    category: str
    cases: tuple[EnquiryCase, ...]


class RepairScript(msgspec.Struct, frozen=True):
    """What the workshop is asked for and does."""

    cases: tuple[FaultCase, ...]


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
    given_back: tuple[str, ...]
    not_needed: tuple[str, ...]
    abandoned: tuple[str, ...]
    wrong_number: tuple[str, ...]


class Phrasebook(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is said at one office."""

    fault: tuple[FaultScript, ...]
    enquiry: tuple[EnquiryScript, ...]
    repair: RepairScript
    office: OfficePhrases


def phrasebook(office: str) -> Phrasebook:
    """The texts of an office of the sample desk."""
    text = resource(f"demo/{office}.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), Phrasebook)
