"""PySide6 6.12.0 on CPython 3.11 loses a reference to True at every emit and aborts after some 570 of them."""

import subprocess
import sys
from importlib.metadata import version

EMITS = """
from PySide6.QtCore import QObject, Signal

class Bell(QObject):
    rang = Signal(bool)

bell, heard = Bell(), []
bell.rang.connect(heard.append)
for _ in range(2000):
    bell.rang.emit(True)
assert len(heard) == 2000 and all(heard)
"""


def test_two_thousand_emits_do_not_abort() -> None:
    ended = subprocess.run([sys.executable, "-c", EMITS], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_pyside_stays_below_the_broken_version() -> None:
    assert version("PySide6-Essentials").split(".")[:2] == ["6", "11"]
