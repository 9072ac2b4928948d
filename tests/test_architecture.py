"""The import rules of the house (docs/decisions), one readable row each, over all that runs; imports for type checkers are left out."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.source import PACKAGES, PLACES, ROOT, Module, below, called, forget, modules

# Who may import what of ours, besides itself. The longest matching row counts.
ROOMS = {
    "desk_core": [],
    "desk_policy": ["desk_core"],
    "desk_client.ui": ["desk_client.services", "desk_core"],
    "desk_client.ui.app": [
        "desk_client.ui",
        "desk_client.services",
        "desk_client.bootstrap",
        "desk_client.system",
        "desk_core",
    ],
    "desk_client.services": ["desk_client.models", "desk_core"],
    "desk_client.sync": ["desk_client.models", "desk_core"],
    "desk_client.models": ["desk_core"],
    "desk_client.system": [],
    "desk_client.bootstrap": [
        *("desk_client.services", "desk_client.sync", "desk_client.models", "desk_client.system", "desk_core"),
    ],
    "desk_client.__main__": ["desk_client", "desk_core"],
    "desk_client.cli": ["desk_client", "desk_core"],
    "desk_server": ["desk_core"],
}

# The server's features; besides them it has db/, single modules that all may use, and the command line, which starts them all.
FEATURES = ["accounts", "sync", "mail", "telephony", "web", "reports", "jobs", "imports", "demo"]
COMMANDS = "commands"

# Who may import a third party's package.
ONLY_IN = {
    "PySide6": ["desk_client.ui", "desk_client.system"],
    "shiboken6": ["desk_client.ui", "desk_client.system"],
    "sqlalchemy": ["desk_client.models", "desk_server"],
    "sqlalchemy.orm": ["desk_server"],
    "sqlalchemy.ext": ["desk_server"],
}

# GPL or commercial, though the wheel's metadata says LGPL.
NEVER = ["PySide6.QtCharts", "PySide6.QtGraphs", "PySide6.QtGraphsWidgets", "PySide6.QtDataVisualization"]

# desk_core decides from what it is given: no clock, no disk, no network, no other process.
CORE_THIRD_PARTIES = ["msgspec", "stdnum", "phonenumbers"]
CORE_NEVER = """
    time sched os io pathlib shutil tempfile glob fileinput mmap sqlite3 dbm shelve logging
    socket ssl select selectors asyncio http urllib.request smtplib imaplib ftplib socketserver
    subprocess multiprocessing threading concurrent signal platform getpass
"""
CORE_CALLS_NEVER = [
    "open",
    "input",
    "print",
    "now",
    "utcnow",
    "today",
    "time_ns",
    "uuid1",
    "uuid4",
    "read_text",
    "read_bytes",
    "write_text",
]

# Which extras of pyproject.toml bring what a package imports, besides what all of them get.
EXTRAS = {
    "desk_core": [],
    "desk_policy": ["server"],  # for the proposed holidays alone; without it the other commands run
    "desk_client": ["client"],
    "desk_server": ["server"],
    "demo": ["client", "server"],
    "benchmarks": ["client", "server", "dev"],
    "tests": ["client", "server", "dev"],
    "tools": ["dev"],
}

# A policy's name belongs into its policy file.
ORGANISATIONS = re.compile(r"akixi|ask4|expandit|hamburg|woking|\bhosting\b", re.IGNORECASE)

BROUGHT_BY = packages_distributions()
OURS = {Path(place).stem for place in PLACES}

FILE_LINES = 400
FUNCTION_LINES = 50


@pytest.fixture(scope="module", autouse=True)
def _forgotten() -> Iterator[None]:
    """The syntax trees do not stay in memory for the tests to come."""
    yield
    forget()


def room_of(name: str) -> str:
    """The row of ROOMS that a module of ours falls under; empty if it stands in no room of the house."""
    return max((room for room in ROOMS if below(name, room)), key=len, default="")


def wrong_ways(module: Module) -> list[str]:
    """Imports of ours that point the wrong way, and modules outside every room."""
    room = room_of(module.name)
    if not room:
        return (
            [] if module.name == "desk_client" else [f"{module.path}: is in no room of the house: {', '.join(ROOMS)}"]
        )
    return [
        f"{module.path}:{line}: {room} must not import {name}"
        for line, name in module.imports
        if below(name, *PACKAGES) and not below(name, room, *ROOMS[room])
    ]


def side_doors(module: Module) -> list[str]:
    """Features of the server reach each other only through their service modules, and none of them reaches the wiring."""
    here = [*module.name.split("."), ""]
    if here[1] == COMMANDS:
        return []
    if here[1] not in (*FEATURES, "db"):
        if module.path.count("/") > 1:
            return [
                f"{module.path}: desk_server/{here[1]} is no feature of the server; those are {', '.join(FEATURES)}"
            ]
        return []
    found = []
    for line, name in module.imports:
        there = [*name.split("."), "", ""]
        if there[0] != "desk_server" or there[1] == here[1]:
            continue
        past_the_service = there[1] in FEATURES and (here[1] == "db" or there[2] != "service")
        if past_the_service or there[1] in ("app", "__main__", COMMANDS):
            found.append(f"{module.path}:{line}: desk_server.{here[1]} must not import {name}")
    return found


def strangers(module: Module) -> list[str]:
    """Packages of third parties where they do not belong."""
    found = []
    for line, name in module.imports:
        room = max((package for package in ONLY_IN if below(name, package)), key=len, default="")
        if room and not below(module.name, *ONLY_IN[room]):
            found.append(f"{module.path}:{line}: {room} belongs in {' and '.join(ONLY_IN[room])} alone")
    return found


def impurities(module: Module) -> list[str]:
    """What makes desk_core depend on the moment, the machine or the network."""
    found = []
    for line, name in module.imports:
        ours = below(name, "desk_core", *CORE_THIRD_PARTIES) or name.partition(".")[0] in sys.stdlib_module_names
        if not ours or below(name, *CORE_NEVER.split()):
            found.append(f"{module.path}:{line}: desk_core must not import {name}")
    for node in module.nodes:
        if isinstance(node, ast.Call) and called(node) in CORE_CALLS_NEVER:
            found.append(f"{module.path}:{node.lineno}: desk_core must not call {called(node)}()")
    return found


@cache
def declared(place: str) -> set[str]:
    """The distributions that pyproject.toml brings to one of our packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [project["optional-dependencies"][extra] for extra in EXTRAS[place]]
    return {canonicalize_name(Requirement(line).name) for line in chain(project["dependencies"], *extras)}


