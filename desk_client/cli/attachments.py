"""Files at a ticket: ``attach``, ``attachment list`` and ``attachment save``."""

from __future__ import annotations

from typing import Any

from desk_client.cli.context import Context
from desk_client.cli.output import Answer
from desk_client.services.errors import DeskError, Missing
from desk_client.services.i18n import tr
from desk_client.services.records import Attachment
from desk_client.services.words import file_words
from desk_core.files import is_program


def attach(context: Context) -> Answer:
    """``attach REF --file FILE``: stored here at once, with or without network; the bytes follow the command."""
    ticket = _ticket_id(context)
    given = [context.client.attachments.add(ticket, path.expanduser()).result() for path in context.args.files]
    synced = context.sync()
    for saved in given:
        context.refused(saved.command)
    names = [str(saved.result.get("file_name", "")) for saved in given]
    waits = {item.id for item in context.client.outbox.pending()}
    data = [
        {"id": saved.command, "name": name, "sent": saved.command not in waits}
        for saved, name in zip(given, names, strict=True)
    ]
    return Answer(data, [*(tr("Attached: {name}.", name=name) for name in names), *context.saved_line(synced)])


def _ticket_id(context: Context) -> str:
    """The ticket of the number that was typed; the server's news is read only where it is not known here."""
    try:
        return context.ticket(context.args.reference).ticket.id
    except Missing:
        context.sync()
    return context.ticket(context.args.reference).ticket.id


def attachment(context: Context) -> Answer:
    """``attachment list REF`` and ``attachment save REF [--name NAME] [--to PATH]``."""
    context.sync()
    found = context.client.attachments.listed(context.ticket(context.args.reference))
    if context.args.what == "list":
        lines = [f"{number}  {_line(file)}" for number, file in enumerate(found, 1)]
        return Answer([_data(file) for file in found], lines or [tr("Nothing is attached to this ticket.")])
    file = _chosen(found, context.args.name)
    path = context.client.attachments.save(file, context.args.to.expanduser()).result()
    lines = [tr("Saved as {path}.", path=path)]
    if is_program(path.name):
        lines.append(tr("It is a program: do not open it unless you expected it."))
    return Answer({**_data(file), "path": str(path)}, lines)


def _chosen(found: tuple[Attachment, ...], wanted: str | None) -> Attachment:
    """By its number in the list or its name, the newest of that name; it may be left out where there is only one."""
    if not found:
        raise Missing(tr("Nothing is attached to this ticket."), code="no_such_file")
    if wanted is None and len(found) == 1:
        return found[0]
    names = ", ".join(file.name for file in found)
    if wanted is None:
        text = tr("Several files are attached; say which one with --name: {names}.", names=names)
        raise DeskError(text, "which_file", ("name",), {"names": names})
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= len(found):
        return found[int(wanted) - 1]
    named = [file for file in found if file.name == wanted]
    if not named:
        text = tr("No file of that name is attached; these are: {names}.", names=names)
        raise Missing(text, "no_such_file", ("name",), {"names": names})
    return named[-1]


def _line(file: Attachment) -> str:
    return tr("{who} {attached}", who=file.who, attached=file_words(file.name, file.size)).strip()


def _data(file: Attachment) -> dict[str, Any]:
    return {"id": file.id, "name": file.name, "size": file.size, "sha256": file.sha256, "who": file.who, "at": file.at}
