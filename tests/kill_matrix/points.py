"""The points of the kill matrix: what is written there, what a person was doing, and the function of the program that does it."""

from __future__ import annotations

from typing import NamedTuple

from tests.kill_matrix.traps import Moment

BOTH: tuple[Moment, ...] = ("before", "after")
EACH: tuple[Moment, ...] = ("before", "half", "after")

_STORE, _OUTBOX, _CACHE, _PAGES = (f"desk_client.models.{place}:" for place in ("store", "outbox", "cache", "pages"))
_FETCHING, _KEYS = "desk_client.models.fetching:Fetching.", "desk_client.system.keys:"


class Point(NamedTuple):
    """``row`` is the one of the table that it belongs to, ``most`` how often the scene passes ``target`` at least. ``always``: the suite
    has it too, else only a longer run."""

    row: str
    scene: str
    target: str
    moments: tuple[Moment, ...] = BOTH
    most: int = 1
    always: bool = False


CLIENT = (
    Point("outbox append", "log offline", f"{_OUTBOX}Outbox.next_reference"),
    Point("outbox append", "log offline", f"{_OUTBOX}Outbox.append", most=5, always=True),
    Point("outbox append", "log offline", f"{_STORE}Store._keep", most=5),
    Point("outbox append", "window", f"{_STORE}Store._keep", most=3, always=True),
    Point("overlay rebuild", "log offline", f"{_STORE}Store._show", most=5, always=True),
    Point("overlay rebuild", "send", "desk_client.models.overlay:rebuild", most=2, always=True),
    Point("overlay rebuild", "window", "desk_client.models.overlay:rebuild", most=2),
    Point("send", "send", f"{_OUTBOX}Outbox.sequence"),
    Point("send", "send", "request push", EACH, always=True),
    Point("send", "log", "desk_client.sync.transport:Transport.push"),
    Point("send", "window", "request push", EACH),
    Point("half a reply", "send", "answer push", EACH, always=True),
    Point("half a reply", "send", "answer pull", EACH, most=2),
    Point("half a reply", "send", f"{_OUTBOX}Outbox.hint"),
    Point("page transaction", "send", f"{_PAGES}Pages.page", most=2, always=True),
    Point("page transaction", "send", f"{_CACHE}Cache.apply"),
    Point("page transaction", "send", f"{_CACHE}Cache.settle"),
    Point("page transaction", "send", f"{_CACHE}Cache.set_cursor", always=True),
    Point("page transaction", "send", f"{_OUTBOX}Outbox.settle"),
    Point("page transaction", "window", f"{_PAGES}Pages.page"),
    Point("refusal", "refused", f"{_OUTBOX}Outbox.hint"),
    Point("refusal", "refused", f"{_PAGES}Pages.page", always=True),
    Point("refusal", "given up", f"{_OUTBOX}Outbox.put_away"),
    Point("snapshot page", "sign in", "answer snapshot", EACH, most=2),
    Point("snapshot page", "sign in", f"{_FETCHING}snapshot", most=3, always=True),
    Point("snapshot page", "reset", f"{_FETCHING}reset"),
    Point("snapshot page", "reset", f"{_FETCHING}snapshot", most=3, always=True),
    Point("snapshot page", "reset", f"{_CACHE}Cache.apply", most=3),
    Point("snapshot page", "lost cache", f"{_FETCHING}receipts"),
    Point("swap", "reset", f"{_STORE}Store.swap", always=True),
    Point("swap", "reset", f"{_STORE}carry_over"),
    Point("swap", "reset", "new name", always=True),
    Point("swap", "reset", f"{_STORE}Store.find_pending", most=2),
    Point("lease store", "few numbers", "request lease", EACH),
    Point("lease store", "few numbers", "answer lease", EACH),
    Point("lease store", "few numbers", f"{_PAGES}Pages.leased"),
    Point("lease store", "few numbers", f"{_OUTBOX}Outbox.add_blocks", always=True),
    Point("token store", "sign in", f"{_KEYS}_write"),
    Point("token store", "sign in", "answer enrol", EACH),
    Point("token store", "sign in again", f"{_KEYS}KeyKeeper.keep_token", always=True),
    Point("token store", "sign in again", f"{_STORE}Store.enrolled"),
    Point("token store", "sign in again", "desk_client.system.paths:ProfileFolder.choose"),
    Point("token store", "sign in by passphrase", f"{_STORE}Store.enrolled"),
    Point("token store", "copied", f"{_PAGES}Pages.forked"),
    Point("token store", "copied", f"{_PAGES}Pages.became", always=True),
    Point("token store", "copied", f"{_KEYS}KeyKeeper.keep_token"),
    Point("purge", "other department", f"{_CACHE}Cache.purge", always=True),
    Point("purge", "other department", f"{_CACHE}Cache.fold_log"),
    Point("purge", "other department", f"{_FETCHING}_added"),
    Point("purge", "sign out", f"{_STORE}Store.seal", always=True),
    Point("purge", "sign out", "desk_client.models.files:Folder.remove", most=2),
    Point("purge", "sign out", f"{_KEYS}KeyKeeper.forget_token"),
)

_SYNC, _ACCOUNTS = "desk_server.sync.", "desk_server.accounts."
SERVER = (
    Point("server: effect", "log", f"{_SYNC}batch:Batch._open"),
    Point("server: effect", "log", f"{_SYNC}batch:Batch._decide", most=2, always=True),
    Point("server: effect and receipt", "log", "statement", always=True),
    Point("server: effect and receipt", "send", "statement"),
    Point("server: commit", "log", "commit", always=True),
    Point("server: commit", "send", "commit"),
    Point("server: reply", "log", f"{_SYNC}service:SyncService.push", always=True),
    Point("server: reply", "log", "reply push", EACH, always=True),
    Point("server: reply", "send", "reply push", EACH),
    Point("server: reply", "send", "reply pull", EACH, always=True),
    Point("server: reply", "reset", "reply snapshot", EACH, most=2),
    Point("server: lease", "few numbers", f"{_ACCOUNTS}service:lease_blocks", always=True),
    Point("server: lease", "few numbers", "reply lease", EACH),
    Point("server: sign-in", "sign in again", f"{_ACCOUNTS}enrolment:Enrolment._enrolled", always=True),
    Point("server: sign-in", "sign in", "reply enrol", EACH),
    Point("server: sign-in", "copied", f"{_ACCOUNTS}enrolment:Enrolment.new_device"),
)
SERVER_TARGETS = tuple(dict.fromkeys(point.target for point in SERVER))
