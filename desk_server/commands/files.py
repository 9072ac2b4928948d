"""Files that a command is given by path, or by the name under which they ship with the program."""

from __future__ import annotations

from pathlib import Path

from desk_core.import_mapping import AnyMapping, load_mapping
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.resources import resource
from desk_server.commands.sentences import Problem


def read_policy(name: str) -> tuple[str, Policy]:
    """The text of a policy file and what it says. Raises PolicyError with every mistake in it, Problem when it cannot be read."""
    text = _read(name, "policies", "policy")
    return text, load(text, name)


def read_mapping(name: str) -> AnyMapping:
    """The mapping of an import. Raises MappingError with every mistake in it, Problem when it cannot be read."""
    return load_mapping(_read(name, "imports", "mapping"), name)


def shipped(folder: str) -> list[str]:
    """The names of the files that ship in a folder of the resources, without their ending, in order."""
    names = (each.name for each in resource(folder).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def _read(name: str, folder: str, what: str) -> str:
    path = Path(name)
    try:
        # A file of one's own comes first; a folder that happens to have a shipped name does not.
        if path.is_file():
            return path.read_text(encoding="utf-8")
        if name.removesuffix(".toml") in shipped(folder):
            return resource(f"{folder}/{name.removesuffix('.toml')}.toml").read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Problem(f"{name}: the file is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise Problem(f"{name}: the file cannot be read: {error.strerror or error}.") from None
    raise Problem(f"There is no file {name}: name one, or a {what} that ships: {', '.join(shipped(folder))}.")
