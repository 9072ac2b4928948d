"""What the wheel needs beyond setuptools' defaults (named in pyproject.toml, `tool.setuptools.cmdclass`)."""

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

SOURCE = Path("resources")
TARGET = Path("desk_core", "resources")


class BuildWithResources(build_py):  # type: ignore[misc]  # setuptools ships no types
    """Puts `resources/` at `desk_core/resources` in the wheel; an editable install reads the checkout instead."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            shutil.copytree(SOURCE, Path(self.build_lib) / TARGET, dirs_exist_ok=True)

    def get_source_files(self) -> list[str]:
        """What a source archive contains: the resources too, so that a wheel can be built from one."""
        return [*super().get_source_files(), *(str(path) for path in SOURCE.rglob("*") if path.is_file())]