def undeclared(module: Module) -> list[str]:
    """Imports of third parties that pyproject.toml does not bring to this package; they would be there by luck."""
    found = []
    for line, name in module.imports:
        top = name.partition(".")[0]
        bringers = {canonicalize_name(bringer) for bringer in BROUGHT_BY.get(top, [top])}
        foreign = top not in OURS and top not in sys.stdlib_module_names
        if foreign and not bringers & declared(module.path.split("/")[0]):
            found.append(
                f"{module.path}:{line}: pyproject.toml does not ask for {top} here ({' or '.join(sorted(bringers))})"
            )
    return found


def sees_both(module: Module) -> bool:
    seen = {name.partition(".")[0] for _, name in module.imports}
    return {"desk_client", "desk_server"} <= seen


def too_long(module: Module) -> list[str]:
    lines = module.text.count("\n")
    found = [f"{module.path}: {lines} lines"] if lines > FILE_LINES else []
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{module.path}:{node.lineno}: {node.name} has {length} lines")
    return found


def every(rule: Callable[[Module], list[str]], *places: str, root: Path = ROOT) -> list[str]:
    return [finding for module in modules(root, places) for finding in rule(module)]


def test_imports_point_the_way_of_the_house() -> None:
    assert every(wrong_ways, *PACKAGES) == []


def test_server_features_meet_at_their_services() -> None:
    assert every(side_doors, "desk_server") == []


def test_qt_and_sqlalchemy_stay_in_their_rooms() -> None:
    assert every(strangers, *PACKAGES) == []


def test_core_is_pure() -> None:
    assert every(impurities, "desk_core") == []


def test_only_journeys_histories_kills_and_acceptance_see_client_and_server() -> None:
    both = [module.path for module in modules() if sees_both(module)]
    allowed = ("tests/journeys/", "tests/simulation/", "tests/kill_matrix/", "tests/acceptance/")
    assert [path for path in both if not path.startswith(allowed)] == []


def test_every_import_is_asked_for_in_pyproject() -> None:
    assert every(undeclared, *EXTRAS) == []


def test_no_module_uses_the_charts_that_are_not_lgpl() -> None:
    assert [f"{m.path}:{line}: {name}" for m in modules() for line, name in m.imports if below(name, *NEVER)] == []


def test_no_program_names_an_organisation() -> None:
    """What differs between organisations is in their policy files; a program that names one has a rule in the wrong place."""
    named = [
        (module.path, found[0]) for module in modules(ROOT, PACKAGES) if (found := ORGANISATIONS.search(module.text))
    ]
    assert named == []


