"""Every error of the command line is one sentence on the standard error and an exit code; no traceback reaches a person."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Sequence

import click
from sqlalchemy.exc import SQLAlchemyError

from desk_core.import_mapping import MappingError
from desk_core.imports import ImportFileError
from desk_core.policy_file import PolicyError
from desk_core.wording import Refusal
from desk_server.accounts.service import AccountProblem
from desk_server.db.engine import Unavailable
from desk_server.db.problem import DatabaseProblem

FAILED = 1
USED_WRONGLY = 2
INTERRUPTED = 130
PROGRAM = "desk-server"

_SAID = (AccountProblem, PolicyError, MappingError, ImportFileError, DatabaseProblem, Unavailable)


class Problem(click.ClickException):
    """Why a command cannot do what it was asked: a sentence that says what would be right."""

    @classmethod
    def of(cls, refusal: Refusal) -> Problem:
        """The sentence of a refusal of the core."""
        return cls(refusal.text)


def run(program: click.Command, arguments: Sequence[str]) -> int:
    """The exit code of a command: 0, 1 when it could not be done, 2 when it was used wrongly."""
    try:
        answer = program.main(arguments, prog_name=PROGRAM, standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        return _say(error.format_message(), USED_WRONGLY)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else PROGRAM
        return _say(f"{_sentence(error.format_message())} See {path} --help.", USED_WRONGLY)
    except click.ClickException as error:
        return _say(error.format_message(), FAILED)
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", INTERRUPTED)
    except _SAID as error:
        return _say(str(error), FAILED)
    except BrokenPipeError:
        # Who reads our output has gone, as in `| head`; nothing more can be said to them.
        sys.stdout = None
        return FAILED
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _say(f"{where}{error.strerror or error}.", FAILED)
    except SQLAlchemyError:
        return _say(_own_mistake("the database refused what this program asked"), FAILED)
    except Exception as error:
        return _say(_own_mistake(type(error).__name__), FAILED)
    return answer if isinstance(answer, int) else 0


def _own_mistake(what: str) -> str:
    """The details go to a file: they may hold data, and they help nobody at the terminal."""
    with tempfile.NamedTemporaryFile("w", prefix=f"{PROGRAM}-", suffix=".log", delete=False, encoding="utf-8") as file:
        traceback.print_exc(file=file)
    return f"This is a mistake of the program ({what}): report it together with {file.name}."


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _say(text: str, code: int) -> int:
    click.echo(text, err=True)
    return code
