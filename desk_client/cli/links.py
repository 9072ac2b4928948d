"""``desk-client call register`` and ``unregister``: whether links open the window of this person."""

from __future__ import annotations

import sys

from desk_client.system.problems import MachineError
from desk_client.system.url_handler import helper, here


def change(what: str, *, tel: bool) -> int:
    """The exit code: 0, or 1 with one sentence."""
    try:
        if what == "register":
            here().register(helper(), tel=tel)
            links = "deskclient: and tel: links" if tel else "deskclient: links"
            sys.stdout.write(f"{links[0].upper()}{links[1:]} open the window of Desk Client from now on.\n")
        else:
            here().unregister()
            sys.stdout.write("Links do not open the window any more.\n")
    except MachineError as problem:
        sys.stderr.write(problem.text + "\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"The entry could not be written: {error.strerror}.\n")
        return 1
    return 0
