"""The catalogues of the window: `python3 dev.py translate` gathers every text, keeps what is translated, and compiles it.

Qt's own tools do the work: lupdate reads the bare `tr("…")` of `desk_client` (not of the terminal, which speaks English); sentences that
have no `tr` around them, because they come from the core or from a part without a language, are handed to it as if they had. What nobody
has translated yet stays marked as unfinished: open the file in Qt Linguist, or edit it by hand, and run this again. A test fails while
anything is unfinished.
"""

import ast
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from desk_core.explanation_texts import TEXTS
from desk_core.wording import HINTS, REFUSALS
from tools.source import ROOT

LANGUAGES = ("de", "it")
FOLDER = ROOT / "resources" / "translations"
CLIENT = ROOT / "desk_client"
# Parts that speak plain English sentences, which the window looks up when it shows them.
SPEAKING = ("models", "services", "sync", "system")
_SENTENCE = re.compile(r"[A-Z“].* .*[.!]", re.DOTALL)


def main() -> int:
    """Bring the catalogues up to date; 1 while something is not translated."""
    FOLDER.mkdir(exist_ok=True)
    missing = 0
    for language in LANGUAGES:
        catalogue = FOLDER / f"desk_{language}.ts"
        update(catalogue, language)
        compile_(catalogue, catalogue.with_suffix(".qm"))
        for text in unfinished(catalogue):
            missing += 1
            print(f"{catalogue.name}: not translated: {text}")
    print(f"{missing} texts are not translated." if missing else "Everything is translated.")
    return 1 if missing else 0


def update(catalogue: Path, language: str) -> None:
    """Add what is new, drop what is gone, keep the rest."""
    with tempfile.TemporaryDirectory() as folder:
        further = Path(folder) / "without_tr.py"
        further.write_text(
            "".join(f"tr({json.dumps(t, ensure_ascii=False)})\n" for t in without_tr()), encoding="utf-8"
        )
        sources = [str(path) for path in sorted(CLIENT.rglob("*.py")) if CLIENT / "cli" not in path.parents]
        tool(
            "lupdate", *sources, str(further), "-no-obsolete", "-locations", "none", "-source-language", "en",
            "-target-language", language, "-ts", str(catalogue),
        )  # fmt: skip


def compile_(catalogue: Path, to: Path) -> None:
    """Make what the program reads."""
    tool("lrelease", str(catalogue), "-qm", str(to))


def without_tr() -> list[str]:
    """The texts that reach a person without a `tr` in their source: of the core, and of the parts that know no language."""
    spoken = {
        text
        for part in SPEAKING
        for path in (CLIENT / part).rglob("*.py")
        for text in sentences(path.read_text("utf-8"))
    }
    return sorted({*REFUSALS.values(), *HINTS.values(), *TEXTS, *spoken})


def sentences(source: str) -> Iterator[str]:
    """Whole sentences in a module that stand in no docstring and in no `tr`."""
    tree = ast.parse(source)
    skipped: set[int] = set()
    for node in ast.walk(tree):
        docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        translated = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr"
        if docstring or translated or isinstance(node, ast.JoinedStr):
            skipped |= {id(each) for each in ast.walk(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in skipped else None
        if isinstance(text, str) and _SENTENCE.fullmatch(text):
            yield text


def messages(catalogue: Path) -> Iterator[tuple[str, list[str]]]:
    """Each text with its translation, or its plural forms; "" for what is unfinished."""
    for message in ElementTree.parse(catalogue).getroot().iter("message"):  # noqa: S314 - a file of this project
        found = message.find("translation")
        forms = [form.text or "" for form in found.iter("numerusform")] if found is not None else []
        words = forms or [found.text or "" if found is not None else ""]
        open_ = found is None or found.get("type") == "unfinished"
        yield message.findtext("source", ""), [""] * len(words) if open_ else words


def unfinished(catalogue: Path) -> list[str]:
    """The texts that nobody has translated."""
    return [text for text, words in messages(catalogue) if not all(words)]


def tool(name: str, *arguments: str) -> None:
    """Run one of Qt's tools, which came with PySide."""
    subprocess.run([Path(sys.executable).parent / f"pyside6-{name}", *arguments], check=True, capture_output=True)


if __name__ == "__main__":
    sys.exit(main())
