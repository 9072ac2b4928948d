"""Where the data files that ship with the programs are found: policies, translations, icons, templates."""

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
