"""The arguments of a new ticket, by phone or otherwise: the fault, class, fields, timescale, and the form of a complaint."""

from __future__ import annotations

import argparse

from desk_client.cli.service_rows import Arg, text
from desk_client.cli.service_table import add_args

FAULT: tuple[Arg, ...] = (
    *(text(f"--{name}", name, needed=False) for name in ("caller", "company", "phone", "product", "serial")),
    text("--fault", "description", "what is wrong, or what it is about", needed=False),
    text("--serial-missing", "serial_missing", "a supervisor's reason why there is no serial number", needed=False),
)
FORM: tuple[Arg, ...] = (
    text("--title", "title", "what it is about in a few words; made from the rest when it is left out", needed=False),
    Arg("--department", "department", "department", "where it belongs; the class decides when it is left out"),
    Arg("--office", "office", "office", "the office that took it; yours when it is left out"),
    Arg("--customer", "customer", "customer_named", "the customer by name, where the company alone does not say it"),
    text("--email", "email", "where messages go", needed=False),
    text("--no-email", "no_email", "why there is no e-mail address", needed=False),
    Arg("--customer-kind", "customer_kind", "customer_kind", "what kind of customer it is"),
    Arg("--set", "fields", "fields", "a field of the policy; may be repeated", "FIELD=VALUE"),
    Arg("--timescale", "timescale", "timescale", "an amount such as “2 working days”, or “until” with date and time"),
    text("--exempt", "exempt", "the contract that rules instead of the charter", needed=False),
)
COMPLAINT: tuple[Arg, ...] = (
    text(
        "--complaint", "summary", "what the complaint says; with it the form of a complaint is filled in", needed=False
    ),
    text("--complaint-kind", "complaint_kind", "kind of complaint, where there are several", needed=False),
    Arg("--about-staff", "member", "member", "the member of staff complained about", "NAME"),
    Arg("--personal-data", "personal_data", "yes", "it is about the use of personal data"),
    Arg("--log-under", "log_under", "address", "the shared address under which it is kept", "ADDRESS"),
    Arg("--evidence-reference", "references", "texts", "a ticket's number; may be repeated", "REF"),
    Arg("--evidence-staff", "staff", "texts", "whom they talked to; may be repeated", "NAME"),
    Arg("--evidence-time", "times", "texts", "when, with its zone; may be repeated", "WHEN"),
    Arg("--evidence-number", "numbers", "texts", "the number they called from; may be repeated", "PHONE"),
    Arg("--evidence-mail", "mails", "texts", "a mail that was sent; may be repeated", "MAIL"),
    Arg("--accept", "accepted", "yes", "a supervisor takes it on a channel that is offered the form"),
)


def add_intake(command: argparse.ArgumentParser, kind: str) -> None:
    """The arguments of ``log-call`` and ``ticket``; ``kind`` is the kind of ticket when none is typed."""
    command.add_argument("--kind", default="", help=f"{kind} (default), enquiry, complaint, … or another of the policy")
    command.add_argument("--class", dest="classification", default="", help="a class of the policy, or free words")
    command.add_argument("--contact", default="", help="the person at the customer, by name")
    add_args(command, FAULT)
    add_args(command, FORM)
    add_args(command, COMPLAINT)
