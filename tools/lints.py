"""The project's own rules about its code, where no ready linter has them: `python -m tools.lints`.

Each rule yields line and message of what it finds in one module; `RULES` is the list of them all.
"""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Callable, Iterable, Iterator

from tools.source import PACKAGES, Module, below, called, last_name, modules

Findings = Iterator[tuple[int, str]]

WIDGETS = "desk_client.ui.widgets"
TRANSPORT = ("desk_client.sync.transport", "desk_client.sync.trust")

# They guess whether a text is HTML and then load what it names.
RICH_TEXT_CLASSES = {
    "QErrorMessage",
    "QInputDialog",
    "QLabel",
    "QMessageBox",
    "QProgressDialog",
    "QSplashScreen",
    "QTextBrowser",
    "QTextEdit",
    "QToolTip",
    "QWhatsThis",
}

# Methods that show a person the text they are given, wherever among their arguments it stands.
TEXT_METHODS = {
    "addAction",
    "addButton",
    "addItem",
    "addItems",
    "addMenu",
    "addRow",
    "addSection",
    "addTab",
    "addToolBar",
    "insertAction",
    "insertItem",
    "insertTab",
    "setAccessibleDescription",
    "setAccessibleName",
    "setApplicationDisplayName",
    "setButtonText",
    "setDetailedText",
    "setHeaderLabels",
    "setHorizontalHeaderLabels",
    "setIconText",
    "setInformativeText",
    "setItemText",
    "setLabelText",
    "setPlaceholderText",
    "setPlainText",
    "setPrefix",
    "setSpecialValueText",
    "setStatusTip",
    "setSubTitle",
    "setSuffix",
    "setTabText",
    "setText",
    "setTitle",
    "setToolTip",
    "setVerticalHeaderLabels",
    "setWhatsThis",
    "setWindowTitle",
    "showMessage",
}
TEXT_CLASSES = re.compile(r"Q(Action|\w*Button|CheckBox|DockWidget|GroupBox|Label|Menu|MessageBox|ToolBar)")
# Our own widgets and helpers: at which positions their texts stand; other arguments name styles and icons.
TEXT_POSITIONS = {
    "Action": (0,),
    "Chip": (1,),
    "Choice": (1,),
    "EmptyState": (1, 2),
    "Field": (0,),
    "Heading": (0,),
    "Label": (0,),
    "ReferenceLabel": (0,),
    "Secondary": (0,),
    "TextArea": (0,),
    "announce": (1,),
    "ask": (1, 2),
    "block": (0,),
    "message_box": (1, 2),
    "set_error": (0,),
    "set_text": (0,),
    "set_tooltip": (1,),
    "show_message": (1,),
    "show_state": (1,),
}
TEXT_KEYWORDS = {"caption", "heading", "label", "message", "placeholder", "sentence", "text", "title", "words"}
COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
TRANSLATE = "tr"
_WAITS = {"sleep": "time.sleep", "wait": "qtbot.wait", "qWait": "QTest.qWait"}
_SILENCED = re.compile(r"#\s*(type:\s*ignore(?!\[)|noqa(?!:\s*[A-Z]+\d))")


def raw_text_class(module: Module) -> Findings:
    """R33–R36: a text from outside must never be read as HTML; the classes that guess stay behind our own widgets."""
    if not below(module.name, "desk_client", "demo") or below(module.name, WIDGETS):
        return
    for node in module.running:
        if isinstance(node, ast.Attribute):
            names = {node.attr}
        elif isinstance(node, ast.ImportFrom):
            names = {alias.name for alias in node.names}
        else:
            continue
        for name in sorted(RICH_TEXT_CLASSES & names):
            yield node.lineno, f"{name} may read a text as HTML; use the widget of {WIDGETS} that shows plain text."
        if isinstance(node, ast.Attribute) and node.attr == "setToolTip":
            yield node.lineno, f"A tooltip may be read as HTML; use set_tooltip of {WIDGETS}."


def untranslated_text(module: Module) -> Findings:
    """Every text of the window goes through `tr`, and `tr` gets the literal that the translators' tool can find."""
    if not below(module.name, "desk_client.ui"):
        return
    for node in module.running:
        if not isinstance(node, ast.Call):
            continue
        name = called(node)
        if name == TRANSLATE and node.args and not is_text(node.args[0]):
            yield node.lineno, "tr() needs a plain literal: put {names} into it and pass their values."
        for text in [text for argument in shown(node, name) for text in literals(argument)]:
            yield node.lineno, f"{text!r} is shown to a person: write tr({text!r})."


