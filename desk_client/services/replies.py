"""Writing to a customer: the letter as it will be read, hints, text blocks and questions (15; A-29, A-30, A-35, K-08, V-27, V-28, V-31)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import lru_cache

import msgspec

from desk_client.models.access import Access, Here
from desk_client.models.changes import DRAFTS
from desk_client.models.storage import URGENT
from desk_client.models.store import Store
from desk_client.services.errors import Refused
from desk_client.services.records import Record, TicketView
from desk_client.services.rehearsal import Imagined
from desk_core import messages, wording, writing
from desk_core.commands import Command, Reply
from desk_core.decisions import Decided, decide
from desk_core.events import ReplySent
from desk_core.events_of_service import MessageMade
from desk_core.letters import Sheet, sheet
from desk_core.people import Member
from desk_core.policy import Policy
from desk_core.resources import resource, shipped
from desk_core.tickets import Ticket
from desk_core.views import Lacking
from desk_core.wording import Refusal
from desk_core.writing import Shipped, TextBlock

_BODY = "\ue000"  # stands for what is going to be written; it is in no text that anybody types
_KEY = "text_blocks"
_OWN = msgspec.json.Decoder(tuple[TextBlock, ...])
_FOLDER = "text_blocks"
_OTHERS = "en"
Changing = Callable[[list[TextBlock]], list[TextBlock]]


@lru_cache(maxsize=8)
def _shipped(language: str) -> Shipped:
    return writing.shipped_blocks(resource(f"{_FOLDER}/{language}.toml").read_text(encoding="utf-8"))


class Letter(Record, frozen=True, kw_only=True):
    """What a customer will read. ``problem``: why it would be refused as it stands; ``sent`` is False where the policy sends no mail of
    it, ``withheld`` True where nobody would get it for want of an address."""

    sheet: Sheet
    problem: Refused | None = None
    sent: bool = True
    withheld: bool = False


class Replies:
    """What the composer asks for. Own text blocks are kept in the member's encrypted file, and are on this machine alone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    # --- the letter ------------------------------------------------------------------------------------------------------

    def frame(self, ticket: Ticket) -> tuple[str, str]:
        """What stands before and after the words of the member: mandated words, mandatory parts, signature, contact details."""
        with self._access.read() as here:
            policy, member = policy_for(here, ticket), _member(here)
            whole = _complete(policy, ticket, member, wording.reply_text(policy, member, _BODY, ticket))
        before, _, after = whole.partition(_BODY)
        return before.strip(), after.strip()

    def letter(self, body: str, ticket: Ticket, mark: str = "") -> Letter:
        """What the customer will read if this is sent now: the same rules decide and the same words are made as at the server."""
        with self._access.read() as here:
            policy, member = policy_for(here, ticket), _member(here)
            text = wording.reply_text(policy, member, body, ticket)
            now = self._access.now()
            ask = Reply(ticket=ticket.id, text=text, mark=mark)  # type: ignore[arg-type]  # one of marks()
            command = Command(id="preview", ask=ask, actor=member.id, issued_at=now, last_contact=now)
            outcome = decide(Imagined(here.view), command, member, now)
            if isinstance(outcome, Decided):
                return _letter(outcome, text)
            problem = Refused.by(outcome) if isinstance(outcome, Refusal) else None
            shown = Sheet("", (), (), "", _complete(policy, ticket, member, text))
        return Letter(sheet=shown, problem=problem)

    def marks(self, ticket: Ticket) -> tuple[str, ...]:
        """What an answer can be beside an answer, as far as a promise of the ticket's policy asks for it (A-43, E-27, E-33)."""
        with self._access.read() as here:
            policy = policy_for(here, ticket)
        return tuple(dict.fromkeys(stop.mark for clock in policy.clocks for stop in clock.stops if stop.mark))

    # --- while it is written ---------------------------------------------------------------------------------------------

    def hints(self, text: str, ticket: Ticket | None = None) -> tuple[str, ...]:
        """What could be better about a text, in codes; nothing is refused because of it."""
        with self._access.read() as here:
            policy = policy_for(here, ticket)
        return wording.hints(policy, text, waiting=ticket is not None and ticket.status == "waiting_customer")

    def jargon(self, ticket: Ticket | None = None) -> tuple[str, ...]:
        """The words that a customer need not know (K-08)."""
        with self._access.read() as here:
            policy = policy_for(here, ticket)
        return tuple(each.word for each in policy.wording.jargon)

    def check(self, text: str) -> None:
        """Raise ``unfilled`` while a placeholder stands in a text that is to be sent (15)."""
        refusal = writing.unfilled_refusal(text, self.names())
        if refusal is not None:
            raise Refused.by(refusal)

    def questions(self, view: TicketView) -> Sequence[str]:
        """What could be asked: a question about each thing that the ticket does not say yet (E-21, H-22)."""
        fault, ticket = view.ticket.fault, view.ticket
        with self._access.read() as here:
            policy = policy_for(here, ticket)
        known = {name: getattr(fault, name) for name in ("product", "serial", "description", "phone", "company")}
        known["serial"] = fault.serial or fault.serial_missing
        known |= {field.id: ticket.field(field.id) for field in policy.fields}
        return writing.asked(known, _shipped(_language(policy)).questions)

    # --- text blocks -----------------------------------------------------------------------------------------------------

    def blocks(self) -> tuple[TextBlock, ...]:
        """The member's own, then those that ship, in the language of the desk first; an own one hides a shipped one of its prefix."""
        with self._access.read() as here:
            rows = here.reading.outbox.run("SELECT value FROM identity WHERE key = ?", (_KEY,)).fetchall()
            languages = dict.fromkeys((_language(here.policy), _OTHERS))
        try:
            own = _OWN.decode(rows[0][0]) if rows and rows[0][0] else ()
        except msgspec.MsgspecError:
            own = ()  # kept by another version of the program
        taken = {each.prefix for each in own}
        ours = [each for language in languages for each in _shipped(language).block if each.prefix not in taken]
        return (*own, *ours)

    def names(self) -> set[str]:
        """The names of all placeholders that a text block may leave in a text."""
        return writing.names_in(block.text for block in self.blocks())

    def fill(self, block: TextBlock, view: TicketView) -> str:
        """A text block for a ticket, as far as it can be filled in."""
        ticket = view.ticket
        with self._access.read() as here:
            words = messages.words_of(policy_for(here, ticket), ticket, None, _member(here))
        if view.contact is not None:
            words["caller"] = view.contact.name
        return writing.filled_block(block, words)

    def keep_block(self, block: TextBlock, instead_of: str = "") -> Future[None]:
        """Keep an own text block, in place of the own one with the prefix ``instead_of``. Fails with ``bad_prefix``, ``prefix_taken`` or
        ``missing_text``."""

        def change(own: list[TextBlock]) -> list[TextBlock]:
            others = [each for each in own if each.prefix != instead_of]
            refusal = writing.block_refusal(block, others)
            if refusal is not None:
                raise Refused.by(refusal)
            return [*others, msgspec.structs.replace(block, own=True)]

        return self._change(change)

    def drop_block(self, prefix: str) -> Future[None]:
        """Delete an own text block; a shipped one of that prefix is there again."""
        return self._change(lambda own: [each for each in own if each.prefix != prefix])

    def _change(self, change: Changing) -> Future[None]:
        def work(store: Store) -> None:
            own = [each for each in self.blocks() if each.own]
            body = msgspec.json.encode(sorted(change(own), key=lambda each: each.prefix)).decode()
            store.outbox.identify(**{_KEY: body})
            store.listeners.tell(DRAFTS)

        return self._access.act(work, URGENT)


