"""Policy files by path, and the policies that ship with the programs by name."""

from pathlib import Path

from desk_core.policy import Policy
from desk_core.policy_file import PolicyError, load
from desk_core.resources import resource


def read_policy(name: str) -> Policy:
    """The policy in the file `name`, or the shipped one of that name. Raises PolicyError with every mistake."""
    path = Path(name)
    try:
        if path.suffix == ".toml" or path.is_file():
            return load(path.read_text(encoding="utf-8"), name)
        return load(resource(f"policies/{name}.toml").read_text(encoding="utf-8"), name)
    except UnicodeDecodeError:
        raise PolicyError([f"{name}: the file is not UTF-8 text; save it as UTF-8."]) from None
    except (FileNotFoundError, ValueError):
        shipped = ", ".join(shipped_policies())
        raise PolicyError([f"{name}: there is no such file; name one, or a policy that ships: {shipped}."]) from None
    except OSError as error:
        raise PolicyError([f"{name}: the file cannot be read: {error.strerror or error}."]) from None


def shipped_policies() -> list[str]:
    """The names of the policies that ship with the programs, in order."""
    return sorted(
        each.name.removesuffix(".toml") for each in resource("policies").iterdir() if each.name.endswith(".toml")
    )
