"""``desk-client call`` while a window is open: the window takes the event."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from desk_client.system.call_door import tell_window
from desk_client.system.paths import ProfileFolder
from desk_client.system.problems import MachineError


def tell(profile: Path | None, said: Mapping[str, str], *, as_json: bool) -> int | None:
    """The exit code of what the window answered, or None when no window is open with this profile."""
    try:
        answer = tell_window(ProfileFolder(profile).path, said)
    except MachineError as error:
        answer = {"code": error.code, "text": error.text}
    if answer is None:
        return None
    refused = "code" in answer
    if as_json:
        sys.stdout.write(json.dumps(answer) + "\n")
    elif refused:
        sys.stderr.write(str(answer.get("text", "")) + "\n")
    else:
        sys.stdout.write(str(answer["text"]) + "\n")
    return 1 if refused else 0
