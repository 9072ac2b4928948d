"""The window over a member's profile: queue and ticket screens wired to real services, for tests that press keys."""

from __future__ import annotations

from dataclasses import dataclass

from desk_client.services import SESSION
from desk_client.ui.desk import Desk
from desk_client.ui.queue.board import QueueBoard, Rows, countdowns, queue_model
from desk_client.ui.ticket import TicketScreens
from desk_client.ui.window import MainWindow
from tests.support.desk_profile import DeskProfile


@dataclass
class DeskWindow:
    """A window at work. :meth:`close` ends its listening; the profile stays open."""

    profile: DeskProfile
    desk: Desk
    window: MainWindow
    board: QueueBoard
    screens: TicketScreens

    def close(self) -> None:
        """Close the window and hear nothing any more."""
        self.desk.close()
        self.window.close()


def open_window(profile: DeskProfile) -> DeskWindow:
    """The window of this member with the queue on show."""
    desk = Desk(profile.client)
    rows = Rows(desk)
    chips = countdowns(rows)
    chips.advance(desk.now())
    model = queue_model(rows, chips)
    window = MainWindow(model, chips, monotonic=profile.clock.mono)
    model.setParent(window)
    desk.setParent(window)
    screens = TicketScreens(desk, window)
    actions = window.actions_
    board = QueueBoard(
        desk, window.queue, actions.take_next, actions.why_order, screens.open_ticket, window.work.show_hint
    )
    desk.changed.connect(lambda what: None if SESSION in what else screens.refresh())
    desk.problem.connect(window.work.show_hint)
    board.refresh()
    local = desk.local(desk.now())
    window.status.show_time(local, desk.office_title(desk.office))
    window.status.show_member(desk.member.name, desk.member.role)
    return DeskWindow(profile, desk, window, board, screens)
