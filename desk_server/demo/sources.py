"""What the sample desk is made from: its members, products and the names of its customers, read from ``resources/demo/desk.toml``."""

from __future__ import annotations

import tomllib

import msgspec

from desk_core.people import Role
from desk_core.resources import resource


class DemoMember(msgspec.Struct, frozen=True):
    """A member of the sample desk; the higher the ``load``, the more tickets fall to the member."""

    login: str
    name: str
    role: Role
    office: str
    departments: tuple[str, ...]
    functions: tuple[str, ...]
    skills: tuple[str, ...]
    load: float = 1.0


class Product(msgspec.Struct, frozen=True):
    """A product; ``share`` is how often customers have it, ``serial`` how its serial numbers begin."""

    name: str
    families: tuple[str, ...]
    serial: str
    share: int


class City(msgspec.Struct, frozen=True):
    """A city with its area code and the first of the thousand numbers there that are kept for fiction."""

    name: str
    area: str
    first: str
    share: int


class FirstCompany(msgspec.Struct, frozen=True):
    """A customer whom everybody meets. Its caller was promised a call back ``waited`` open minutes ago (0: we wait for the
    customer) because of this case of this class of faults."""

    name: str
    caller: str
    product: str
    category: str
    case: int
    waited: int


class Region(msgspec.Struct, frozen=True, kw_only=True):
    """The customers of one office. ``share`` of a hundred tickets is theirs; ``staff_numbers`` are the office's own."""

    office: str
    country: str
    customers: int
    share: int
    staff_numbers: str
    first_companies: tuple[FirstCompany, ...]
    prefixes: tuple[str, ...]
    branches: tuple[str, ...]
    patterns: tuple[str, ...]
    first_names: tuple[str, ...]
    surnames: tuple[str, ...]
    cities: tuple[City, ...]


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    member: tuple[DemoMember, ...]
    product: tuple[Product, ...]
    region: tuple[Region, ...]


def sources() -> Sources:
    """Everything that the sample desk is made from."""
    return msgspec.convert(tomllib.loads(resource("demo/desk.toml").read_text(encoding="utf-8")), Sources)
