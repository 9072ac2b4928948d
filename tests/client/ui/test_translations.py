"""Everything that a person reads is there in German and Italian, with their plural forms (54, 57; decision 006)."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from desk_client.services.i18n import from_core
from desk_client.ui.i18n import english, language_of, speak, tr
from desk_client.ui.sync.words import saved_here
from desk_client.ui.widgets import Action
from desk_core.wording import REFUSALS
from tools.translations import FOLDER, LANGUAGES, messages, unfinished, update

_SLOT = re.compile(r"\{\w+\}")


@pytest.fixture(autouse=True, params=LANGUAGES)
def language(request: pytest.FixtureRequest, qapp: object) -> Iterator[str]:
    """Each test is done in each language; English again afterwards."""
    assert qapp
    speak(request.param)
    yield request.param
    speak("en")
    QLocale.setDefault(QLocale.c())


@pytest.fixture
def catalogue(language: str) -> Path:
    return FOLDER / f"desk_{language}.ts"


def test_57_nothing_that_the_program_says_is_without_a_translation(
    catalogue: Path, language: str, tmp_path: Path
) -> None:
    """What lupdate finds today is translated; ``python3 dev.py translate`` says what is missing."""
    fresh = Path(shutil.copy(catalogue, tmp_path))
    update(fresh, language)
    assert unfinished(fresh) == []
    assert dict(messages(fresh)) == dict(messages(catalogue)), "run python3 dev.py translate"


def test_57_what_ships_is_what_the_catalogue_says(catalogue: Path) -> None:
    shipped = QTranslator()
    assert shipped.load(str(catalogue.with_suffix(".qm")))
    for text, words in messages(catalogue):
        if len(words) == 1:
            assert shipped.translate("", text) == words[0], "run python3 dev.py translate"


def test_data_has_the_same_places_in_every_language_and_no_letter_is_marked_as_a_key(catalogue: Path) -> None:
    """21: no mnemonic can be given twice, because there is none."""
    for text, words in messages(catalogue):
        assert "&" not in text
        for form in words:
            assert sorted(_SLOT.findall(form)) == sorted(_SLOT.findall(text)), text
            assert "&" not in form
            assert form.strip() == form or text.strip() != text, form


def test_57_plural_forms_for_0_1_2_and_5(catalogue: Path) -> None:
    """Of every text that counts: one has its own form where the language has one, and the number stands in it or is said in a word."""
    counted = [(text, words) for text, words in messages(catalogue) if len(words) > 1]
    assert len(counted) > 10
    for text, (one, many) in counted:
        for n in (0, 1, 2, 5):
            assert tr(text, "", n) == (one if n == 1 else many).replace("%n", str(n))


def test_57_counted_calls_as_they_stand_on_the_screen(language: str) -> None:
    said = {n: tr("%n calls saved here", "", n, one="%n call saved here") for n in (0, 1, 2, 5)}
    german = {n: f"{n} {'Anruf' if n == 1 else 'Anrufe'} hier gespeichert" for n in (0, 1, 2, 5)}
    italian = {n: f"{n} {'chiamata salvata' if n == 1 else 'chiamate salvate'} qui" for n in (0, 1, 2, 5)}
    assert said == {"de": german, "it": italian}[language]
    assert saved_here(()) == ""


def test_refusals_of_the_core_are_said_in_the_language(language: str) -> None:
    words = from_core(REFUSALS["held_by_other"], {"name": "Anke {role}"})
    assert words.startswith({"de": "Anke {role} bearbeitet", "it": "Anke {role} ha in mano"}[language])


def test_qts_own_words_are_in_the_language_too(qtbot: QtBot, language: str) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert {"de": "Abbrechen", "it": "Annulla"}[language] in box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_19_an_action_in_another_language_has_its_english_name() -> None:
    assert english(Action(tr("Take next")).text()) == "Take next"
    assert english(tr("{action} (begun)", action=tr("Reply"))) == "Reply (begun)"
    assert english("Nordlicht Druck GmbH") == ""


def test_54_the_setting_wins_then_the_system_then_english(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    class System:
        def uiLanguages(self) -> list[str]:
            return ["fr-CH", f"{language}-CH", "en"]

    monkeypatch.setattr(QLocale, "system", System)
    assert language_of("") == language
    assert language_of("en") == "en"
    assert language_of("tlh") == language
