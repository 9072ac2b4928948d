"""Old clients and this server (P26): commands of old versions, recorded exchanges of protocol version 1, and clients that are too old.

``recorded/protocol-1.json`` was recorded once, between a bare client and the server of version 1, with long texts left out. It is never
made anew: whoever has to change it has broken the clients that are out there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desk_core import protocol
from desk_core.calls import Call
from desk_core.commands import AddNote
from desk_core.events import Event
from desk_core.people import Asset, Contact, Contract, Customer, Member
from desk_core.protocol import (
    UPCASTS,
    Change,
    DigestReply,
    EnrolReply,
    FindReply,
    LeaseReply,
    Problem,
    PullReply,
    PushReply,
    ReceiptsReply,
    SnapshotPage,
    UnknownCommand,
    WireCommand,
    ask_from,
    command_from,
)
from desk_core.tickets import Stub, Ticket
from desk_server import http
from tests.support.server import Refused, RunningServer

RECORDED = json.loads((Path(__file__).parent / "recorded" / "protocol-1.json").read_text(encoding="utf-8"))
REPLIES: dict[str, type[msgspec.Struct]] = {
    "/v1/enrol": EnrolReply,
    "/v1/push": PushReply,
    "/v1/pull": PullReply,
    "/v1/snapshot": SnapshotPage,
    "/v1/receipts": ReceiptsReply,
    "/v1/lease": LeaseReply,
    "/v1/digest": DigestReply,
    "/v1/find": FindReply,
}
ROWS: dict[str, type[msgspec.Struct]] = {
    "member": Member,
    "customer": Customer,
    "contact": Contact,
    "asset": Asset,
    "contract": Contract,
    "stub": Stub,
    "ticket": Ticket,
    "event": Event,
    "call": Call,
}


def missing(before: Any, now: Any, where: str = "") -> list[str]:
    """What an old client finds in its own version's answer and not in this one; there may be more in this one."""
    if isinstance(before, dict):
        if not isinstance(now, dict):
            return [where]
        return [name for key in before for name in missing(before[key], now.get(key), f"{where}.{key}")]
    if isinstance(before, list):
        items = now if isinstance(now, list) else []
        return [f"{where}[{n}]" for n, old in enumerate(before) if all(missing(old, item, where) for item in items)]
    if isinstance(before, (bool, str)) or before is None:
        # Which word it is matters where it says what a row is; every other text may be another one of its kind.
        words = (".op", ".table", ".outcome", ".code", ".status", ".event")
        same = before == now if where.endswith(words) else isinstance(now, type(before))
        return [] if same or before is None else [where]
    return [] if isinstance(now, (int, float)) else [where]


def test_p26_a_client_of_version_1_is_answered_as_it_was(server: RunningServer) -> None:
    clients = {user: server.stranger() for user in ("anna", "ben")}
    epoch = ""
    for exchange in RECORDED["exchanges"]:
        api, sent = clients[exchange["user"]], exchange["sent"]
        body = json.dumps(sent).replace(RECORDED["epoch"], epoch).encode() if sent is not None else None
        reply = api.raw(exchange["method"], exchange["path"], body, params=exchange["params"])
        answered = json.loads(reply.content)
        assert reply.status_code == exchange["status"], (exchange["path"], answered)
        assert missing(exchange["answered"], answered, exchange["path"]) == []
        if exchange["path"] == "/v1/enrol":
            api.http.headers["Authorization"] = f"Bearer {answered['token']}"
            epoch = answered["log_epoch"]


@pytest.mark.parametrize("exchange", RECORDED["exchanges"], ids=lambda exchange: exchange["path"])
def test_p26_a_server_of_version_1_is_understood(exchange: dict[str, Any]) -> None:
    kind = Problem if exchange["status"] != 200 else REPLIES[exchange["path"]]
    answered: Any = msgspec.json.decode(json.dumps(exchange["answered"]), type=kind)
    rows: tuple[Change, ...] = (*getattr(answered, "changes", ()), *getattr(answered, "rows", ()))
    for row in rows:
        if row.table in ROWS and row.op == "put":
            msgspec.json.decode(row.row, type=ROWS[row.table])
    for command in (exchange["sent"] or {}).get("commands", []):
        kept = msgspec.json.decode(json.dumps(command), type=WireCommand)
        assert command_from(kept, kept.issued_wall, None).id == command["id"], "an outbox of version 1 goes on"


def test_p26_the_arguments_of_an_old_version_become_those_of_the_next(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(UPCASTS, ("add_note", 0), lambda args: {"ticket": args["ticket"], "text": args["words"]})
    anna = server.client("anna")
    ticket = anna.log()
    old = msgspec.structs.replace(
        anna.command(AddNote(ticket=ticket, text="")),
        version=0,
        args=msgspec.Raw(json.dumps({"ticket": ticket, "words": "From an old machine"}).encode()),
    )
    first, again = anna.push(old), anna.push(old)
    assert [first.verdicts[0].verdict.outcome, again.verdicts[0].cached] == ["applied", True]
    assert any(b"From an old machine" in bytes(row.row) for row in anna.pull_all() if row.table == "event")
    with pytest.raises(UnknownCommand):
        ask_from("add_note", -1, b"{}")
    with pytest.raises(UnknownCommand):
        ask_from("add_note", 2, b"{}")
    with pytest.raises(msgspec.ValidationError):
        ask_from("add_note", 0, b"[]")


def test_f16_a_client_that_is_too_old_is_told_so_and_may_go_on_later(
    server: RunningServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = server.client("anna")
    note = anna.command(AddNote(ticket=anna.log(), text="kept"))
    monkeypatch.setattr(http, "OLDEST_CLIENT", protocol.PROTOCOL + 1)
    with pytest.raises(Refused) as told:
        anna.push(note)
    assert (told.value.status, told.value.problem.code) == (426, "upgrade")
    assert told.value.problem.text.endswith("Nothing is lost.")
    monkeypatch.setattr(http, "OLDEST_CLIENT", protocol.PROTOCOL)
    assert anna.push(note).verdicts[0].verdict.outcome == "applied"
