"""Both versions of what the server refused, field by field: what was given here, and what stands there now; neither is dropped (50)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from desk_client.services.errors import DeskError
from desk_client.services.records import TicketView, Unsent
from desk_client.ui.desk import Desk
from desk_client.ui.i18n import tr
from desk_client.ui.widgets import Label
from desk_core.commands import Ask
from desk_core.tickets import Fault, Ticket

LONG = frozenset({"description", "text", "note", "reason", "solution", "summary", "question", "remark"})
_EDITABLE = (
    *sorted(LONG),
    "caller",
    "company",
    "phone",
    "product",
    "serial",
    "serial_missing",
    "classification",
    "title",
)


@dataclass(frozen=True, slots=True)
class Version:
    """One field: ``given`` here, and ``there`` what the ticket says now, None where a ticket has no such field."""

    label: str
    given: str
    there: str | None


def texts(ask: Ask) -> Iterator[tuple[str, str]]:
    """The texts of a command that a person may change."""
    for record in (ask, getattr(ask, "fault", None)):
        if isinstance(record, msgspec.Struct):
            for name in _EDITABLE:
                value = getattr(record, name, None)
                if isinstance(value, str):
                    yield name, value


def with_texts(ask: Ask, typed: dict[str, str]) -> Ask:
    """The command with these texts."""
    fault = getattr(ask, "fault", None)
    changes: dict[str, object] = {name: text for name, text in typed.items() if name in ask.__struct_fields__}
    if isinstance(fault, Fault):
        changes["fault"] = msgspec.structs.replace(
            fault, **{name: text for name, text in typed.items() if name in fault.__struct_fields__}
        )
    return msgspec.structs.replace(ask, **changes)


def versions(desk: Desk, item: Unsent) -> list[Version]:
    """The fields of a refused command, each with what stands at the desk now; fields in which both say the same are left out."""
    ticket = _ticket(desk, item)
    found = []
    for name, given in texts(desk.outbox.editable(item)):
        there = _there(ticket, name)
        if given != (there or ""):
            found.append(Version(label_of(name), given, there))
    return found


def _ticket(desk: Desk, item: Unsent) -> Ticket | None:
    try:
        found = desk.tickets.get(item.ticket) if item.ticket else None
    except DeskError:
        return None
    return found.ticket if isinstance(found, TicketView) else None


def _there(ticket: Ticket | None, name: str) -> str | None:
    for record in (ticket, ticket.fault if ticket else None):
        value = getattr(record, name, None)
        if isinstance(value, str):
            return value
    return None


class VersionList(Label):
    """The versions as text that can be selected and copied."""

    def __init__(self) -> None:
        super().__init__("", wrap=True)

    def show_versions(self, found: list[Version]) -> None:
        """Show these; nothing at all without any."""
        self.setText("\n".join(_lines(found)))
        self.setVisible(bool(found))


def _lines(found: list[Version]) -> Iterator[str]:
    for version in found:
        yield tr("{field}, as given here: {text}", field=version.label, text=version.given or tr("empty"))
        if version.there is not None:
            yield tr("{field}, as it stands there: {text}", field=version.label, text=version.there or tr("empty"))


def label_of(name: str) -> str:
    """What a field of a command is called."""
    return {
        "description": tr("Fault"),
        "text": tr("Text"),
        "note": tr("Note"),
        "reason": tr("Reason"),
        "solution": tr("Solution"),
        "summary": tr("Summary"),
        "question": tr("Question"),
        "remark": tr("Remark"),
        "caller": tr("Caller"),
        "company": tr("Company"),
        "phone": tr("Phone"),
        "product": tr("Product"),
        "serial": tr("Serial number"),
        "serial_missing": tr("Why there is no serial number"),
        "classification": tr("Class"),
        "title": tr("Title"),
    }[name]