def test_files_and_functions_are_read_in_one_sitting() -> None:
    assert every(too_long, *PLACES) == []


PLANTED = [
    (wrong_ways, "desk_core/x.py", "from desk_client import models"),
    (wrong_ways, "desk_policy/x.py", "import desk_server.app"),
    (wrong_ways, "desk_client/ui/x.py", "from desk_client.models import outbox"),
    (wrong_ways, "desk_client/ui/x.py", "import importlib\nimportlib.import_module('desk_client.bootstrap')"),
    (wrong_ways, "desk_client/services/x.py", "from desk_client.sync.engine import Engine"),
    (wrong_ways, "desk_client/services/x.py", "def f():\n    from ..ui import app"),
    (wrong_ways, "desk_client/models/x.py", "from desk_client.services import calls"),
    (wrong_ways, "desk_client/system/x.py", "import desk_core.clocks"),
    (wrong_ways, "desk_client/bootstrap.py", "from desk_client.ui import app"),
    (wrong_ways, "desk_client/helpers.py", "x = 1"),
    (wrong_ways, "desk_server/x.py", "from desk_policy import check"),
    (side_doors, "desk_server/sync/x.py", "from desk_server.accounts.queries import member"),
    (side_doors, "desk_server/sync/x.py", "from desk_server.app import create_app"),
    (side_doors, "desk_server/db/x.py", "from desk_server.accounts import service"),
    (side_doors, "desk_server/sync/x.py", "from desk_server.commands import data"),
    (side_doors, "desk_server/stuff/x.py", "x = 1"),
    (strangers, "desk_client/bootstrap.py", "from PySide6.QtCore import QObject"),
    (strangers, "desk_client/sync/x.py", "import sqlalchemy as sa"),
    (strangers, "desk_client/models/x.py", "from sqlalchemy.orm import Session"),
    (impurities, "desk_core/x.py", "import os"),
    (impurities, "desk_core/x.py", "from time import monotonic"),
    (impurities, "desk_core/x.py", "import requests"),
    (impurities, "desk_core/x.py", "from datetime import UTC, datetime\nx = datetime.now(UTC)"),
    (impurities, "desk_core/x.py", "open('x')"),
    (undeclared, "desk_core/x.py", "import requests"),
    (undeclared, "desk_client/x.py", "import litestar"),
    (undeclared, "desk_server/x.py", "import no_such_package"),
    (too_long, "desk_core/x.py", "x = 1\n" * 401),
    (too_long, "desk_core/x.py", "def f():\n" + "    x = 1\n" * 50),
]

HARMLESS = [
    (wrong_ways, "desk_client/ui/x.py", "if TYPE_CHECKING:\n    from desk_client.models import outbox"),
    (wrong_ways, "desk_client/ui/app.py", "from desk_client import bootstrap, system"),
    (wrong_ways, "desk_client/__main__.py", "from desk_client.ui import app"),
    (
        side_doors,
        "desk_server/sync/x.py",
        "from desk_server.accounts import service\nfrom desk_server.db import engine",
    ),
    (side_doors, "desk_server/app.py", "from desk_server.accounts import routes"),
    (side_doors, "desk_server/commands/x.py", "from desk_server import app"),
    (strangers, "desk_client/system/x.py", "from PySide6.QtDBus import QDBusConnection"),
    (impurities, "desk_core/x.py", "from datetime import UTC, datetime\nimport zoneinfo, msgspec, stdnum.damm"),
    (undeclared, "desk_client/x.py", "import PySide6.QtCore, desk_core.calls, phonenumbers"),
    (too_long, "desk_core/x.py", "def f():\n" + "    x = 1\n" * 49),
]


def planted(root: Path, path: str, text: str) -> str:
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text)
    return path


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED)
def test_a_planted_violation_is_found(
    tmp_path: Path, rule: Callable[[Module], list[str]], path: str, text: str
) -> None:
    assert every(rule, planted(tmp_path, path, text), root=tmp_path) != []


@pytest.mark.parametrize(("rule", "path", "text"), HARMLESS)
def test_what_the_house_allows_is_not_found(
    tmp_path: Path, rule: Callable[[Module], list[str]], path: str, text: str
) -> None:
    assert every(rule, planted(tmp_path, path, text), root=tmp_path) == []


@pytest.mark.parametrize(
    "text", ["import desk_client.ui\nfrom desk_server import app", "import desk_server, desk_client"]
)
def test_a_module_that_sees_both_is_found(tmp_path: Path, text: str) -> None:
    [module] = modules(tmp_path, (planted(tmp_path, "tests/x.py", text),))
    assert sees_both(module)
