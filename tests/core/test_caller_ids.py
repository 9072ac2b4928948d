"""What telephones say about who calls (desktop 3; R45, R53, R65): notations that were seen at a PBX, and what nobody should send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk_core.caller_ids import MOST, as_it_came, caller_number, shown_name
from desk_core.people import can_be_called, phone_e164

HAMBURG = "+49405550177"
SAME_NUMBER = [
    "+49405550177",
    "0049405550177",
    "0405550177",
    "040 / 555 01 77",
    "(040) 555-0177",
    "+49 (0) 40 5550177",
    "49405550177",
    "tel:+49-40-5550177",
    "callto://+49405550177",
    "sip:+49405550177@pbx.example",
    "sips:0405550177@10.0.0.1:5061;transport=tls",
    "SIP:%2B49405550177@pbx.example",
    '"Imke Petersen" <sip:+49405550177@pbx.example;user=phone>;tag=1',
    "0405550177@pbx.example",
    "+49405550177;ext=12",
    "+49405550177+49405550177",
    "+49405550177, 0405550177",
    "04055501770405550177",
    "0405550177 <0405550177>",
    "٠٤٠٥٥٥٠١٧٧",
    "\u202a+49405550177\u202c",
]
WITHHELD = [
    "",
    " ",
    "anonymous",
    "Anonymous",
    "sip:anonymous@anonymous.invalid",
    '"Anonymous" <sip:c8oqz84zk7z@anonymous.invalid>',
    "sip:Anonymous@pbx.example",
    "unknown",
    "Restricted",
    "unavailable",
    "unbekannt",
]
UNREADABLE = [
    "<script>alert(1)</script>",
    "; rm -rf /",
    "$(reboot)",
    "../../etc/passwd",
    "--platform minimal",
    "\x00\x01",
    "🙂",
    "a b",
]
SHORT = {
    "110": "110",
    "112": "112",
    "23": "23",
    "sip:23@pbx.local": "23",
    "**620": "**620",
    "4711": "4711",
    "123456": "123456",
}


@pytest.mark.parametrize("raw", SAME_NUMBER)
def test_point_03_every_notation_of_a_number_is_that_number(raw: str) -> None:
    """desktop 3."""
    assert phone_e164(caller_number(raw), "DE") == HAMBURG


@pytest.mark.parametrize("raw", WITHHELD)
def test_point_03_a_withheld_caller_has_no_number(raw: str) -> None:
    """desktop 3: and nothing that could be taken for one."""
    assert caller_number(raw) == ""


@pytest.mark.parametrize("raw", UNREADABLE)
def test_r45_what_nobody_can_read_is_nothing(raw: str) -> None:
    assert caller_number(raw) == ""


@pytest.mark.parametrize(("raw", "number"), SHORT.items())
def test_point_03_extensions_and_short_codes_stay_as_they_are_and_belong_to_no_country(raw: str, number: str) -> None:
    """desktop 3, R65: 110 is not a number of Germany's network plan, and 23 is a colleague."""
    assert (caller_number(raw), phone_e164(caller_number(raw), "DE")) == (number, "")
    assert can_be_called(number)


def test_r65_sip_addresses_and_names_are_kept() -> None:
    assert caller_number("sip:imke.petersen@nordlicht.example;transport=tcp") == "imke.petersen@nordlicht.example"
    assert caller_number("sip:imke:secret@nordlicht.example") == "imke@nordlicht.example"
    assert caller_number("front-desk") == "front-desk"


def test_two_different_numbers_are_not_mixed() -> None:
    assert caller_number("0405550177, 01483555019") == "0405550177"


def test_r65_the_record_keeps_what_came_and_no_eye_is_deceived() -> None:
    assert as_it_came("sip:anonymous@anonymous.invalid") == "sip:anonymous@anonymous.invalid"
    assert as_it_came("+49\u202e7710\x00 40\n5") == "+497710 40 5"
    assert shown_name('"Nordlicht\u200b Druck\u202e"') == "Nordlicht Druck"
    assert [shown_name(name) for name in ("Anonymous", "+49 40 5550177", "")] == ["", "", ""]
    assert len(as_it_came("4" * 5_000)) == MOST
    assert len(shown_name("x" * 5_000)) <= 60


@given(st.text(max_size=300))
def test_r45_whatever_comes_the_answer_is_short_plain_and_stable(raw: str) -> None:
    number = caller_number(raw)
    assert len(number) <= MOST
    assert number.isascii()
    assert not number.startswith("-")
    assert not set(number) & set("<>;|&$`\"'\\\n\r\t%{}!?=,")
    assert caller_number(number) == number
    phone_e164(number, "DE")
