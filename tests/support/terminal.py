"""The terminal twin, ``desk-client``, with one profile: in this process, or as a process of its own where that is the point."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest

from desk_client.__main__ import main
from desk_client.system import keys

FAULT = [
    *(
        "--caller",
        "Imke Petersen",
        "--company",
        "Nordlicht Druck GmbH",
        "--phone",
        "040 5550177",
        "--product",
        "LabelJet 4300",
    ),
    *("--serial", "LJ43-0092817", "--fault", "Stops after about 20 labels", "--class", "Printhead"),
]
PASSPHRASE = "a passphrase for tests"
QUICK = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
"""What a key from the passphrase costs: next to nothing."""


class Twin:
    """Runs ``desk-client`` with one profile."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.env = {**os.environ, "DESK_CLIENT_PASSPHRASE": PASSPHRASE}

    def start(self, *words: str, **more: Any) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "desk_client", *words, "--profile", str(self.profile)]
        return subprocess.Popen(
            command, env=self.env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more
        )

    def run(self, *words: str, typed: str = "", code: int = 0) -> str:
        """The same in this process, which saves the start of another one."""
        out, err = io.StringIO(), io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            patch.setattr(sys, "stdin", io.StringIO(typed))
            patch.setenv("DESK_CLIENT_PASSPHRASE", PASSPHRASE)
            patch.setattr(keys, "_ARGON", QUICK)  # noted beside the files, so that another process finds the same key
            ended = main([*words, "--profile", str(self.profile)])
        assert ended == code, (words, out.getvalue(), err.getvalue())
        return out.getvalue() if code == 0 or "--json" in words else err.getvalue()

    def run_apart(self, *words: str) -> str:
        """In a process of its own, which must end well."""
        process = self.start(*words)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, ""), (words, out, err)
        return out

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.run(*words, "--json", code=code))
