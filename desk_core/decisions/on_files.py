"""Files that are attached to a ticket; whoever may read the ticket may read them."""

from __future__ import annotations

from desk_core.decisions.context import Context, seen_ticket, stop
from desk_core.decisions.outcome import Decided
from desk_core.files import MOST_BYTES, AttachFile, FileAttached, is_digest, media_type, safe_name, size_words


def attach_file(ctx: Context, ask: AttachFile) -> Decided:
    """A file is taken at any time, on any ticket in scope; its name is made safe here, for everybody who will see it."""
    ticket = seen_ticket(ctx, ask.ticket)
    name = safe_name(ask.file_name)
    if ask.size < 1:
        stop("empty_file", "file_name", name=name)
    if ask.size > MOST_BYTES:
        stop("file_too_large", "file_name", name=name, size=size_words(ask.size), most=size_words(MOST_BYTES))
    if not is_digest(ask.sha256):
        stop("bad_file", "file_name", name=name)
    attached = FileAttached(sha256=ask.sha256, file_name=name, size=ask.size, media_type=media_type(ask.media_type))
    ticket = ctx.story.ticket(ticket, attached)
    return ctx.story.decided(ticket=ticket.id, reference=ticket.reference, file_name=name)