def shown(node: ast.Call, name: str) -> Iterator[ast.expr]:
    """The arguments of a call that a person gets to see."""
    yield from (keyword.value for keyword in node.keywords if keyword.arg in TEXT_KEYWORDS)
    if name in TEXT_POSITIONS:
        yield from (node.args[position] for position in TEXT_POSITIONS[name] if position < len(node.args))
    elif name in TEXT_METHODS or TEXT_CLASSES.fullmatch(name):
        for argument in node.args:
            yield argument
            if is_text(argument) or (isinstance(argument, ast.Call) and called(argument) == TRANSLATE):
                return  # what follows the text is data or a shortcut


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def literals(node: ast.AST) -> Iterator[str]:
    """The literals with letters that become (part of) the value of an expression."""
    match node:
        case ast.Constant(value=str(text)):
            if any(character.isalpha() for character in text) and not COLOUR.fullmatch(text):
                yield text
        case ast.JoinedStr(values=parts) | ast.List(elts=parts) | ast.Tuple(elts=parts):
            for part in parts:
                yield from literals(part)
        case ast.BinOp(left=left, right=right):
            yield from literals(left)
            yield from literals(right)
        case ast.IfExp(body=body, orelse=orelse):
            yield from literals(body)
            yield from literals(orelse)
        case ast.BoolOp(values=parts):
            for part in parts:
                yield from literals(part)
        case ast.Call(func=ast.Attribute(value=ast.Constant() as text, attr="format" | "upper" | "title")):
            yield from literals(text)


def application_arguments(module: Module) -> Findings:
    """Qt obeys switches such as -platform and -stylesheet; a link handler must not be able to pass them."""
    for node in module.nodes:
        if not isinstance(node, ast.Call) or called(node) not in (
            "QApplication",
            "QGuiApplication",
            "QCoreApplication",
        ):
            continue
        if [ast.unparse(argument) for argument in node.args] != ["sys.argv[:1]"]:
            yield node.lineno, f"{called(node)} is given sys.argv[:1] and nothing else."


def requests_elsewhere(module: Module) -> Findings:
    """The transport and the trust it makes set deadlines, redirects and environment for all that goes over the network."""
    if below(module.name, *PACKAGES) and not below(module.name, *TRANSPORT):
        for line, name in module.imports:
            if below(name, "requests"):
                yield line, f"requests is used in {' and '.join(TRANSPORT)} alone."


def sleeping_test(module: Module) -> Findings:
    """A test that waits a fixed time is slow on a fast machine and fails on a slow one."""
    if not below(module.name, "tests"):
        return
    for line, name in module.imports:
        if name == "time.sleep":
            yield line, "Tests do not sleep: poll with tests.waiting.until."
    for node in module.nodes:
        if isinstance(node, ast.Call) and called(node) in _WAITS and ast.unparse(node.func) in _WAITS.values():
            yield node.lineno, "Tests do not sleep: poll with tests.waiting.until or qtbot.waitUntil."


def clock_without_zone(module: Module) -> Findings:
    """An instant without a zone means another time on another machine."""
    for node in module.nodes:
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        owner, method = last_name(node.func.value), node.func.attr
        bare_now = method == "now" and not node.args and not node.keywords
        if (owner == "datetime" and (bare_now or method in ("utcnow", "today"))) or (owner, method) == (
            "date",
            "today",
        ):
            yield node.lineno, f"{owner}.{method}() has no zone: use datetime.now(UTC)."


def silenced_without_code(module: Module) -> Findings:
    """A comment that silences a checker names the one finding that it means."""
    if not _SILENCED.search(module.text):
        return
    for token in tokenize.generate_tokens(io.StringIO(module.text).readline):
        if token.type == tokenize.COMMENT and _SILENCED.search(token.string):
            yield token.start[0], "Name what is silenced: type: ignore[code], noqa: CODE."


RULES: tuple[Callable[[Module], Findings], ...] = (
    raw_text_class,
    untranslated_text,
    application_arguments,
    requests_elsewhere,
    sleeping_test,
    clock_without_zone,
    silenced_without_code,
)


def findings(of: Iterable[Module]) -> list[str]:
    """One line for each finding: place, rule, and what would be right."""
    return [
        f"{module.path}:{line}: {rule.__name__}: {message}"
        for module in of
        for rule in RULES
        for line, message in rule(module)
    ]


def main() -> int:
    found = findings(modules())
    print("\n".join(found) or "no findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
