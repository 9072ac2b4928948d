"""Every text can be translated with Qt's own tools."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

from desk_client.ui.i18n import tr

SOURCE = """
from desk_client.ui.i18n import tr
class Screen:
    def words(self, time, count):
        return tr("late {time}", time=time), tr("%n calls saved here", "", count, one="%n call saved here")
def two(a, b):
    return tr("{a} of {b}", a=a, b=b)
"""

WORDS = {
    "late {time}": "{time} zu spät",
    "%n calls saved here": ("%n Anruf gesichert", "%n Anrufe gesichert"),
    "{a} of {b}": "{a} von {b}",
}


def tool(name: str, *arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).parent / name, *arguments], check=True, capture_output=True)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """What lupdate finds in a screen of ours."""
    (tmp_path / "screen.py").write_text(SOURCE)
    tool("pyside6-lupdate", tmp_path / "screen.py", "-ts", tmp_path / "desk_de.ts")
    return tmp_path / "desk_de.ts"


def test_lupdate_finds_texts_and_plurals_in_one_context(catalogue: Path) -> None:
    root = ElementTree.parse(catalogue).getroot()  # noqa: S314 - the file was just made by lupdate
    assert [context.findtext("name") for context in root.iter("context")] == [""]
    found = {message.findtext("source"): message.get("numerus") for message in root.iter("message")}
    assert found == {"late {time}": None, "%n calls saved here": "yes", "{a} of {b}": None}


def test_a_catalogue_made_with_the_tools_is_used(catalogue: Path) -> None:
    """57: other languages bring their own plural forms."""
    tree = ElementTree.parse(catalogue)  # noqa: S314 - the file was just made by lupdate
    tree.getroot().set("language", "de")
    for message in tree.iter("message"):
        words = WORDS[message.findtext("source", "")]
        translation = message.find("translation")
        assert translation is not None
        translation.clear()
        if isinstance(words, str):
            translation.text = words
        else:
            for form in words:
                ElementTree.SubElement(translation, "numerusform").text = form
    tree.write(catalogue, encoding="utf-8", xml_declaration=True)
    tool("pyside6-lrelease", catalogue, "-qm", catalogue.with_suffix(".qm"))
    german = QTranslator()
    assert german.load(str(catalogue.with_suffix(".qm")))
    QCoreApplication.installTranslator(german)
    try:
        assert tr("late {time}", time="18 min") == "18 min zu spät"
        saved = [tr("%n calls saved here", "", n, one="%n call saved here") for n in (0, 1, 5)]
        assert saved == ["0 Anrufe gesichert", "1 Anruf gesichert", "5 Anrufe gesichert"]
    finally:
        QCoreApplication.removeTranslator(german)


def test_english_needs_no_catalogue() -> None:
    saved = [tr("%n calls saved here", "", n, one="%n call saved here") for n in (0, 1, 2, 5)]
    assert saved == ["0 calls saved here", "1 call saved here", "2 calls saved here", "5 calls saved here"]


def test_data_is_never_a_format_string() -> None:
    """R40: no attribute access, no second round of filling."""
    assert tr("{name} · {role}", name="{role.__class__}", role="agent") == "{role.__class__} · agent"
    assert tr("{name.__class__} {0}", name="x") == "{name.__class__} {0}"
