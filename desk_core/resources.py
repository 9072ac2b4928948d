"""Where the data files that ship with the programs are found: policies, import mappings, translations, icons, templates."""

from collections.abc import Callable
from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(name: str) -> Traversable:
    """The file or folder `name` below `resources/`, parts separated by `/`, as in `policies/example.toml`.

    Works from a checkout, an editable install, a wheel and the frozen program. Raises ValueError for a name that leads
    out of the folder and FileNotFoundError for one that is not there.
    """
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or ":" in name:
        raise ValueError(f"{name!r} is no name of a resource: use a path such as 'policies/example.toml'.")
    package = files("desk_core")
    packed = package.joinpath("resources")
    # The build maps resources/ into the package; a checkout keeps it beside the package.
    found = (packed if packed.is_dir() else package.joinpath("..", "resources")).joinpath(*parts)
    if not (found.is_file() or found.is_dir()):
        raise FileNotFoundError(f"The resource {name!r} is missing: install the program again.")
    return found


def shipped(folder: str) -> list[str]:
    """The names of the files that ship in a folder of the resources, without their ending, in order."""
    names = (each.name for each in resource(folder).iterdir())
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def named_text(name: str, folder: str, what: str, own: Traversable, read: Callable[[Traversable], str]) -> str:
    """The text of a file that a person names: ``own``, where it is a file, else the one of that name that ships in ``folder``.

    ``read`` reads UTF-8. Raises ValueError with a sentence for people; ``what`` is their word for such a file, such as ``policy``.
    """
    try:
        # A file of one's own comes first; a folder that happens to have a shipped name does not.
        if own.is_file():
            return read(own)
        if name.removesuffix(".toml") in shipped(folder):
            return read(resource(f"{folder}/{name.removesuffix('.toml')}.toml"))
    except UnicodeDecodeError:
        raise ValueError(f"{name}: the file is not UTF-8 text; save it as UTF-8.") from None
    except OSError as error:
        raise ValueError(f"{name}: the file cannot be read: {error.strerror or error}.") from None
    raise ValueError(f"{name}: there is no such file; name one, or a {what} that ships: {', '.join(shipped(folder))}.")
