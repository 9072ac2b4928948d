"""What helps to write to a customer: text blocks by a typed prefix, what is not filled in yet, and the questions of a text (15, A-35)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from desk_core.people import fold
from desk_core.policy_words import PLACEHOLDER
from desk_core.wording import Refusal, refuse

SIGN: Final = ";"
"""What a prefix begins with."""
_TYPED: Final = re.compile(rf"(?:^|(?<=\s)){SIGN}(\??\w*)\Z")
_PREFIX: Final = re.compile(r"\w{1,30}")
_WORD: Final = re.compile(r"\w+")
_QUESTION: Final = re.compile(r"[^.!?\n]*\w[^.!?\n]*\?(?=[\s\"”»)!?]|\Z)")


class TextBlock(msgspec.Struct, frozen=True, kw_only=True):
    """A text that is written often: typed as ``;prefix``, found by its ``title`` as well. ``{caller}``, ``{reference}`` and the like in it
    are filled in from the ticket, as in a message of the policy; ``own`` is what the member made."""

    prefix: str
    title: str
    text: str
    own: bool = False


class Shipped(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A file of text blocks in one language: ``[[block]]``, and ``[questions]`` by the field of a fault that is asked for."""

    block: tuple[TextBlock, ...]
    questions: dict[str, str]


def shipped_blocks(toml: str) -> Shipped:
    """The blocks that ship, from the text of their file."""
    return msgspec.convert(tomllib.loads(toml), Shipped)


def block_refusal(block: TextBlock, others: Iterable[TextBlock]) -> Refusal | None:
    """Why a text block may not be kept as it is, or None; ``others`` are the member's own beside it."""
    if not _PREFIX.fullmatch(block.prefix):
        return refuse("bad_prefix", "prefix")
    if any(fold(each.prefix) == fold(block.prefix) for each in others):
        return refuse("prefix_taken", "prefix", value=block.prefix)
    return None if block.text.strip() else refuse("missing_text", "text")


def typed_prefix(before: str) -> str | None:
    """What was typed of a prefix where the cursor stands, ``before`` being the text up to it: "" right after the sign, None where no prefix
    is being typed. A question mark at its beginning asks for questions alone."""
    found = _TYPED.search(before)
    return found[1] if found else None


def fitting(blocks: Iterable[TextBlock], typed: str) -> list[TextBlock]:
    """The blocks that ``typed`` may mean: first those whose prefix begins with it, then those with a word of the title that does."""
    start = fold(typed)
    by_prefix = [each for each in blocks if fold(each.prefix).startswith(start)]
    by_prefix.sort(key=lambda each: fold(each.prefix) != start)
    by_title = [each for each in blocks if any(fold(word).startswith(start) for word in each.title.split())]
    return [*by_prefix, *(each for each in by_title if each not in by_prefix)]


def filled_block(block: TextBlock, words: Mapping[str, str]) -> str:
    """The text of a block; what nothing is known for stays as it is written, to be filled in by hand."""
    return PLACEHOLDER.sub(lambda found: words.get(found[1], "").strip() or found[0], block.text)


def unfilled(text: str, names: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where placeholders of these ``names`` stand in a text that is to be sent: from and to, in characters."""
    known = set(names)
    return tuple(found.span() for found in PLACEHOLDER.finditer(text) if found[1] in known)


def names_in(texts: Iterable[str]) -> set[str]:
    """The names of the placeholders in some texts."""
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def unfilled_refusal(text: str, names: Iterable[str]) -> Refusal | None:
    """Why a text with placeholders in it is not sent, or None (15); whichever of the fields of a command it is."""
    found = dict.fromkeys(text[start:end] for start, end in unfilled(text, names))
    return refuse("unfilled", "text", "question", "solution", "summary", words=", ".join(found)) if found else None


def words_at(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of these words, given in lower case, stand in a text."""
    wanted = set(words)
    return [found.span() for found in _WORD.finditer(text) if found[0].casefold() in wanted] if wanted else []


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a text to a customer, in order: what the answer is awaited to (A-35)."""
    return tuple(dict.fromkeys(" ".join(found.split()) for found in _QUESTION.findall(text)))


def asked(known: Mapping[str, str], questions: Mapping[str, str]) -> Sequence[str]:
    """The questions about what is not known yet: ``known`` by field, "" for what is missing (E-21, H-22)."""
    return [question for field, question in questions.items() if field in known and not known[field].strip()]
