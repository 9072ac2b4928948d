"""The list of call backs: what is owed, by deadline; the call is noted with one key (H-14, H-15)."""

from collections.abc import Callable

from desk_client.services.records import TicketView
from desk_client.ui.callbacks.presenter import CallBackPage
from tests.support.desk_window import DeskWindow
from tests.support.ticket_scene import Scene, scene

AtDesk = Callable[..., DeskWindow]


def owed(desk: DeskWindow) -> CallBackPage:
    """Open the list by its key."""
    desk.press("F3")
    page = desk.window.work.page
    assert isinstance(page, CallBackPage)
    return page


def tickets(page: CallBackPage) -> list[str]:
    model = page.list.model()
    return [model.items()[place].ticket for place in range(model.rowCount())]  # type: ignore[attr-defined]


def test_what_is_owed_stands_by_deadline_with_number_and_class(at_desk: AtDesk) -> None:
    desk = at_desk()
    page = owed(desk)
    assert tickets(page) == ["late", "soon", "free"]
    assert desk.sees("3 call backs owed", page)
    said = page.list.model().index(0, 0).data(0x0000000B)
    assert said == (
        "+49 40 5550188, Imke Petersen, Nordlicht Druck GmbH, Ribbon order question, Ribbon and media, due 11:20, late 18 min, 100 001 5"
    )
    assert page.list.hasFocus()
    assert desk.words(desk.window.context)[0] == "Imke Petersen"


def test_enter_opens_the_ticket(at_desk: AtDesk) -> None:
    desk = at_desk()
    owed(desk)
    desk.press("Down", "Return")
    assert desk.sees("Labels shifted 3 mm to the left", desk.page.head)


def test_one_key_notes_the_call_and_the_list_goes_on(at_desk: AtDesk) -> None:
    desk = at_desk()
    page = owed(desk)
    desk.press("Ctrl+1")
    desk.wait(lambda: tickets(page) == ["soon", "free"], "the call to leave the list")
    current = page.list.current()
    assert current is not None
    assert current.ticket == "soon"
    view = desk.profile.client.tickets.get("late")
    assert isinstance(view, TicketView)
    assert not view.ticket.call_back


def test_a_call_that_nobody_answered_stays_owed_and_says_so(at_desk: AtDesk) -> None:
    """H-14: the attempt keeps the promise, the task stays until the customer was spoken to."""
    desk = at_desk()
    page = owed(desk)
    desk.press("Ctrl+2")
    desk.wait(lambda: "did not answer" in desk.window.work.banner.text, "what came of it")
    assert sorted(tickets(page)) == ["free", "late", "soon"]
    view = desk.profile.client.tickets.get("late")
    assert isinstance(view, TicketView)
    assert view.ticket.call_back
    assert view.ticket.leading_clock is None


def test_somebody_else_is_told_beforehand_and_the_call_stays_owed(at_desk: AtDesk) -> None:
    """H-15."""
    desk = at_desk("anke")
    page = owed(desk)
    warning = (
        "Your call is noted, but the promise runs on: only a call by a Support specialist keeps it (H-13, H-14, H-15)."
    )
    assert desk.sees(warning, page)
    desk.press("Ctrl+1")
    desk.wait(lambda: desk.window.work.banner.text.startswith("Your call is noted."), "what came of it")
    assert tickets(page) == ["late", "soon", "free"]


def test_the_countdown_goes_on(at_desk: AtDesk) -> None:
    desk = at_desk()
    page = owed(desk)
    desk.press("Down")
    desk.profile.clock.go_on(minutes=35)
    desk.wait(lambda: "7 min left" in page.list.model().index(1, 0).data(0x0000000B), "the chip")
    current = page.list.current()
    assert current is not None
    assert current.ticket == "soon"


def test_with_nothing_owed_it_says_so(at_desk: AtDesk) -> None:
    """51."""
    day: Scene = scene()
    for ticket in ("late", "soon", "free"):
        del day.world.tickets[ticket]
    day.world.events = [event for event in day.world.events if event.ticket not in ("late", "soon", "free")]
    desk = at_desk("sven", day)
    page = owed(desk)
    assert desk.sees("No call is owed", page)
    desk.press("Ctrl+1")
    assert desk.window.work.hint == "No call is owed."
