"""Text blocks by a typed prefix, what is not filled in yet, and the questions of a text (15, A-35)."""

from __future__ import annotations

import pytest

from desk_core import writing
from desk_core.policy_file import load
from desk_core.policy_words import WORDS
from desk_core.resources import resource, shipped
from desk_core.writing import TextBlock

GREET = TextBlock(prefix="greet", title="Greeting", text="Good day {caller}, about {reference}: {what}")
REF = TextBlock(prefix="ref", title="Number to quote", text="{reference}")


@pytest.mark.parametrize(
    ("before", "typed"),
    [
        (";", ""),
        (";gr", "gr"),
        ("Hello ;gr", "gr"),
        ("Hello\n;GR", "GR"),
        ("Hello;gr", None),
        ("a; b", None),
        ("Hello", None),
        ("", None),
        (";grüß", "grüß"),
    ],
)
def test_15_a_prefix_is_typed_after_a_semicolon_that_begins_a_word(before: str, typed: str | None) -> None:
    assert writing.typed_prefix(before) == typed


def test_15_a_block_is_found_by_its_prefix_first_and_by_its_title() -> None:
    gr = TextBlock(prefix="gr", title="x", text="x")
    assert writing.fitting([GREET, REF, gr], "gr") == [gr, GREET]
    assert writing.fitting([GREET, REF], "NUM") == [REF]
    assert writing.fitting([GREET, REF], "") == [GREET, REF]
    assert writing.fitting([GREET, REF], "zz") == []


def test_15_what_is_known_is_filled_in_and_the_rest_blocks_sending() -> None:
    text = writing.filled_block(GREET, {"caller": "Imke {Petersen}", "reference": "", "name": "Sven"})
    assert text == "Good day Imke {Petersen}, about {reference}: {what}"
    names = writing.names_in([GREET.text, REF.text])
    assert [text[a:b] for a, b in writing.unfilled(text, names)] == ["{reference}", "{what}"]
    refusal = writing.unfilled_refusal(text, names)
    assert refusal is not None
    assert (refusal.code, refusal.text) == ("unfilled", "Fill in or delete {reference}, {what} first.")
    # What only looks like one, such as a piece of a program, is a customer's to read.
    assert writing.unfilled_refusal("if (x) {return} {}", names) is None


def test_15_an_own_block_needs_a_prefix_of_its_own_and_a_text() -> None:
    def code(block: TextBlock) -> str:
        refusal = writing.block_refusal(block, [GREET])
        return refusal.code if refusal is not None else ""

    assert code(REF) == ""
    assert code(TextBlock(prefix="GREET", title="x", text="x")) == "prefix_taken"
    assert code(TextBlock(prefix="two words", title="x", text="x")) == "bad_prefix"
    assert code(TextBlock(prefix="", title="x", text="x")) == "bad_prefix"
    assert code(TextBlock(prefix="x", title="x", text=" ")) == "missing_text"


def test_a35_the_questions_of_a_text_are_a_list() -> None:
    text = "Thank you. Which label size do you use?\nAnd, by the way,\nsince when? Really?! ??? A link: http://x/?y=1"
    assert writing.questions_in(text) == ("Which label size do you use?", "since when?", "Really?")
    assert writing.questions_in("Nothing is asked.") == ()


def test_e21_h22_what_is_not_known_is_asked_for() -> None:
    known = {"product": "LabelJet", "serial": " ", "why": ""}
    assert writing.asked(known, {"serial": "Which number?", "why": "What for?", "phone": "Where?"}) == [
        "Which number?",
        "What for?",
    ]


@pytest.mark.parametrize("language", shipped("text_blocks"))
def test_15_the_blocks_that_ship_can_be_read_and_speak_every_language_of_a_policy(language: str) -> None:
    found = writing.shipped_blocks(resource(f"text_blocks/{language}.toml").read_text(encoding="utf-8"))
    prefixes = [block.prefix for block in found.block]
    assert len(set(prefixes)) == len(prefixes)
    assert all(writing.block_refusal(block, []) is None for block in found.block)
    # What looks like a word of a message is one; what is filled in by hand has blanks, or is no word of a message.
    assert {"caller", "reference"} <= writing.names_in(block.text for block in found.block) & set(WORDS)
    languages = {
        load(resource(f"policies/{name}.toml").read_text(encoding="utf-8")).head.language
        for name in shipped("policies")
    }
    assert {each.partition("-")[0] for each in languages} <= set(shipped("text_blocks"))
