"""`doctor`: is everything as it should be on this machine? It opens nothing as the program itself would: that mends what it finds."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from desk_client.cli.output import Answer
from desk_client.models.errors import WrongKey
from desk_client.models.files import Folder
from desk_client.models.health import check_files, check_places
from desk_client.system.clock import MachineClock
from desk_client.system.keys import Key, KeyKeeper
from desk_client.system.lock import ProfileLock
from desk_client.system.paths import ProfileFolder
from desk_client.system.problems import MachineError
from desk_core.findings import Finding


def doctor(args: argparse.Namespace) -> Answer:
    """``doctor``: exit 0 when all is well or was repaired, 1 with findings. Raises MachineError while the profile is in use."""
    profile = ProfileFolder(getattr(args, "profile", None))
    lock = ProfileLock(profile.path)
    lock.acquire()
    try:
        found = list(_examined(profile, repair=args.repair))
    finally:
        lock.release()
    lines = [f"{each.what} {'This was repaired.' if each.repaired else each.do}" for each in found]
    well = all(each.repaired for each in found)
    data = {"well": well, "findings": [msgspec.to_builtins(each) for each in found]}
    return Answer(data, lines or ["All is well."], 0 if well else 1)


def _examined(profile: ProfileFolder, *, repair: bool) -> Iterator[Finding]:
    members = sorted(path for path in (profile.path / "members").iterdir() if path.is_dir())
    places = [profile.path, *(profile.path.glob("*.json")), *members]
    files = [file for member in members for file in member.iterdir() if file.is_file()]
    yield from check_places([*places, *files], repair=repair)
    current = profile.current()
    if current is None or not (current / "outbox.db").exists():
        return
    key = _key(current)
    if isinstance(key, Finding):
        yield key
        return
    try:
        if key.fits is False:
            raise WrongKey("")
        yield from check_files(Folder(current), key.key, MachineClock(), repair=repair)
    except WrongKey:
        what = "The key on this machine does not open the local data."
        do = "Give the passphrase that was chosen for them, or restore the keyring; the files stay as they are."
        yield Finding(code="wrong_key", what=what, do=do)


def _key(folder: Path) -> Key | Finding:
    """The key of the files, or why it cannot be had; nothing is made or changed."""
    keeper = KeyKeeper()
    try:
        try:
            return keeper.fetch(folder, "", create=False)
        except MachineError as error:
            if error.code != "passphrase_needed" or not sys.stdin.isatty():
                raise
            return keeper.fetch(folder, getpass.getpass("Passphrase: "), create=False)
    except MachineError as error:
        do = "Then ask the doctor again; until then nothing is known of the files, and nothing is changed."
        return Finding(code=error.code, what=error.text, do=do)
