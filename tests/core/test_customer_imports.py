"""Customers from a file: what is new, what is corrected, and why a line cannot be taken (H-05, H-12, H-18, H-35)."""

from __future__ import annotations

import datetime as dt

import pytest

from desk_core import entitlement
from desk_core.customer_imports import CustomerImport, Customers, read_customers
from desk_core.import_mapping import CustomerMapping, load_mapping
from desk_core.imports import ImportFileError, read_rows
from desk_core.resources import resource
from tests.support.world import ready_policy

POLICY = ready_policy()
SHIPPED = "imports/customers.toml"
HEADING = "company,contact,phone,email,product,serial,warranty until,contract from,contract to"
ELBE = "Elbe Optik GmbH,Imke Petersen,040 5550177,i@elbe.example,LabelJet 4300,LJ43-0092817,2027-03-31,2026-01-01,31.12.2026"
THAMES = "Thames Labels Ltd,Ann Lee,01483 555017,,,,,2026-01-01,2026-12-31"
LINES = [
    ELBE,
    "ELBE OPTIK  GmbH,,,,ScanHand 20,SH20-0000001,?,,",
    THAMES,
]


def shipped() -> CustomerMapping:
    mapping = load_mapping(resource(SHIPPED).read_text(encoding="utf-8"), SHIPPED)
    assert isinstance(mapping, CustomerMapping)
    return mapping


def take(*lines: str, heading: str = HEADING, known: Customers | None = None) -> CustomerImport:
    rows = read_rows("\n".join((heading, *lines)).splitlines(keepends=True), shipped())
    return read_customers(rows, shipped(), POLICY, "desk", known or Customers())


def test_a_company_has_as_many_lines_as_it_needs() -> None:
    result = take(*LINES)
    assert (result.lines, result.rejected) == (3, ())
    elbe, thames = result.new.customers
    assert (elbe.name, elbe.office, elbe.country) == ("Elbe Optik GmbH", "hamburg", "DE")
    assert [(a.product, a.serial, a.customer) for a in result.new.assets] == [
        ("LabelJet 4300", "LJ43-0092817", elbe.id),
        ("ScanHand 20", "SH20-0000001", elbe.id),
    ]
    assert [(c.name, c.customer) for c in result.new.contacts] == [("Imke Petersen", elbe.id), ("Ann Lee", thames.id)]
    assert result.changed == Customers()


def test_h18_a_phone_number_is_kept_as_typed_with_its_international_form() -> None:
    (contact,) = take(ELBE).new.contacts
    assert (contact.phone, contact.phone_e164) == ("040 5550177", "+49405550177")


def test_h35_an_office_is_named_by_id_or_title_and_reads_the_number() -> None:
    result = take(f"WOKING,{THAMES}", heading="office," + HEADING)
    assert [(c.office, c.country) for c in result.new.customers] == [("woking", "GB")]
    assert [c.phone_e164 for c in result.new.contacts] == ["+441483555017"]


@pytest.mark.parametrize(
    ("line", "serial", "day", "source"),
    [
        (ELBE, "lj43 0092817", "2026-12-31", "contract"),
        (ELBE, "LJ43-0092817", "2027-03-31", "warranty"),
        (ELBE, "LJ43-0092817", "2027-04-01", "none"),
        (THAMES, "anything", "2026-06-01", "contract"),
    ],
)
def test_h05_h12_what_came_in_entitles(line: str, serial: str, day: str, source: str) -> None:
    new = take(line).new
    asset = next((a for a in new.assets if a.serial.startswith("LJ43")), None) if serial != "anything" else None
    assert entitlement.find(POLICY, new.contracts, asset, dt.date.fromisoformat(day)).source == source


def test_a_second_run_changes_nothing() -> None:
    first = take(*LINES).new
    second = take(*LINES, known=first)
    assert (second.lines, second.new, second.changed) == (3, Customers(), Customers())


def test_a_later_file_corrects_what_it_says_and_leaves_the_rest() -> None:
    first = take(*LINES).new
    line = "Elbe Optik GmbH,Imke Petersen,,,LabelJet 4300,LJ43-0092817,2028-03-31,2026-01-01,2027-12-31"
    later = take(line, known=first)
    assert later.new == Customers()
    assert (later.changed.customers, later.changed.contacts) == ((), ())
    assert [(a.id, a.warranty_until) for a in later.changed.assets] == [(first.assets[0].id, dt.date(2028, 3, 31))]
    assert [(c.id, c.ends) for c in later.changed.contracts] == [(first.contracts[0].id, dt.date(2027, 12, 31))]


