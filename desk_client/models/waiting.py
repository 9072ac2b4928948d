"""What of this machine's work is not applied yet, as a person sees it: waiting, sent, held back, or in need of attention (P5)."""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec

from desk_client.models.own_files import still_sending
from desk_client.models.reading import Reading
from desk_core.protocol import Verdict, WireCommand

_COMMAND = msgspec.json.Decoder(WireCommand)
_VERDICT = msgspec.json.Decoder(Verdict)
State = Literal["waiting", "sent", "held", "refused", "sending"]


class Item(NamedTuple):
    """A command, what it is about, how far it is, and the refusal if there is one; one whose file is ``sending`` was carried out."""

    command: WireCommand
    subject: str
    state: State
    verdict: Verdict | None


# What was sent as another device, from another machine or before this one became a device of its own, was not sent as this one.
_OPEN = (
    "SELECT c.id, c.subject, c.body, CASE WHEN s.device = i.value THEN s.seq END, s.verdict FROM command c "
    "LEFT JOIN sent s ON s.id = c.id LEFT JOIN identity i ON i.key = 'device_id' "
    "WHERE c.id NOT IN (SELECT id FROM settled) AND c.id NOT IN (SELECT id FROM put_away) ORDER BY c.n"
)


def items(reading: Reading) -> list[Item]:
    """The refused commands that nobody has dealt with, and everything without a verdict, in the order given."""
    refused = {i.command.id: i for i in _refused(reading)}
    waiting: list[Item] = []
    settled = _settled(reading)
    held = set(refused)
    instead = dict(reading.outbox.run("SELECT id, replaced_by FROM put_away WHERE replaced_by <> ''").fetchall())
    for command_id, subject, body, seq, hint in reading.outbox.run(_OPEN).fetchall():
        if command_id in settled:
            continue
        command, verdict = _COMMAND.decode(body), _VERDICT.decode(hint) if hint else None
        if verdict is not None and verdict.outcome == "refused":
            held.add(command_id)
            refused[command_id] = Item(command, subject, "refused", verdict)
        elif seq is None and held.intersection(_followed(cause, instead) for cause in command.causes):
            held.add(command_id)
            waiting.append(Item(command, subject, "held", None))
        elif verdict is None:
            waiting.append(Item(command, subject, "sent" if seq is not None else "waiting", None))
    listed = refused.keys() | {item.command.id for item in waiting}
    files = [each for each in still_sending(reading) if each.command.id not in listed]
    return [*refused.values(), *waiting, *(Item(each.command, each.ask.ticket, "sending", None) for each in files)]


def _followed(cause: str, instead: dict[str, str]) -> str:
    """What was given in the end instead of a command that was refused."""
    for _ in instead:
        cause = instead.get(cause, cause)
    return cause


def _settled(reading: Reading) -> set[str]:
    ids = [
        str(r[0])
        for r in reading.outbox.run("SELECT id FROM command WHERE id NOT IN (SELECT id FROM settled)").fetchall()
    ]
    rows = reading.cache.run(
        "SELECT id FROM settled WHERE id IN (SELECT value FROM json_each(?))", (msgspec.json.encode(ids).decode(),)
    )
    return {str(row[0]) for row in rows.fetchall()}


def _refused(reading: Reading) -> list[Item]:
    verdicts = {
        str(row[0]): _VERDICT.decode(row[1])
        for row in reading.cache.run("SELECT id, body FROM settled WHERE outcome = 'refused'").fetchall()
    }
    if not verdicts:
        return []
    rows = reading.outbox.run(
        "SELECT id, subject, body FROM command WHERE id IN (SELECT value FROM json_each(?)) "
        "AND id NOT IN (SELECT id FROM put_away) ORDER BY n",
        (msgspec.json.encode(list(verdicts)).decode(),),
    ).fetchall()
    return [Item(_COMMAND.decode(body), subject, "refused", verdicts[i]) for i, subject, body in rows]


def counts(reading: Reading) -> tuple[int, int]:
    """How many commands the server has not judged, and how many need attention."""
    everything = items(reading)
    refused = sum(i.state == "refused" for i in everything)
    return len(everything) - refused, refused


def drafts(reading: Reading) -> list[tuple[str, str, str]]:
    """Key, body and time of everything typed and not saved."""
    return [
        (str(k), str(b), str(t)) for k, b, t in reading.outbox.run("SELECT key, body, saved_at FROM draft").fetchall()
    ]
