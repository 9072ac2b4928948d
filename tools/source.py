"""Reads the project's own Python files as syntax trees, for its lints and its architecture test."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("desk_core", "desk_policy", "desk_client", "desk_server")
PLACES = (*PACKAGES, "demo", "benchmarks", "tests", "tools", "dev.py")


@dataclass(frozen=True)
class Module:
    """One Python file: `name` is dotted (`desk_core.clocks`), `path` is relative to the root, with slashes."""

    name: str
    path: str
    text: str
    tree: ast.Module

    @property
    def package(self) -> str:
        """The package that a relative import in this file starts from."""
        return self.name if self.path.endswith("__init__.py") else self.name.rpartition(".")[0]


def below(name: str, *rooms: str) -> bool:
    """Whether the dotted `name` is one of `rooms` or lies in one."""
    return any(name == room or name.startswith(room + ".") for room in rooms)


@cache
def modules(root: Path = ROOT, places: tuple[str, ...] = PLACES) -> tuple[Module, ...]:
    """Every Python file of the named folders and files that exist below `root`, ordered by path."""
    found: list[Path] = []
    for place in places:
        path = root / place
        found += [path] if path.is_file() else path.rglob("*.py")
    return tuple(read(path, root) for path in sorted(found))


def read(path: Path, root: Path = ROOT) -> Module:
    relative = path.relative_to(root)
    text = path.read_text(encoding="utf-8")
    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Module(name, relative.as_posix(), text, ast.parse(text, relative.as_posix()))


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of all that a module imports when it runs; imports for type checking are left out."""
    for node in running(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = origin(node, module)
            yield from ((node.lineno, f"{source}.{alias.name}".removesuffix(".*")) for alias in node.names)
        elif isinstance(node, ast.Call) and called(node) in ("import_module", "__import__"):
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield node.lineno, first.value


def origin(node: ast.ImportFrom, module: Module) -> str:
    if not node.level:
        return node.module or ""
    parts = module.package.split(".")
    parts = parts[: len(parts) - node.level + 1]
    return ".".join([*parts, node.module] if node.module else parts)


def running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below `node` but the bodies of `if TYPE_CHECKING:`."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and last_name(child.test) == "TYPE_CHECKING":
            for other in child.orelse:
                yield other
                yield from running(other)
            continue
        yield child
        yield from running(child)


def last_name(node: ast.AST) -> str:
    """`c` of `c`, of `b.c` and of `a.b.c`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.Call) -> str:
    """The last name of what a call calls: `setText` of `self.title.setText(…)`."""
    return last_name(node.func)
