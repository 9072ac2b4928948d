"""sign-in, sign-out, sync, outbox, members."""

from __future__ import annotations

import getpass
import sys

from desk_client.cli.context import SYNC_SECONDS, Context
from desk_client.cli.lines import unsent_lines
from desk_client.cli.output import Answer, unsent_data
from desk_client.services.errors import DeskError
from desk_client.system.problems import MachineError


def sign_in(context: Context) -> Answer:
    """``sign-in``: everything that the member may see is here when it returns."""
    args, session = context.args, context.client.session
    password = sys.stdin.readline().rstrip("\r\n") if args.password_stdin else getpass.getpass("Password: ")
    try:
        who = session.sign_in(args.server, args.user, password).result()
    except MachineError as error:
        if error.code != "passphrase_needed" or args.password_stdin or not sys.stdin.isatty():
            raise
        who = session.sign_in(args.server, args.user, password, getpass.getpass("Passphrase: ")).result()
    synced = context.sync(SYNC_SECONDS)
    lines = [f"Signed in as {who.member.name} at {who.desk_title or who.desk}."]
    if who.key_kept == "passphrase":
        lines.append(
            "There is no usable keyring here: the local data is locked with your passphrase, which is asked for at each start."
        )
    if synced is None or not synced.reached:
        lines.append("The desk's data is not here yet; it is fetched when the server can be reached.")
    data = {"user": who.member.login, "name": who.member.name, "desk": who.desk, "key": who.key_kept}
    return Answer(data, lines)


def sign_out(context: Context) -> Answer:
    """``sign-out``."""
    done = context.client.session.sign_out().result()
    lines = ["Signed out."]
    if done.unsent:
        lines.append(
            f"{done.unsent} unsent {'step stays' if done.unsent == 1 else 'steps stay'} sealed here until you sign in again."
        )
    return Answer({"unsent": done.unsent}, lines)


def sync(context: Context) -> Answer:
    """``sync``: exit 1 when the server was not reached."""
    synced = context.sync(SYNC_SECONDS)
    if synced is None:
        raise DeskError("The network must not be used now (--offline).", "network_forbidden")
    if not synced.reached:
        raise DeskError(
            synced.problem or "The server did not answer in time; nothing is lost, try again.",
            synced.code or "unanswered",
        )
    state = context.client.status.state()
    lines = ["Everything is sent and everything is read."]
    if synced.unsent:
        lines = [f"{synced.unsent} not sent yet."]
    if synced.attention:
        lines.append(f"{synced.attention} need attention: desk-client outbox.")
    if abs(state.skew) > 120:
        lines.append(f"This machine's clock is off by {state.skew / 60:.0f} minutes; the server's time is used.")
    return Answer({"unsent": synced.unsent, "attention": synced.attention, "skew": round(state.skew, 1)}, lines)


def outbox(context: Context) -> Answer:
    """``outbox``, with ``--send-again`` and ``--discard``."""
    args, service = context.args, context.client.outbox
    if args.discard:
        service.discard(args.discard).result()
        return Answer({"discarded": args.discard}, ["Given up; it stays in the journal."])
    if args.send_again:
        again = service.send_again(args.send_again).result()
        synced = context.sync()
        context.refused(again.command, keep=True)
        return Answer({"id": again.command}, ["Given again.", *context.saved_line(synced)])
    items = service.all()
    return Answer([unsent_data(i) for i in items], unsent_lines(context.reader(), items) or ["Everything is sent."])


def members(context: Context) -> Answer:
    """``members``."""
    found = context.client.lookup.members()
    data = [
        {
            "name": m.name,
            "login": m.login,
            "role": m.role,
            "functions": list(m.functions),
            "departments": list(m.departments),
            "office": m.office,
        }
        for m in found
    ]
    return Answer(data, [f"{m.login}  {m.name}  {m.role}  {', '.join(m.functions)}".rstrip() for m in found])
