"""A few days at a small desk, for the pictures and tests of the ticket page: Sven is a specialist, Anke is not, Wilma works elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

from desk_core import commands as c
from desk_core.people import Contact, Member
from desk_core.policy import Policy
from desk_core.policy_file import load
from desk_core.resources import resource
from desk_core.tickets import Fault
from tests.support.world import FAULT, World, at

GREETING = "Dear customers"
CLOSING = "Thank you for your interest in our products and services."
NOW = "2026-06-09T11:38+02:00"


@dataclass
class Scene:
    """The world with the people who matter."""

    world: World
    sven: Member
    anke: Member
    contacts: tuple[Contact, ...]
    policy_text: str = ""


def fault(company: str, description: str, caller: str = "Jonas Reimann", phone: str = "040 5550188") -> Fault:
    """A complete fault."""
    return Fault(
        caller=caller,
        company=company,
        phone=phone,
        product="LabelJet 4300",
        serial="LJ43-0011223",
        description=description,
    )


def worded_policy() -> str:
    """The shipped policy with first and last words for every written answer."""
    text = resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    before, title, after = text.partition('title = "Written answer"\n')
    signed, signature, rest = after.partition("signature = true\n")
    assert title
    assert "[[" not in signed
    assert signature
    return f'{before}{title}{signed}starts_with = "{GREETING}"\nends_with = "{CLOSING}"\n{rest}'


def scene(policy_text: str = "") -> Scene:
    """Four tickets of technical support and one of the workshop; it is Tuesday 11:38 in the end.

    ``busy`` is Sven's and has a long history; ``late`` and ``soon`` wait for a call back; ``free`` has no contract; ``work`` is elsewhere.
    """
    text = policy_text or resource("policies/hamburg-woking.toml").read_text(encoding="utf-8")
    policy: Policy = load(text)
    world = World(policy)
    anke, sven = _member(world, "anke", "Anke Brandt"), _member(world, "sven", "Sven Kröger", "specialist")
    world.add_member("wilma", departments=("workshop",), office="hamburg")
    customer = world.entitle()
    world.entitle("Brandt & Söhne")
    world.entitle("Surrey Foods Ltd", until=dt.date(2026, 3, 12))
    contact = Contact(
        id="p1",
        customer=customer.id,
        name="Imke Petersen",
        phone="040 5550177",
        phone_e164="+49405550177",
        email="imke.petersen@nordlicht.example",
    )
    _busy(world, anke, sven, customer.id)
    _waiting(world, anke)
    world.now = at(NOW)
    return Scene(world, sven, anke, (contact,), text)


def _member(world: World, login: str, name: str, *functions: str) -> Member:
    made = world.add_member(login, departments=("technical_support",), office="hamburg", functions=functions)
    world.members[login] = msgspec.structs.replace(
        made, name=name, phone="+49 40 8000 130", email=f"{login}@example.org"
    )
    return world.members[login]


def _busy(world: World, anke: Member, sven: Member, customer: str) -> None:
    words = "Printhead error E-114, stops after 20 labels.\nStarted after the ribbon was changed. Head cleaned twice."
    world.now = at("2026-06-05T16:10+02:00")
    detailed = msgspec.structs.replace(FAULT, description=words)
    world.log(
        anke,
        "busy",
        fault=detailed,
        classification="",
        category="printhead.hardware",
        contact="p1",
        customer=customer,
    )
    world.now += dt.timedelta(minutes=4)
    world.do(anke, c.OfferCallBack(ticket="busy"))
    world.do(anke, c.EndCall(call="call-busy"))
    world.now = at("2026-06-08T08:50+02:00")
    world.do(sven, c.TakeNext())
    world.now += dt.timedelta(minutes=6)
    world.do(sven, c.AttemptCallBack(ticket="busy", reached=True))
    world.now += dt.timedelta(seconds=20)
    world.do(sven, c.LogTime(ticket="busy", minutes=25, remark="Guided cleaning of the head"))
    world.now += dt.timedelta(seconds=20)
    world.do(sven, c.Reply(ticket="busy", text=_answer(world.policy)))
    world.now += dt.timedelta(minutes=2)
    world.do(sven, c.RequestInformation(ticket="busy", question="Photo of the printhead from the front"))
    world.now += dt.timedelta(seconds=20)
    world.do(sven, c.WaitForCustomer(ticket="busy", reason="Photo of the printhead"))
    world.now = at("2026-06-09T09:12+02:00")
    world.do(anke, c.CustomerAnswers(ticket="busy", text="Photo came by mail: a scratch over the left third."))
    world.now += dt.timedelta(seconds=20)
    world.do(anke, c.AddNote(ticket="busy", text="She needs it for the 14:00 lorry."))


def _answer(policy: Policy) -> str:
    message = policy.message("reply")
    first, last = (message.starts_with, message.ends_with) if message else ("", "")
    body = (
        "please set the darkness to 12 and print the test label. If E-114 appears again, send us a photo of the head."
    )
    return "\n\n".join(part for part in (first, body, last) if part)


def _waiting(world: World, anke: Member) -> None:
    calls = (
        ("09:20", "late", fault("Nordlicht Druck GmbH", "Ribbon order question", "Imke Petersen"), "ribbon"),
        ("10:20", "soon", fault("Brandt & Söhne", "Labels shifted 3 mm to the left"), "calibration"),
        ("10:25", "free", fault("Surrey Foods Ltd", "Driver refuses firmware 4.2", "Ruth Hill"), "driver"),
        ("10:30", "work", fault("Brandt & Söhne", "Needs a repair"), "repair"),
    )
    for time, ticket, reported, category in calls:
        world.now = at(f"2026-06-09T{time}+02:00")
        world.log(anke, ticket, fault=reported, category=category, classification="")
        world.do(anke, c.OfferCallBack(ticket=ticket))
        world.do(anke, c.EndCall(call=f"call-{ticket}"))
