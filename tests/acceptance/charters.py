"""Who works at the five desks and for whom: what an administrator types, and the spreadsheet of customers that is imported."""

from __future__ import annotations

from typing import NamedTuple

_HEAD = "company,contact,phone,email,product,serial,warranty until,contract from,contract to,office"


class Charter(NamedTuple):
    """A desk to be made. ``people`` are the words after ``member add``; ``reader`` may read everything; it is ``now`` at first."""

    policy: str
    now: str
    reader: str
    people: tuple[str, ...]
    customers: tuple[str, ...]

    @property
    def spreadsheet(self) -> str:
        """The customers as a file that ``import`` takes."""
        return "\n".join((_HEAD, *self.customers, ""))


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
    customers=("Klein & Co,Kim,,kim@customer.example,,,,,,", "Moser,Mai,,mai@customer.example,,,,,,"),
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
        "Nordlicht Druck GmbH,Imke Petersen,040 5550177,imke@nordlicht.example,LabelJet 4300,LJ43-0092817,,2020-01-01,2030-12-31,hamburg",
        "Weber KG,Rolf Weber,040 5550188,,LabelJet 4300,W-1,2026-06-08,,,hamburg",
        "Kern AG,Rosa Kern,040 5550199,,LabelJet 4300,K-1,2026-06-07,,,hamburg",
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
            ("anna", "agent", "customer_services"),
            ("ben", "agent", "customer_services"),
            ("cora", "supervisor", "customer_services_manager"),
            ("dan", "manager", "senior_customer_services_manager"),
        )
    ),
    customers=(
        "Nordlicht Druck GmbH,Kim,,kim@customer.example,,,,,,london",
        "Hudson Inc,Hal,,hal@hudson.example,,,,,,new_york",
        "Mesa LLC,Mo,,mo@mesa.example,,,,,,denver",
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
    customers=("Ugo Verdi,Ugo Verdi,,ugo@customer.example,,,,,,",),
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
    customers=("Nordlicht Druck GmbH,Kim,,kim@customer.example,,,,,,",),
)
