"""A message as a letter of RFC 5322: plain text in UTF-8, headers that nobody can add to (R56, R57, V-27, V-28)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from desk_core.events_of_service import MessageMade
from desk_core.letters import one_line, sheet

_LOCAL: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_ADDRESS: Final = re.compile(rf"(?P<local>{_LOCAL})@(?P<domain>[^\s@<>,;:\\\"\[\]()]+)")
_MESSAGE_ID: Final = re.compile(r"<?(?P<id>[!-;=?-~]+@[!-;=?-~]+)>?")
_LONGEST_ADDRESS: Final = 254
NOBODY: Final = "desk.invalid"
"""The domain of a desk whose policy names no address of its own (RFC 2606)."""


class BadLetter(ValueError):
    """The message cannot be written as a letter: one sentence that says what would be right."""


def digest(desk: str, once_key: str) -> str:
    """What stands for a message everywhere: the same for the same once-key."""
    return hashlib.sha256(f"{desk}\n{once_key}".encode()).hexdigest()[:40]


def letter(desk: str, made: MessageMade, at: dt.datetime) -> bytes:
    """The message as bytes, always the same for the same message; ``at`` is its Date. Raises :class:`BadLetter`."""
    shown = sheet(made)
    sender = _address(shown.sender) if shown.sender else Address(username=desk, domain=NOBODY)
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = [_address(each) for each in shown.to or ("",)]
    if shown.copies:
        mail["Cc"] = [_address(each) for each in shown.copies]
    mail["Subject"] = shown.subject
    mail["Date"] = format_datetime(at.astimezone(dt.UTC))
    mail["Message-ID"] = f"<{digest(desk, made.once_key)}@{sender.domain}>"
    answered = _MESSAGE_ID.fullmatch(made.answers)
    if answered is not None:
        mail["In-Reply-To"] = mail["References"] = f"<{answered['id']}>"
    if made.automatic:
        mail["Auto-Submitted"] = "auto-generated"
    try:
        mail.set_content(shown.text, cte="quoted-printable")
        return mail.as_bytes()
    except (UnicodeError, ValueError) as error:
        raise BadLetter(f"It cannot be written as a letter: {error}.") from None


def _address(text: str) -> Address:
    """One plain address; nothing is guessed from what only looks like one (R57)."""
    text = text.strip()
    found = _ADDRESS.fullmatch(text)
    if found is None or len(text) > _LONGEST_ADDRESS:
        raise BadLetter(f"“{one_line(text)[:80]}” is no e-mail address: correct it where it was entered.")
    try:
        domain = found["domain"].encode("idna").decode()
    except UnicodeError:
        raise BadLetter(f"“{one_line(text)[:80]}” has no possible domain: correct it where it was entered.") from None
    return Address(username=found["local"], domain=domain)
