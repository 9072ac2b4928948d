"""Each of the project's own lints finds a planted violation, leaves what is allowed alone, and finds nothing in the project."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools import lints
from tools.source import forget, modules, read

UI = "desk_client/ui/calls/form.py"
WIDGETS = "desk_client/ui/widgets/text.py"
TEST = "tests/client/test_x.py"

FOUND = [
    ("raw_text_class", UI, "from PySide6.QtWidgets import QLabel"),
    ("raw_text_class", UI, "from PySide6 import QtWidgets\nQtWidgets.QMessageBox.warning(None, a, b)"),
    ("raw_text_class", "desk_client/system/notes.py", "from PySide6.QtWidgets import QToolTip"),
    ("raw_text_class", UI, "from PySide6.QtWidgets import QTextEdit, QWidget"),
    ("raw_text_class", UI, "self.field.setToolTip(ticket.subject)"),
    ("untranslated_text", UI, "self.title.setText('Late')"),
    ("untranslated_text", UI, "button = QPushButton('Take next', self)"),
    ("untranslated_text", UI, "title = Label('Ticket')"),
    ("untranslated_text", UI, "menu.addAction('Close')"),
    ("untranslated_text", UI, "menu.addAction(icon, 'Close', self.close)"),
    ("untranslated_text", UI, "action = QAction(text='Close')"),
    ("untranslated_text", UI, "field.setPlaceholderText('Company' if known else 'Caller')"),
    ("untranslated_text", UI, "field.setAccessibleName(f'Phone of {name}')"),
    ("untranslated_text", UI, "window.setWindowTitle('Desk: ' + name)"),
    ("untranslated_text", UI, "window.setWindowTitle('{} open'.format(count))"),
    ("untranslated_text", UI, "table.setHeaderLabels(['Ticket', tr('Due')])"),
    ("untranslated_text", UI, "set_tooltip(field, 'As the caller says it')"),
    ("untranslated_text", UI, "field = Field(tr('Phone'), placeholder='As they say it')"),
    ("untranslated_text", UI, "empty = EmptyState('inbox', 'Nothing waits', why)"),
    ("untranslated_text", UI, "title = tr(f'Ticket {reference}')"),
    ("untranslated_text", UI, "title = tr(wording)"),
    ("application_arguments", UI, "app = QApplication(sys.argv)"),
    ("application_arguments", "demo/window.py", "app = QtWidgets.QApplication([*sys.argv, '-style', 'fusion'])"),
    ("requests_elsewhere", "desk_client/services/session.py", "import requests"),
    ("requests_elsewhere", "desk_server/mail/service.py", "from requests.adapters import HTTPAdapter"),
    ("sleeping_test", TEST, "import time\ntime.sleep(1)"),
    ("sleeping_test", TEST, "from time import sleep"),
    ("sleeping_test", TEST, "def test_x(qtbot):\n    qtbot.wait(100)"),
    ("clock_without_zone", "desk_server/app.py", "from datetime import datetime\nx = datetime.now()"),
    ("clock_without_zone", TEST, "import datetime\nx = datetime.datetime.utcnow()"),
    ("clock_without_zone", TEST, "from datetime import date\nx = date.today()"),
    ("silenced_without_code", TEST, "x = y  # type: ignore"),
    ("silenced_without_code", TEST, "x = y  # noqa"),
]

ALLOWED = [
    (WIDGETS, "from PySide6.QtWidgets import QLabel\nself.setToolTip(html.escape(text))"),
    (UI, "from PySide6.QtWidgets import QPlainTextEdit, QPushButton"),
    (UI, "if TYPE_CHECKING:\n    from PySide6.QtWidgets import QLabel"),
    (UI, "self.title.setText(tr('Late {minutes} min', minutes=minutes))"),
    (UI, "self.title.setText('◆ 18:40')"),
    (UI, "self.title.setText(ticket.subject or tr('No subject'))"),
    (UI, "self.title.setObjectName('title')\nself.title.setProperty('type', 'heading')"),
    (UI, "title = Label(name, 'strong')\nicon = Button(action, icon='close')"),
    (UI, "colours = Palette(window='#14181D', text='#E7EBF0')"),
    (UI, "box.addItem(tr('New contact'), 'new')\nmenu.addAction(tr('Search'), 'Ctrl+F')"),
    (UI, "text = tr('%n calls saved here', '', count, one='%n call saved here')"),
    (UI, "app = QApplication(sys.argv[:1])"),
    ("desk_client/services/calls.py", "self.form.setText('a service has no window')"),
    ("desk_client/sync/transport.py", "import requests"),
    (TEST, "until(lambda: server.ready)\nqtbot.waitUntil(lambda: window.ready)"),
    ("demo/server.py", "import time\ntime.sleep(0.05)"),
    (TEST, "from datetime import UTC, datetime\nx = datetime.now(UTC)"),
    (TEST, "x = y  # type: ignore[attr-defined]\nz = 'a comment says # noqa'  # noqa: E501"),
]


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    """The syntax trees do not stay in memory for the tests to come."""
    yield
    forget()


def findings(tmp_path: Path, path: str, text: str) -> list[str]:
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text(text + "\n")
    return lints.findings([read(tmp_path / path, tmp_path)])


@pytest.mark.parametrize(("rule", "path", "text"), FOUND)
def test_a_planted_violation_is_found(tmp_path: Path, rule: str, path: str, text: str) -> None:
    found = findings(tmp_path, path, text)
    assert {line.split(": ")[1] for line in found} == {rule}
    assert found[0].startswith(path + ":")


@pytest.mark.parametrize(("path", "text"), ALLOWED)
def test_what_is_allowed_is_left_alone(tmp_path: Path, path: str, text: str) -> None:
    assert findings(tmp_path, path, text) == []


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule.__name__ for rule in lints.RULES} == {rule for rule, _, _ in FOUND}


def test_the_project_keeps_its_own_rules() -> None:
    assert lints.findings(modules()) == []
