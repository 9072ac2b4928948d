"""Customers from a file: companies with the people who call, their devices with warranties, and their contracts (H-05, H-12).

One line is a company with at most one contact, one device and one contract; a company has as many lines as it needs. A contract on a
line with a serial number is for that device, on a line without one for the whole company. What the desk knows already is found by the
company's name, the person's name, the serial number and the contract's type and first day: a second run changes nothing, and a later file
corrects what it says anew and leaves alone what it does not mention.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import msgspec

from desk_core.customer_lines import Line, read_line
from desk_core.import_mapping import CustomerMapping
from desk_core.imports import Rejected, Row, import_id
from desk_core.people import Asset, Contact, Contract, Customer, fold, fold_serial, phone_e164
from desk_core.policy import Policy

_E = TypeVar("_E", Customer, Contact, Asset, Contract)


class Customers(msgspec.Struct, frozen=True, kw_only=True):
    """Customers with all that belongs to them."""

    customers: tuple[Customer, ...] = ()
    contacts: tuple[Contact, ...] = ()
    assets: tuple[Asset, ...] = ()
    contracts: tuple[Contract, ...] = ()

    @property
    def all(self) -> list[Customer | Contact | Asset | Contract]:
        """Every entity, each after what it belongs to."""
        return [*self.customers, *self.contacts, *self.assets, *self.contracts]


class CustomerImport(msgspec.Struct, frozen=True, kw_only=True):
    """What came out: only what is ``new`` to the desk or ``changed`` there, how many lines were taken, and those that cannot be."""

    new: Customers
    changed: Customers
    lines: int
    rejected: tuple[Rejected, ...]


def read_customers(
    rows: Iterable[Row], mapping: CustomerMapping, policy: Policy, desk: str, known: Customers
) -> CustomerImport:
    """The customers that the rows tell of, beside those that the desk ``known`` has already; all or nothing per line."""
    ledger = _Ledger(policy, desk, mapping, known)
    lines = 0
    rejected: list[Rejected] = []
    for row in rows:
        try:
            ledger.take(read_line(row, mapping, policy))
            lines += 1
        except ValueError as error:
            rejected.append(Rejected(row.line, str(error)))
    new, changed = ledger.found(new=True), ledger.found(new=False)
    return CustomerImport(new=new, changed=changed, lines=lines, rejected=tuple(rejected))


class _Shelf(Generic[_E]):
    """Entities of one kind by what identifies them for a person: those that the desk had, and those of the file."""

    def __init__(self, had: Iterable[_E], key: Callable[[_E], str]) -> None:
        self._key: Callable[[_E], str] = key
        self._had: dict[str, _E] = {key(each): each for each in had}
        self.told: dict[str, _E] = {}

    def get(self, key: str) -> _E | None:
        return self.told.get(key) or self._had.get(key)

    def put(self, entity: _E) -> None:
        self.told[self._key(entity)] = entity

    def found(self, *, new: bool) -> tuple[_E, ...]:
        """The new ones, or those that are not as they were."""
        news = ((each, self._had.get(key)) for key, each in self.told.items())
        return tuple(each for each, had in news if ((had is None) if new else (had is not None and had != each)))


class _Ledger:
    """What the lines of one file say, joined to what the desk has."""

    def __init__(self, policy: Policy, desk: str, mapping: CustomerMapping, known: Customers) -> None:
        self._policy = policy
        self._desk = desk
        self._mapping = mapping
        self.customers = _Shelf(known.customers, lambda c: fold(c.name))
        self.contacts = _Shelf(known.contacts, _contact_key)
        self.assets = _Shelf(known.assets, lambda a: fold_serial(a.serial))
        self.contracts = _Shelf(known.contracts, _contract_key)

    def found(self, *, new: bool) -> Customers:
        """What is new, or what is changed."""
        return Customers(
            customers=self.customers.found(new=new),
            contacts=self.contacts.found(new=new),
            assets=self.assets.found(new=new),
            contracts=self.contracts.found(new=new),
        )

    def take(self, line: Line) -> None:
        """Add a whole line. Raises ValueError with the reason why it cannot be, and then nothing of it was added."""
        customer = self._customer(line)
        asset = self._asset(line, customer)
        self.customers.put(customer)
        if asset is not None:
            self.assets.put(asset)
        if line.contact or line.phone or line.email:
            self.contacts.put(self._contact(line, customer))
        if line.contract_from and line.contract_to:
            self.contracts.put(self._contract(line, line.contract_from, line.contract_to, customer))

    def _id(self, what: str, *parts: str) -> str:
        return import_id(self._desk, self._mapping.source, what, "\x1f".join(parts))

    def _customer(self, line: Line) -> Customer:
        key = fold(line.company)
        told, known = self.customers.told.get(key), self.customers.get(key)
        office = line.office
        if told is not None and office is not None and told.office != office.id:
            raise ValueError(
                f"The company {line.company} is with the office {told.office} in an earlier line; name one."
            )
        if known is None:
            first = office or self._policy.offices[0]
            name = line.company
            known = Customer(id=self._id("customer", key), name=name, office=first.id, country=first.country)
        moved = {"office": office.id, "country": office.country} if office is not None else {}
        return msgspec.structs.replace(known, **moved, **line.of_company)

    def _contact(self, line: Line, customer: Customer) -> Contact:
        # A number without a name is the company's own: its switchboard.
        name = line.contact or customer.name
        key = _contact_key(Contact(id="", customer=customer.id, name=name))
        known = self.contacts.get(key) or Contact(id=self._id("contact", key), customer=customer.id, name=name)
        phone = line.phone or known.phone
        return msgspec.structs.replace(
            known, phone=phone, phone_e164=phone_e164(phone, customer.country), email=line.email or known.email
        )

    def _asset(self, line: Line, customer: Customer) -> Asset | None:
        if not line.serial:
            return None
        key = fold_serial(line.serial)
        told, known = self.assets.told.get(key), self.assets.get(key)
        if told is not None and told.customer != customer.id:
            raise ValueError(
                f"The serial number {line.serial} is another company's in an earlier line; a device has one owner."
            )
        if known is None:
            known = Asset(id=self._id("asset", key), customer=customer.id, product=line.product, serial=line.serial)
        until = line.warranty_until or known.warranty_until
        return msgspec.structs.replace(known, customer=customer.id, product=line.product, warranty_until=until)

    def _contract(self, line: Line, starts: dt.date, ends: dt.date, customer: Customer) -> Contract:
        title = line.contract or self._mapping.customer.contract
        contract = Contract(
            id="",
            customer=customer.id,
            title=title,
            starts=starts,
            ends=ends,
            serial=line.serial,
            type=line.contract_type,
        )
        key = _contract_key(contract)
        known = self.contracts.get(key) or msgspec.structs.replace(contract, id=self._id("contract", key))
        level = known.feature_level if line.feature_level is None else line.feature_level
        return msgspec.structs.replace(known, title=line.contract or known.title, ends=ends, feature_level=level)


def _contact_key(contact: Contact) -> str:
    return f"{contact.customer}\x1f{fold(contact.name)}"


def _contract_key(contract: Contract) -> str:
    parts = (contract.customer, fold_serial(contract.serial), contract.starts.isoformat())
    # Contracts without a type keep the key, and by that the id, that they have always had.
    return "\x1f".join((*parts, contract.type) if contract.type else parts)