def policy_for(here: Here, ticket: Ticket | None) -> Policy:
    """The policy that the ticket is pinned to, as far as it is here (A-01); without a ticket the one in force."""
    try:
        return (
            here.view.policy_at(ticket.policy_version) if ticket is not None and ticket.policy_version else here.policy
        )
    except Lacking:
        return here.policy


def _member(here: Here) -> Member:
    """Who writes, with the profile as it is now."""
    return here.view.member(here.member.id) or here.member


def _complete(policy: Policy, ticket: Ticket, member: Member, text: str) -> str:
    message = policy.message("reply")
    return messages.complete(policy, message, ticket, member, text) if message is not None else text


def _letter(decided: Decided, text: str) -> Letter:
    made = [each.what for each in decided.events if isinstance(each.what, MessageMade)]
    mine = next((each for each in made if each.message == "reply"), None)
    if mine is None:
        sent = next((each.what.text for each in decided.events if isinstance(each.what, ReplySent)), text)
        return Letter(sheet=Sheet("", (), (), "", sent), sent=False)
    return Letter(sheet=sheet(mine), withheld=not mine.to)


def _language(policy: Policy) -> str:
    """Which of the shipped files speaks the language of the desk."""
    wanted = policy.head.language.partition("-")[0]
    return wanted if wanted in shipped(_FOLDER) else _OTHERS
