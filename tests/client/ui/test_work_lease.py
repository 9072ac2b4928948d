"""What the page of a ticket says of a lease: until when it is yours without network, and what a former holder left (sync.md)."""

from __future__ import annotations

from collections.abc import Callable

from desk_client.ui.reply import ReplyPanel
from desk_core import commands as c
from desk_core.commands import Command
from desk_core.decisions import Decided, decide, end_lease
from tests.support.desk_window import DeskWindow
from tests.support.ticket_scene import CLOSING, GREETING, Scene, scene, worded_policy
from tests.support.world import at

AtDesk = Callable[..., DeskWindow]
HEARD = at("2026-06-08T09:00+02:00")


def left_behind() -> Scene:
    """Sven was not heard from since Monday 9:00; Anke took his ticket on Tuesday, then what he had written came."""
    made = scene(worded_policy())
    world = made.world
    ended = end_lease(world, world.tickets["busy"], HEARD, world.now)
    assert ended is not None
    world.happen(ended)
    while world.tickets["busy"].holder != "anke":
        world.do(made.anke, c.TakeNext())
    ask = c.Reply(ticket="busy", text=f"{GREETING}\n\nThe spare head leaves today.\n\n{CLOSING}")
    command = Command(id="late", ask=ask, actor="sven", issued_at=at("2026-06-08T10:00+02:00"), last_contact=HEARD)
    outcome = decide(world, command, made.sven, world.now)
    assert isinstance(outcome, Decided)
    world.happen(outcome)
    return made


def test_without_network_the_head_says_until_when_the_ticket_is_yours(at_desk: AtDesk) -> None:
    """Eight open hours from Tuesday 11:38; what nobody took has no such mark."""
    desk = at_desk()
    desk.open_in_queue("busy")
    desk.wait(lambda: desk.sees("yours until Wed 10 Jun 11:08, offline"), "the end of the lease")
    desk.profile.clock.go_on(days=1)
    desk.wait(lambda: desk.sees("was yours until Wed 10 Jun 11:08, offline"), "that it is over")
    desk.open_in_queue("soon")
    assert not any("yours until" in words for words in desk.words(desk.page))


def test_the_new_holder_reads_the_draft_and_the_reply_begins_with_it(at_desk: AtDesk) -> None:
    """Without the first and last words, which stand around it; nobody has sent it."""
    desk = at_desk("anke", left_behind())
    desk.open_in_queue("busy")
    told = [(entry.who, entry.what) for entry in desk.page.timeline.entries]
    assert ("Sven Kröger", "left a draft that was not sent") in told
    assert any(what == "It went back to the queue; Sven Kröger was offline too long" for _, what in told)
    desk.press("Ctrl+1")
    panel = desk.panel
    assert isinstance(panel, ReplyPanel)
    assert panel.text.text() == "The spare head leaves today."
