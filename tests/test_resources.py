"""The data files are found in the checkout and in a wheel, by the same name."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desk_core.resources import resource
from tools.source import ROOT

ASK = "from desk_core.resources import resource; print(sorted(p.name for p in resource('policies').iterdir()))"


def policies() -> list[str]:
    return sorted(path.name for path in (ROOT / "resources" / "policies").iterdir())


def test_a_checkout_finds_its_resources() -> None:
    assert sorted(path.name for path in resource("policies").iterdir()) == policies()
    some = policies()[0]
    assert resource(f"policies/{some}").read_bytes() == (ROOT / "resources" / "policies" / some).read_bytes()


@pytest.mark.parametrize("name", ["../pyproject.toml", "/etc/passwd", "policies/../../dev.py", "", "a\\b", "C:/x"])
def test_a_name_cannot_lead_out_of_the_resources(name: str) -> None:
    with pytest.raises(ValueError, match="no name of a resource"):
        resource(name)


def test_a_missing_resource_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"policies/none\.toml"):
        resource("policies/none.toml")


def test_a_wheel_carries_the_resources_and_finds_them(tmp_path: Path) -> None:
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-build-isolation",
        "--no-deps",
        "--wheel-dir",
        tmp_path,
        copy(tmp_path),
    ]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    [wheel] = tmp_path.glob("*.whl")
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    found = subprocess.run([sys.executable, "-c", ASK], cwd=unpacked, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == str(policies())


def copy(to: Path) -> Path:
    """The parts of the checkout that a wheel is made of: building in the checkout itself would leave a folder behind."""
    source = to / "source"
    ignore = shutil.ignore_patterns("__pycache__")
    for name in ("desk_core", "desk_policy", "desk_client", "desk_server", "resources", "tools"):
        shutil.copytree(ROOT / name, source / name, ignore=ignore)
    shutil.copy(ROOT / "pyproject.toml", source)
    return source
