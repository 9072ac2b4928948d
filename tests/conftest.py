"""What all tests share."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable

import hypothesis
import pytest

from tests.support.memory import ENOUGH, memory_folder
from tests.support.order import longest_first
from tests.support.rules import MOST, known_rules

# Registered once, or each folder's tests would have a PostgreSQL of their own.
pytest_plugins = ("tests.support.passwords", "tests.support.postgres")

if folder := memory_folder(ENOUGH):
    tempfile.tempdir = os.environ["TMPDIR"] = str(folder)

# No test may reach the person's own window, keyring, session bus or settings; programs that tests start inherit this.
HOME = tempfile.mkdtemp(prefix="desk-tests-")
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"), HOME)
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)

# Examples are judged by what they find, not by a busy machine's speed; under CI they are the same at every run.
hypothesis.settings.register_profile("desk", deadline=None, derandomize=bool(os.environ.get("CI")), print_blob=True)
hypothesis.settings.load_profile("desk")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test names at most three rules, and none that no policy has."""
    for item in items:
        named = [rule for mark in item.iter_markers("rule") for rule in mark.args]
        unknown = [rule for rule in named if rule not in known_rules()]
        if unknown or len(named) > MOST:
            raise pytest.UsageError(f"{item.nodeid} names {', '.join(unknown) or 'more than three rules'}")
    if "PYTEST_XDIST_WORKER" in os.environ:
        items[:] = longest_first(items)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """What was imported stays: no collection of garbage needs to look through it again, and every window that closes makes one."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def outside_tool() -> Callable[[str], str]:
    """Asks for a program that the project does not bring along: its path; without it the test fails under CI, else skips."""

    def ask(name: str) -> str:
        if path := shutil.which(name):
            return path
        sentence = f"the program {name} is not installed on this machine"
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)

    return ask
