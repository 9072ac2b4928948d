"""Files that a command is given by path, or by the name under which they ship with the program."""

from __future__ import annotations

from pathlib import Path

from desk_core.import_mapping import AnyMapping, load_mapping
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.resources import named_text
from desk_server.commands.sentences import Problem


def read_policy(name: str) -> tuple[str, Policy]:
    """The text of a policy file and what it says. Raises PolicyError with every mistake in it, Problem when it cannot be read."""
    text = _read(name, "policies", "policy")
    return text, load(text, name)


def read_mapping(name: str) -> AnyMapping:
    """The mapping of an import. Raises MappingError with every mistake in it, Problem when it cannot be read."""
    return load_mapping(_read(name, "imports", "mapping"), name)


def _read(name: str, folder: str, what: str) -> str:
    try:
        return named_text(name, folder, what, Path(name), lambda file: file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Problem(str(error)) from None
