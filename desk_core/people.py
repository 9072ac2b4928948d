"""Members who work at a desk, and the customers, persons, assets and contracts that they look up while a caller talks."""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache
from typing import Literal

import msgspec
import phonenumbers

Role = Literal["agent", "supervisor", "manager", "admin"]
ROLES: tuple[Role, ...] = ("agent", "supervisor", "manager", "admin")


class Member(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person who signs in. ``functions`` are the policy's own roles (``specialist``, H-15; ``technical_support_manager``, H-31);
    no ``departments`` means all of the desk's."""

    id: str
    login: str
    name: str
    role: Role = "agent"
    functions: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    office: str = ""
    phone: str = ""
    email: str = ""
    active: bool = True

    @property
    def supervises(self) -> bool:
        """True for those who may approve exceptions and reassign work."""
        return self.role in ("supervisor", "manager")


class Customer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A company that the desk serves; desk-wide. ``kind`` is one of the policy's kinds of customer (E-01); ``email`` is where messages go,
    ``end_contact`` whom a survey of the end customer asks (E-24); ``current_version``: on the current software (E-10);
    ``priority_escrow`` is when prior access to the deposited source was agreed (E-11); ``notes`` name further services (H-30)."""

    id: str
    name: str
    office: str = ""
    country: str = ""
    notes: str = ""
    kind: str = ""
    email: str = ""
    end_contact: str = ""
    current_version: bool = True
    priority_escrow: dt.date | None = None


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person at a customer. ``phone`` is kept as typed, ``phone_e164`` beside it (R65)."""

    id: str
    customer: str
    name: str
    phone: str = ""
    phone_e164: str = ""
    email: str = ""


class Asset(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A product with a serial number at a customer; the warranty runs to the end of ``warranty_until`` (H-12)."""

    id: str
    customer: str
    product: str
    serial: str
    warranty_until: dt.date | None = None


class Contract(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A contract of a customer, for all assets or (``serial``) for one; both dates inclusive (H-05). ``type`` tells maintenance ("")
    from what else a policy asks for, such as software assurance (E-02); ``feature_level`` is the price of the level that a licence has
    (E-08), 0 where there is none."""

    id: str
    customer: str
    title: str
    starts: dt.date
    ends: dt.date
    serial: str = ""
    type: str = ""
    feature_level: int = 0


_SPELLINGS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa"})


def fold(text: str) -> str:
    """``text`` for searching: lower case, accents removed, so that Müller, Mueller and Forlì, Forli meet.

    German umlauts become two letters; ``muller`` is met by searching for :func:`fold_variants` of the typed word.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    spelled = unicodedata.normalize("NFC", text).casefold().translate(_SPELLINGS)
    if spelled.isascii():
        return " ".join(spelled.split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", spelled) if not unicodedata.combining(c))
    return " ".join(plain.split())


def fold_plain(text: str) -> str:
    """Like :func:`fold`, but an umlaut becomes its plain letter (``Müller`` → ``muller``); stored beside it for searching."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().replace("ß", "ss"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def fold_serial(serial: str) -> str:
    """A serial number for comparing: upper case without spaces, dashes, dots and slashes; still opaque (R65)."""
    return "".join(c for c in serial.upper() if c not in " -./\u2010\u2011\u2012\u2013\u2014")


_LEAST_NATIONAL = 7
"""Digits of a number with its area code at least; what is shorter is dialled inside a house or a town alone."""


@lru_cache(maxsize=4_096)
def phone_e164(raw: str, region: str) -> str:
    """The international form of a phone number as typed in ``region`` (ISO country of the office), or "" where there is none.

    Withheld callers, SIP addresses, extensions and short codes have no such form and are kept as they came (H-18, R65).
    """
    if not raw.lstrip().startswith(("+", "00", "tel:")) and sum(c.isdigit() for c in raw) < _LEAST_NATIONAL:
        return ""
    try:
        number = phonenumbers.parse(raw, region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=4_096)
def can_be_called(phone: str) -> bool:
    """True for anything that somebody could dial: a number, an extension, a short code, a SIP address; not for mere words (H-18, R65)."""
    return "@" in phone or sum(c.isdigit() for c in phone) >= 2


@lru_cache(maxsize=4_096)
def phone_display(e164: str) -> str:
    """An E.164 number in groups people can read (``+49 40 123456``); anything else comes back as it is."""
    try:
        number = phonenumbers.parse(e164, None)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
