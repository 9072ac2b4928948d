"""Policy files by path, and the policies that ship with the programs by name."""

from pathlib import Path

from desk_core.policy import Policy
from desk_core.policy_file import PolicyError, load
from desk_core.resources import named_text


def read_policy(name: str) -> Policy:
    """The policy in the file `name`, or the shipped one of that name. Raises PolicyError with every mistake."""
    try:
        text = named_text(name, "policies", "policy", Path(name), lambda file: file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise PolicyError([str(error)]) from None
    return load(text, name)