def test_a_device_that_was_sold_changes_its_owner() -> None:
    first = take(*LINES).new
    sold = take("Thames Labels Ltd,,,,LabelJet 4300,LJ43-0092817,,,", known=first)
    assert [(a.customer, a.warranty_until) for a in sold.changed.assets] == [
        (first.customers[1].id, dt.date(2027, 3, 31))
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",Imke Petersen,,,,,,,", "Column company must hold the name of the company."),
        ("A,,,nobody,,,,,", "Column email must hold an address"),
        ("A,,,,LabelJet,,,,", "Columns product and serial belong together"),
        ("A,,,,,S1,,,", "Columns product and serial belong together"),
        ("A,,,,,,2026-01-01,,", "Column serial must hold the serial number"),
        ("A,,,,,,,2026-01-01,", "Columns contract from and contract to belong together"),
        ("A,,,,,,,2026-01-02,2026-01-01", "Column contract to lies before contract from"),
        ("A,,,,P,S1,soon,,", "Column warranty until must hold a day written as %Y-%m-%d; it holds 'soon'."),
        ("A,,,,P,S1,2026-02-30,,", "Column warranty until must hold a day"),
        ("A,B", "The line has 2 columns; it must have 9."),
        ("A,B\x07,,,,,,,", "Column contact holds characters that are no text."),
        (f"{'A' * 501},,,,,,,,", "Column company is longer than 500 characters"),
    ],
)
def test_a_line_that_cannot_be_taken_is_reported_and_leaves_nothing(line: str, said: str) -> None:
    result = take(THAMES, line)
    assert [r.line for r in result.rejected] == [3]
    assert said in result.rejected[0].reason
    assert len(result.new.customers) == 1


def test_a_device_has_one_owner_in_a_file() -> None:
    result = take(ELBE, "Thames Labels Ltd,,,,LabelJet 4300,LJ430092817,,,")
    assert "another company's" in result.rejected[0].reason
    assert [c.name for c in result.new.customers] == ["Elbe Optik GmbH"]


def test_h35_a_company_has_one_office_in_a_file() -> None:
    heading = "office," + HEADING
    result = take(f"woking,{THAMES}", f"hamburg,{THAMES}", f"berlin,{ELBE}", heading=heading)
    assert [r.reason for r in result.rejected] == [
        "The company Thames Labels Ltd is with the office woking in an earlier line; name one.",
        "Column office must name an office of the policy (hamburg, woking); it holds 'berlin'.",
    ]


def test_a_column_that_is_missing_is_named() -> None:
    with pytest.raises(ImportFileError, match="it has no contact"):
        take("A", heading="company,phone")


# --- what other charters ask of a customer -----------------------------------------------------------------------------------

EXPANDIT = ready_policy("expandit")
WIDE = (
    "company,contact,phone,email,product,serial,warranty until,contract from,contract to,"
    "contract type,feature level,kind,country,customer email,end customer,current version,priority escrow,notes"
)
PARTNER = (
    "Alster Software GmbH,,,,,,,2026-01-01,2026-12-31,"
    "Software Assurance,1000,Partner,AT,post@alster.example,end@user.example,nein,2026-02-01,on-site service"
)


def take_wide(*lines: str, known: Customers | None = None) -> CustomerImport:
    rows = read_rows("\n".join((WIDE, *lines)).splitlines(keepends=True), shipped())
    return read_customers(rows, shipped(), EXPANDIT, "desk", known or Customers())


def test_e01_e10_e11_e24_h30_what_the_desk_must_know_of_a_customer_arrives() -> None:
    result = take_wide(PARTNER)
    assert result.rejected == ()
    (customer,) = result.new.customers
    assert (customer.kind, customer.country, customer.email) == ("partner", "AT", "post@alster.example")
    assert (customer.end_contact, customer.current_version) == ("end@user.example", False)
    assert (customer.priority_escrow, customer.notes) == (dt.date(2026, 2, 1), "on-site service")
    (contract,) = result.new.contracts
    assert (contract.type, contract.feature_level) == ("assurance", 1000)


def test_e02_only_a_contract_of_the_right_type_entitles() -> None:
    plain = "Alster Software GmbH,,,,,,,2026-01-01,2026-12-31,,,,,,,,,"
    day = dt.date(2026, 6, 1)
    sources = [entitlement.find(EXPANDIT, take_wide(each).new.contracts, None, day).source for each in (PARTNER, plain)]
    assert sources == ["contract", "none"]


def test_a_later_file_that_is_silent_leaves_what_is_known_of_a_customer() -> None:
    first = take_wide(PARTNER).new
    silent = take_wide("Alster Software GmbH" + "," * 17, known=first)
    assert (silent.new, silent.changed) == (Customers(), Customers())
    told = take_wide("Alster Software GmbH" + "," * 10 + ",end_customer,,,,ja,,", known=first)
    (customer,) = told.changed.customers
    assert (customer.kind, customer.current_version, customer.end_contact) == ("end_customer", True, "end@user.example")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Partner", "Friend", "Column kind must be a kind of customer of the policy (partner, reseller, end_customer)"),
        ("Software Assurance", "Gold", "Column contract type must be a type of contract of the policy (assurance)"),
        (",1000,", ",much,", "Column feature level must hold the price of the level as a whole number"),
        (",AT,", ",XX,", "Column country must hold a country in two letters"),
        ("post@alster.example", "post", "Column customer email must hold an address"),
        ("nein", "perhaps", "Column current version must hold yes or no"),
        ("2026-02-01", "soon", "Column priority escrow must hold a day"),
        ("2026-01-01,2026-12-31", ",", "Column contract from must hold the first day of the contract"),
    ],
)
def test_what_a_policy_does_not_know_of_a_customer_is_reported(old: str, new: str, said: str) -> None:
    result = take_wide(PARTNER.replace(old, new))
    assert said in result.rejected[0].reason
    assert result.new == Customers()


def test_a_policy_without_kinds_of_customers_asks_for_an_empty_cell() -> None:
    result = take(f"partner,{THAMES}", heading="kind," + HEADING)
    assert "must be empty: the policy has no such kinds" in result.rejected[0].reason
