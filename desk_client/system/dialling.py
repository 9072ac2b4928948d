"""Dialling with the softphone's own program: a command of the person's settings, started without a shell (R38, R45)."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess

from desk_client.system.problems import MachineError

_APART_ON_WINDOWS = 0x00000208
"""DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP."""
_SEPARATORS = str.maketrans("", "", " ()/.-")
_NUMBER = re.compile(r"\+?[0-9*#]{2,40}")
_ADDRESS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~+-]{0,63}@[A-Za-z0-9][A-Za-z0-9.:-]{0,99}")


def dial(command: str, number: str) -> None:
    """Start the command with the number and go on. Raises :class:`MachineError` with what would be right."""
    words = arguments(command, number)
    program = shutil.which(words[0])
    if program is None:
        raise MachineError(
            "no_dial_program", f"The program {words[0]} of the dial command is not there; mend it in the settings."
        )
    quiet = subprocess.DEVNULL
    windows = os.name == "nt"
    try:
        # Argument by argument: no shell ever reads what a caller has put into a number.
        softphone = subprocess.Popen(  # noqa: S603
            [program, *words[1:]],
            stdin=quiet,
            stdout=quiet,
            stderr=quiet,
            creationflags=_APART_ON_WINDOWS if windows else 0,
            start_new_session=not windows,
        )
    except OSError as error:
        raise MachineError(
            "no_dial_program", f"The dial command could not be started: {error.strerror}; mend it in the settings."
        ) from error
    try:
        softphone.wait(0.0)
    except subprocess.TimeoutExpired:
        softphone.returncode = 0  # it goes on without us; Popen would warn of that


def arguments(command: str, number: str) -> list[str]:
    """The words of the command: ``{number}`` is the number with its ``+``, ``{digits}`` without; with neither it comes last. Only what
    people dial gets there: digits, ``+``, ``*``, ``#``, or a SIP address. Raises ``bad_dial_command`` and ``bad_number``."""
    short = number.translate(_SEPARATORS)
    dialled = short if _NUMBER.fullmatch(short) else number
    if not _NUMBER.fullmatch(dialled) and not _ADDRESS.fullmatch(dialled):
        raise MachineError("bad_number", "This is no number that can be dialled.")
    try:
        words = shlex.split(command, posix=os.name != "nt")
    except ValueError as error:
        raise MachineError(
            "bad_dial_command", "A quotation mark is missing in the dial command of the settings."
        ) from error
    if not words:
        raise MachineError("bad_dial_command", "Say in the settings which command dials.")
    words = [word[1:-1] if len(word) > 1 and word[0] == word[-1] == '"' else word for word in words]
    values = {"{number}": dialled, "{digits}": dialled.lstrip("+")}
    if not any(name in word for word in words[1:] for name in values):
        return [*words, dialled]
    return [words[0], *(_filled(word, values) for word in words[1:])]


def _filled(word: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        word = word.replace(name, value)
    return word
