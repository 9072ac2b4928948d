"""Who works at the five desks and for whom: what an administrator types, and the spreadsheet of customers that is imported."""

from __future__ import annotations

from typing import NamedTuple

_DEVICE = ("product", "serial", "warranty until")
_COLUMNS = (
    *("company", "contact", "phone", "email", *_DEVICE, "contract from", "contract to", "office"),
    *("kind", "customer email", "end customer", "current version", "contract type", "feature level"),
)


class Charter(NamedTuple):
    """A desk to be made. ``people`` are the words after ``member add``; ``reader`` may read everything; it is ``now`` at first."""

    policy: str
    now: str
    reader: str
    people: tuple[str, ...]
    customers: tuple[dict[str, str], ...]

    @property
    def spreadsheet(self) -> str:
        """The customers as a file that ``import`` takes."""
        rows = (",".join(each.get(column, "") for column in _COLUMNS) for each in self.customers)
        return "\n".join((",".join(_COLUMNS), *rows, ""))


HOSTING = Charter(
    policy="hosting",
    now="2026-06-09T14:00+07:00",
    reader="eva",
    people=(
        "cleo --role agent --function cs --department cs",
        "bao --role agent --department business",
        "tam --role agent --department technical",
        "tuan --role agent --department technical",
        "dora --role agent --department design",
        "room --role agent --department customer_room",
        "hoa --role supervisor --function head --department technical",
        "eva --role manager",
    ),
    customers=(
        {"company": "Klein & Co", "customer email": "kim@customer.example"},
        {"company": "Moser", "customer email": "mai@customer.example"},
    ),
)
HAMBURG_WOKING = Charter(
    policy="hamburg-woking",
    now="2026-06-08T10:00+02:00",
    reader="tess",
    people=(
        "anke --role agent --office hamburg --department technical_support",
        "sven --role specialist --skill LabelJet --office hamburg --department technical_support",
        "ada --role specialist --office hamburg --department technical_support",
        "carla --role agent --office woking --department customer_service",
        "tess --role technical_support_manager --phone 1 --email tess@desk.example",
    ),
    customers=(
        {
            **{"company": "Nordlicht Druck GmbH", "contact": "Imke Petersen", "phone": "040 5550177"},
            **dict(zip(_DEVICE, ("LabelJet 4300", "LJ43-0092817", ""), strict=True)),
            **{"contract from": "2020-01-01", "contract to": "2030-12-31"},
        },
        {"company": "Weber KG", **dict(zip(_DEVICE, ("LabelJet 4300", "W-1", "2026-06-08"), strict=True))},
        {"company": "Kern AG", **dict(zip(_DEVICE, ("LabelJet 4300", "K-1", "2026-06-07"), strict=True))},
    ),
)
AKIXI = Charter(
    policy="akixi",
    now="2026-03-16T10:00+00:00",
    reader="dan",
    people=tuple(
        f"{login} --role {role} --function {function} --department customer_services --office london "
        f"--email {login}@desk.example --phone=+442079460000"
        for login, role, function in (
            # Nobody comes before the manager who takes over what escalates.
            ("dan", "manager", "senior_customer_services_manager"),
            ("cora", "supervisor", "customer_services_manager"),
            ("anna", "agent", "customer_services"),
            ("ben", "agent", "customer_services"),
        )
    ),
    customers=(
        {"company": "Nordlicht Druck GmbH", "office": "london", "customer email": "kim@customer.example"},
        {"company": "Hudson Inc", "office": "new_york", "customer email": "hal@hudson.example"},
        {"company": "Mesa LLC", "office": "denver", "customer email": "mo@mesa.example"},
    ),
)
ASK4 = Charter(
    policy="ask4",
    now="2026-06-08T10:00+01:00",
    reader="dora",
    people=(
        "bob --role agent --email bob@desk.example",
        "carla --role agent --function complaint_handler --email carla@desk.example",
        "dora --role supervisor --function appeal_reviewer --email dora@desk.example",
    ),
    customers=({"company": "Ugo Verdi", "customer email": "ugo@customer.example"},),
)
EXPANDIT = Charter(
    policy="expandit",
    now="2026-06-08T10:00+02:00",
    reader="vera",
    people=tuple(
        f"{login} --role {role} --function {function} --email {login}@expandit.example"
        for login, role, function in (
            ("anna", "agent", "service"),
            ("fee", "agent", "fee_earner"),
            ("prog", "agent", "programmer"),
            ("lisa", "agent", "licence_desk"),
            ("sam", "agent", "sales_desk"),
            ("susi", "supervisor", "supervisor"),
            ("vera", "manager", "board"),
        )
    ),
    customers=(
        {
            **{"company": "Nordlicht Druck GmbH", "kind": "partner", "customer email": "kim@customer.example"},
            "end customer": "end@user.example",
        },
        {
            **{"company": "Kern AG", "kind": "reseller", "customer email": "rosa@kern.example"},
            **{"contract from": "2026-01-01", "contract to": "2026-12-31"},
            **{"contract type": "assurance", "feature level": "1000"},
        },
    ),
)
