"""Finding what a caller talks about while they talk: by number, name, serial number, reference or any words (H-05, H-12, R53)."""

from __future__ import annotations

from desk_client.models import policies, queries, search
from desk_client.models.access import Access, Here
from desk_client.services.errors import Missing
from desk_client.services.queue import row
from desk_client.services.records import CustomerView, Elsewhere, Found, Match, World
from desk_core import entitlement, references
from desk_core.caller_ids import caller_number
from desk_core.decisions.on_handover import is_specialist
from desk_core.people import Member, fold, phone_e164
from desk_core.routing import by_skill
from desk_core.scope import covers
from desk_core.tickets import Entitlement, Ticket

MOST = 20


class Lookup:
    """Read-only; answers at once from this machine."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def world(self) -> World:
        """The policies and the members: what forms offer."""
        with self._access.read() as here:
            cache = here.reading.cache
            return World(
                policy=here.policy, members=tuple(queries.members(cache)), versions=(here.policy, *policies.kept(cache))
            )

    def members(self) -> tuple[Member, ...]:
        """Active members by name; the server's own program, which nobody signs in as, is none."""
        return tuple(m for m in self.world().members if m.active and m.login)

    def specialists(self, ticket: Ticket) -> tuple[tuple[str, ...], tuple[Member, ...]]:
        """What a ticket is about (product, class), and whom its caller can be put through to, those who know it first (H-03, H-13)."""
        with self._access.read() as here:
            everyone = queries.members(here.reading.cache)
        about = (ticket.fault.product, ticket.category, ticket.classification)
        able = (m for m in everyone if m.active and m.id != here.member.id and is_specialist(here.policy, m))
        return about, by_skill((m for m in able if covers(m, ticket.department)), about, ticket.office)

    def member_named(self, typed: str) -> Member:
        """The member with this login or name, or whose name alone begins so. Raises ``Missing``."""
        wanted, everyone = fold(typed), self.members()
        exact = [m for m in everyone if wanted in (m.id, fold(m.login), fold(m.name))]
        near = exact or [m for m in everyone if wanted and fold(m.name).startswith(wanted)]
        if len(near) == 1:
            return near[0]
        if near:
            raise Missing(
                f"More than one member is called “{typed}”: {', '.join(m.login for m in near)}.",
                code="ambiguous_member",
            )
        raise Missing(f"There is nobody called “{typed}” at this desk.", code="unknown_member", params={"value": typed})

    def department_named(self, typed: str) -> str:
        """The id of the department with this id or title. Raises ``Missing``."""
        departments = self.world().policy.departments
        found = next((d.id for d in departments if fold(typed) in (fold(d.id), fold(d.title))), None)
        if found is None:
            choices = ", ".join(d.id for d in departments)
            raise Missing(
                f"There is no department called “{typed}”; choose one of: {choices}.", code="unknown_department"
            )
        return found

    def class_named(self, typed: str) -> tuple[str, str]:
        """Category and words of a class as typed: one of the policy's, or free words with the category "" (H-10)."""
        for category in self.world().policy.categories:
            if fold(typed) in (fold(category.id), fold(category.title)):
                return category.id, category.title
        return "", typed

    def by_phone(self, number: str, office: str = "") -> tuple[Match, ...]:
        """Who calls with this number: nobody, one, or several, of whom none is preferred. The number is a hint (R53); ``office`` says in
        which country a national number is read."""
        with self._access.read() as here:
            number = caller_number(number) or number
            e164 = phone_e164(number, _country(here, office))
            found = queries.contacts_by_phone(here.reading.cache, e164, number)
            known = [(here.view.customer(c.customer), c, sure) for c, sure in found]
            # Written somewhere is not given as one's own: never the contact, however single it stands (4).
            written = () if found else queries.customers_written_with(here.reading.cache, e164 or number)
            perhaps = [here.view.customer(customer) for customer in written]
        matches = [Match(customer=customer, contact=c, sure=sure) for customer, c, sure in known if customer]
        return (*matches, *(Match(customer=customer, sure=False) for customer in perhaps if customer))

    def by_serial(self, typed: str) -> tuple[Match, ...]:
        """Products whose serial number begins with what was typed."""
        with self._access.read() as here:
            assets = search.assets_by_serial(here.reading.cache, typed, MOST)
            matches = [(here.view.customer(a.customer), a) for a in assets]
        return tuple(Match(customer=customer, asset=a) for customer, a in matches if customer)

    def by_company(self, typed: str) -> tuple[Match, ...]:
        """Customers whose name has words that begin with the typed ones, in any spelling of an umlaut."""
        with self._access.read() as here:
            return tuple(Match(customer=c) for c in search.customers_named(here.reading.cache, typed, MOST))

    def customer(self, customer_id: str) -> CustomerView:
        """A customer with persons, products and contracts. Raises ``Missing``."""
        with self._access.read() as here:
            customer = here.view.customer(customer_id)
            if customer is None:
                raise Missing("There is no such customer on this machine.")
            return CustomerView(
                customer=customer,
                contacts=tuple(search.contacts_of(here.reading.cache, customer_id)),
                assets=tuple(search.assets_of(here.reading.cache, customer_id)),
                contracts=tuple(here.view.contracts(customer_id)),
            )

    def entitlement(self, customer: str = "", serial: str = "", office: str = "") -> Entitlement:
        """What the caller is entitled to today: a contract, else a warranty, else nothing (H-05, H-12)."""
        with self._access.read() as here:
            chosen = office or here.member.office or here.policy.offices[0].id
            return entitlement.of_call(here.view, customer, serial, chosen, self._access.now())

    def find(self, typed: str) -> Found:
        """Everything that the typed words meet: a reference of a ticket or a call, tickets (newest first), customers."""
        number = references.parse(typed)
        with self._access.read() as here:
            cache = here.reading.cache
            names = queries.names(cache)
            if number is not None:
                found = self._numbered(here, number, names)
                if found is not None:
                    return found
            ranked = search.find_tickets(cache, typed, MOST)
            parties = _parties(here, typed)
            return Found(
                tickets=tuple(row(r, names) for r in ranked),
                customers=parties,
                call=queries.call_by_reference(cache, number) if number is not None else None,
                more=len(ranked) == MOST or len(parties) == MOST,
            )

    def _numbered(self, here: Here, number: str, names: dict[str, str]) -> Found | None:
        ticket = queries.by_reference(here.reading.cache, number)
        if ticket is None:
            return None
        ranked = queries.tickets(here.reading.cache, [ticket])
        if ranked:
            return Found(tickets=(row(ranked[0], names),))
        stub = queries.stub(here.reading.cache, ticket)
        if stub is None:
            return None
        department = here.policy.department(stub.department)
        return Found(
            elsewhere=Elsewhere(stub=stub, department_title=department.title if department else stub.department)
        )


def _country(here: Here, office: str) -> str:
    found = here.policy.office(office or here.member.office) or here.policy.offices[0]
    return found.country


def _parties(here: Here, typed: str) -> tuple[Match, ...]:
    customers, contacts, assets = search.find_parties(here.reading.cache, typed, MOST)
    matches = [Match(customer=c) for c in customers]
    for contact in contacts:
        owner = here.view.customer(contact.customer)
        if owner is not None:
            matches.append(Match(customer=owner, contact=contact))
    for asset in assets:
        owner = here.view.customer(asset.customer)
        if owner is not None:
            matches.append(Match(customer=owner, asset=asset))
    return tuple(matches[:MOST])
