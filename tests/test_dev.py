"""dev.py on a tiny project of its own: it sets up once, says what it does, and ends cleanly with a sentence."""

import ast
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import dev
from tests.waiting import until
from tools.source import ROOT

# A build backend without dependencies, so that the tiny project installs without a network.
BACKEND = """
import zipfile

def build_editable(folder, settings=None, metadata=None):
    name = "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{name}", "w") as wheel:
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        wheel.writestr("tiny-1.dist-info/WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\nRoot-Is-Purelib: true\\n")
        wheel.writestr("tiny-1.dist-info/RECORD", "")
    return name
"""
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1"
"""
TIDY = """
import time
print("measuring", flush=True)
try:
    time.sleep(60)
except KeyboardInterrupt:
    print("tidied up", flush=True)
"""


class Tiny:
    """A project with nothing to install, and dev.py in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "benchmarks").mkdir()
        (root / "backend.py").write_text(BACKEND)
        (root / "pyproject.toml").write_text(PROJECT)
        (root / "requirements.lock").write_text("# nothing\n")
        (root / "benchmarks" / "failing.py").write_text("import sys\nprint(sys.argv[1:])\nsys.exit(3)\n")
        (root / "benchmarks" / "slow.py").write_text(TIDY)
        shutil.copy(ROOT / "dev.py", root)
        # The person's own pip settings must not decide what is tested.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        self.environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1", "PIP_INDEX_URL": "http://127.0.0.1:9/"}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "dev.py", *arguments]
        return subprocess.Popen(
            command,
            cwd=self.root,
            env=self.environment,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        with self.start(*arguments) as process:
            said, _ = process.communicate(timeout=90)
        return process.returncode, said


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    project = Tiny(tmp_path_factory.mktemp("tiny"))
    code, said = project.run("setup")
    assert code == 0, said
    assert [line.strip()[:3] for line in said.splitlines() if "/3" in line] == ["1/3", "2/3", "3/3"], (
        "progress is shown"
    )
    return project


def test_a_second_run_sets_nothing_up_and_starts_within_five_seconds(tiny: Tiny) -> None:
    began = time.monotonic()
    assert tiny.run("setup") == (0, "Everything is set up.\n")
    assert time.monotonic() - began < 5


def test_a_changed_lock_is_set_up_again(tiny: Tiny) -> None:
    (tiny.root / "requirements.lock").write_text("# nothing still\n")
    assert "Setting up" in tiny.run("setup")[1]
    assert "Setting up" not in tiny.run("setup")[1]


def test_a_moved_or_broken_environment_is_made_again(tiny: Tiny, tmp_path: Path) -> None:
    moved = Tiny(tmp_path)
    shutil.copytree(tiny.root / ".venv", tmp_path / ".venv", symlinks=True)
    python = tmp_path / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text("not a program")
    code, said = moved.run("setup")
    assert (code, "Setting up" in said) == (0, True)
    assert subprocess.run([python, "-c", "import pip"], check=False).returncode == 0


def test_without_a_network_one_sentence_says_so(tiny: Tiny) -> None:
    lock = tiny.root / "requirements.lock"
    before = lock.read_text()
    lock.write_text("six==1.17.0 --hash=sha256:" + "0" * 64 + "\n")
    code, said = tiny.run("test")
    lock.write_text(before)
    assert code == 1
    assert said.splitlines()[-1].startswith("dev.py: pip cannot reach the package index: check the network connection")
    assert "Traceback" not in said


def test_the_exit_code_of_a_benchmark_is_passed_on(tiny: Tiny) -> None:
    assert tiny.run("bench", "failing", "--full") == (3, "— failing\n['--full']\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_lets_its_program_tidy_up(tiny: Tiny, number: signal.Signals) -> None:
    with tiny.start("bench", "slow") as process:
        output = process.stdout
        assert output
        until(lambda: "measuring" in output.readline(), "the benchmark to begin")
        process.send_signal(number)
        said, _ = process.communicate(timeout=30)
    assert (process.returncode, said) == (130, "tidied up\n\ndev.py: stopped.\n")


def test_a_program_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    (tmp_path / "slow.py").write_text(TIDY)
    with pytest.raises(dev.Stop, match=r"slow\.py took longer than 1 s"):
        dev.run(sys.executable, tmp_path / "slow.py", limit=1)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nonsense"], 2, "there is no command 'nonsense'"),
        (["--help"], 0, "python3 dev.py demo"),
        (["lint", "now"], 1, "dev.py lint takes nothing more, but was given: now"),
        (["bench", "unknown"], 1, "There is no benchmark 'unknown'; there are: failing, slow."),
    ],
)
def test_a_wrong_command_is_answered_in_a_sentence(tiny: Tiny, arguments: list[str], code: int, sentence: str) -> None:
    ended, said = tiny.run(*arguments)
    assert (ended, sentence in said, "Traceback" in said) == (code, True, False), said


def test_every_command_is_explained() -> None:
    assert set(re.findall(r"dev\.py (\w+)", dev.__doc__ or "")) == set(dev.COMMANDS)


def test_an_old_python_is_told_which_one_is_needed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert dev.main(["test"]) == 1
    assert capsys.readouterr().err == "dev.py: this is Python 3.9.2; Python 3.11 or newer is needed.\n"
    ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 8))  # an old Python has to get as far as the sentence


def test_without_root_the_one_command_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(
        dev.Stop, match=r"^Run this first: sudo apt-get install --no-install-recommends libegl1 libgl1$"
    ):
        dev.install_system_packages(["libegl1", "libgl1"])


def test_without_apt_the_missing_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(dev.Stop, match="Install what Debian calls libegl1 with your system's package manager"):
        dev.install_system_packages(["libegl1"])


def test_a_missing_library_and_a_missing_venv_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "LIBRARIES", "libnowhere.so.7 libnowhere7")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    venv = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    assert dev.missing_packages() == [venv, *(["libnowhere7"] if sys.platform == "linux" else [])]


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "is not the one that requirements.lock",
        ),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "no build for this system"),
        ("Something else", "what it said is in .venv"),
    ],
)
def test_what_pip_says_becomes_a_sentence(output: str, sentence: str) -> None:
    assert sentence in dev.pip_sentence(output)


def locked() -> dict[str, str]:
    text = (ROOT / "requirements.lock").read_text()
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_the_lock_names_hashes_for_all_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text()
    entries = re.findall(r"^[\w.-]+==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert len(entries) == len(locked()) > 50
    assert not re.search(r"://|--(extra-)?index|--find-links", text)


def test_the_lock_holds_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    versions = {name.replace("_", "-").lower(): version for name, version in locked().items()}
    for requirement in map(Requirement, wanted):
        version = versions.get(requirement.name.replace("_", "-").lower(), "missing; run: python3 dev.py lock")
        assert requirement.specifier.contains(version), f"{requirement} is locked as {version}"


def test_ci_runs_the_tests_and_then_lint() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if "dev.py" in line]
    assert commands == ["python3 dev.py test", "python3 dev.py lint"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize(("ci", "ending"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_a_missing_tool_fails_under_ci_and_skips_elsewhere(
    outside_tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, ci: str, ending: type[BaseException]
) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(ending, match="the program no-such-tool is not installed"):
        outside_tool("no-such-tool")
    assert Path(outside_tool("python3")).is_file()
