"""The customers of the sample desk: companies, the people who call, what they have, and what they are entitled to."""

from __future__ import annotations

import datetime as dt
from random import Random

import msgspec

from desk_core.people import Asset, Contact, Contract, Customer, fold
from desk_server.demo.sources import City, Product, Region, Sources

_WARRANTY_DAYS = 730
_CONTRACTS = {
    "DE": ("Wartungsvertrag Standard", "Wartungsvertrag Premium"),
    "GB": ("Maintenance contract Standard", "Maintenance contract Premium"),
}
_COUNTRY_CODES = {"DE": "49", "GB": "44"}
_LAST_GROUP = {"DE": 3, "GB": 4}


class Company(msgspec.Struct, frozen=True, kw_only=True):
    """A customer with all that belongs to it."""

    customer: Customer
    contacts: tuple[Contact, ...]
    assets: tuple[Asset, ...]
    contracts: tuple[Contract, ...]


class Companies:
    """Makes the customers of one office; ``serials`` are the serial numbers that are taken, at any office."""

    def __init__(
        self,
        dice: Random,
        region: Region,
        products: tuple[Product, ...],
        today: dt.date,
        serials: set[str],
    ) -> None:
        self._dice = dice
        self._region = region
        self._products = products
        self._today = today
        self._names: set[str] = set()
        self._serials = serials
        self._used_numbers: dict[str, int] = {}

    def all(self) -> list[Company]:
        """The first companies, then as many others as the region has."""
        found = [self._company(f.name, f.caller, f.product) for f in self._region.first_companies]
        while len(found) < self._region.customers:
            found.append(self._company(self._new_name(), self._person(), ""))
        return found

    def _company(self, name: str, caller: str, product: str) -> Company:
        dice, today = self._dice, self._today
        self._names.add(name)
        cities = self._region.cities
        city = cities[0] if product else dice.choices(cities, [c.share for c in cities])[0]
        customer = Customer(
            id=new_id(dice), name=name, office=self._region.office, country=self._region.country, notes=city.name
        )
        people = [caller]
        while len(people) < dice.choice((1, 1, 2, 2, 3)):
            person = self._person()
            if person not in people:
                people.append(person)
        switchboard = self._number(city)
        contacts = []
        for number, person in enumerate(people):
            typed, e164 = switchboard if number != 1 else self._number(city)
            contacts.append(
                Contact(
                    id=new_id(dice),
                    customer=customer.id,
                    name=person,
                    phone=typed,
                    phone_e164=e164,
                    email=_email(person, name),
                )
            )
        assets = [self._asset(customer, product)]
        assets += [self._asset(customer, "") for _ in range(dice.choice((0, 0, 1, 1, 2, 2, 3, 4, 6)))]
        contracts = self._contracts(customer, assets, today, sure=bool(product))
        return Company(customer=customer, contacts=tuple(contacts), assets=tuple(assets), contracts=tuple(contracts))

    def _new_name(self) -> str:
        region, dice = self._region, self._dice
        while True:
            surname, other = dice.sample(region.surnames, 2)
            name = dice.choice(region.patterns).format(
                prefix=dice.choice(region.prefixes), branch=dice.choice(region.branches), surname=surname, other=other
            )
            if name not in self._names:
                return name

    def _person(self) -> str:
        return f"{self._dice.choice(self._region.first_names)} {self._dice.choice(self._region.surnames)}"

    def _number(self, city: City) -> tuple[str, str]:
        """A number nobody has, as people write it and in its international form."""
        used = self._used_numbers.get(city.area, 0)
        self._used_numbers[city.area] = used + 1
        local = str(int(city.first) + used % 900)
        code = _COUNTRY_CODES[self._region.country]
        last = _LAST_GROUP[self._region.country]
        return f"+{code} {city.area} {local[:-last]} {local[-last:]}", f"+{code}{city.area}{local}"

    def _asset(self, customer: Customer, wanted: str) -> Asset:
        dice = self._dice
        product = next((p for p in self._products if p.name == wanted), None)
        if product is None:
            product = dice.choices(self._products, [p.share for p in self._products])[0]
        age = dice.randint(20, 2400)
        # Serial numbers count up over the years, a few dozen a day; the last three digits keep them apart.
        count = 160_000 - age * 60 + dice.randint(0, 59)
        serial = f"{product.serial}-{count:07d}"
        return Asset(
            id=new_id(dice),
            customer=customer.id,
            product=product.name,
            serial=self._unique(serial, product, age),
            warranty_until=self._today + dt.timedelta(days=_WARRANTY_DAYS - age),
        )

    def _unique(self, serial: str, product: Product, age: int) -> str:
        while serial in self._serials:
            serial = f"{product.serial}-{160_000 - age * 60 + self._dice.randint(0, 3000):07d}"
        self._serials.add(serial)
        return serial

    def _contracts(self, customer: Customer, assets: list[Asset], today: dt.date, *, sure: bool) -> list[Contract]:
        """Most have a running contract; some had one, some have one for a single device, some never had any."""
        dice = self._dice
        kind = "running" if sure else dice.choices(("running", "single", "ended", "none"), (56, 10, 14, 20))[0]
        if kind == "none":
            return []
        years = dice.choice((1, 2, 2, 3))
        begun = dice.randint(1, 12 * years - 1) if kind != "ended" else dice.randint(12 * years + 3, 12 * years + 26)
        starts = _first_of_month(today, -begun)
        ends = _first_of_month(starts, 12 * years) - dt.timedelta(days=1)
        title = dice.choice(_CONTRACTS[self._region.country])
        serial = assets[0].serial if kind == "single" else ""
        return [Contract(id=new_id(dice), customer=customer.id, title=title, starts=starts, ends=ends, serial=serial)]


def _first_of_month(day: dt.date, months: int) -> dt.date:
    """The first of the month that lies ``months`` after the month of ``day``."""
    count = day.year * 12 + day.month - 1 + months
    return dt.date(count // 12, count % 12 + 1, 1)


def all_companies(dice: Random, made_from: Sources, today: dt.date) -> dict[str, list[Company]]:
    """The companies of each office."""
    serials: set[str] = set()
    return {
        region.office: Companies(dice, region, made_from.product, today, serials).all() for region in made_from.region
    }


def new_id(dice: Random) -> str:
    """An id that looks like any other (UUID, version 4) and comes from the dice."""
    digits = f"{dice.getrandbits(128):032x}"
    return (
        f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{'89ab'[int(digits[16], 16) % 4]}{digits[17:20]}-{digits[20:]}"
    )


def _email(person: str, company: str) -> str:
    def slug(text: str, join: str) -> str:
        plain = "".join(c if c.isascii() and c.isalnum() else " " for c in fold(text.replace("'", "")))
        return join.join(plain.split())

    words = slug(company, " ").split()
    legal = {"gmbh", "co", "kg", "ag", "e", "k", "ltd", "plc", "llp", "ohg", "gebr", "and", "sons", "soehne"}
    domain = "-".join(w for w in words if w not in legal)
    return f"{slug(person.removeprefix('Dr. '), '.')}@{domain}.example"
