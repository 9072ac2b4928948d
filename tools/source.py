"""Reads the project's own Python files as syntax trees, for its lints and its architecture test."""

import ast
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
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

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of the tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def running(self) -> tuple[ast.AST, ...]:
        """Every node of the tree but the bodies of ``if TYPE_CHECKING:``."""
        found, left = [], deque[ast.AST]([self.tree])
        while left:
            node = left.popleft()
            found.append(node)
            typing = isinstance(node, ast.If) and last_name(node.test) == "TYPE_CHECKING"
            left.extend(node.orelse if typing and isinstance(node, ast.If) else ast.iter_child_nodes(node))
        return tuple(found)

    @cached_property
    def imports(self) -> tuple[tuple[int, str], ...]:
        """Line and full dotted name of all that the module imports when it runs; imports for type checking are left out."""
        return tuple(_imports(self))


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


@cache
def read(path: Path, root: Path = ROOT) -> Module:
    relative = path.relative_to(root)
    text = path.read_text(encoding="utf-8")
    name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__")
    return Module(name, relative.as_posix(), text, ast.parse(text, relative.as_posix()))


def forget() -> None:
    """Let go of what was read: half a gigabyte that a test run would carry to its end."""
    modules.cache_clear()
    read.cache_clear()


def _imports(module: Module) -> Iterator[tuple[int, str]]:
    for node in module.running:
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


def last_name(node: ast.AST) -> str:
    """`c` of `c`, of `b.c` and of `a.b.c`; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.Call) -> str:
    """The last name of what a call calls: `setText` of `self.title.setText(…)`."""
    return last_name(node.func)
