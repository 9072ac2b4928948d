"""How it stands with the server, in words (49)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from desk_client.services.formats import clock_time, day_time
from desk_client.services.records import SyncState, Unsent
from desk_client.ui.i18n import tr
from desk_client.ui.sentences import refusal
from desk_client.ui.tokens import Tone

SKEW_SHOWN = 120.0
_OF_CALLS = frozenset({"begin_call", "answer_call", "hang_up", "tell_call", "end_call", "log_call"})


def network_words(
    state: SyncState, unsent: Sequence[Unsent], local: Callable[[datetime], datetime], now: datetime
) -> tuple[Tone, str]:
    """Tone and words of the status line; ``local`` turns an instant into the office's time."""
    tone, words = _connection(state, unsent, local, now)
    if state.attention:
        attention = tr(
            "%n items need your attention (F7)", "", state.attention, one="%n item needs your attention (F7)"
        )
        return Tone.LATE, tr("{attention} — {rest}", attention=attention, rest=words)
    return tone, words


def _connection(
    state: SyncState, unsent: Sequence[Unsent], local: Callable[[datetime], datetime], now: datetime
) -> tuple[Tone, str]:
    saved = saved_here(unsent)
    if state.connection == "refused":
        return Tone.LATE, refusal(state.code, {}, state.problem)
    if state.connection in ("offline", "forbidden"):
        words = tr("Offline")
        if state.last_contact is not None:
            words = tr("Offline since {time}", time=_when(local(state.last_contact), local(now)))
        if not saved:
            return Tone.SOON, words
        return Tone.SOON, tr("{offline} — {saved}, sent when the network is back", offline=words, saved=saved)
    if state.connection == "signed_out":
        return Tone.PAUSED, tr("Not signed in")
    if state.total and state.done < state.total:
        return Tone.PAUSED, tr("Fetching the desk's data: {percent} %", percent=100 * state.done // state.total)
    if state.problem:
        return Tone.SOON, refusal(state.code, {}, state.problem)
    if state.connection == "connecting":
        return Tone.PAUSED, tr("Connecting — {saved}", saved=saved) if saved else tr("Connecting…")
    if saved:
        return Tone.FINE, tr("Online — {saved}, being sent", saved=saved)
    if state.last_sync is None:
        return Tone.FINE, tr("Online")
    return Tone.FINE, tr(
        "Online · everything is sent · last news {time}", time=_when(local(state.last_sync), local(now))
    )


def saved_here(unsent: Sequence[Unsent]) -> str:
    """How much waits here, in what a person counts: calls, else changes; empty when nothing waits."""
    if not unsent:
        return ""
    if all(item.name in _OF_CALLS or item.name in ("put_through", "offer_call_back") for item in unsent):
        calls = len({item.reference or item.id for item in unsent})
        return tr("%n calls saved here", "", calls, one="%n call saved here")
    return tr("%n changes saved here", "", len(unsent), one="%n change saved here")


def _when(moment: datetime, now: datetime) -> str:
    return clock_time(moment) if moment.date() == now.date() else day_time(moment)


def closing_words(unsent: Sequence[Unsent]) -> tuple[str, str]:
    """What is said before the window closes with unsent work: how much there is, and what becomes of it (45)."""
    detail = tr("It stays on this computer and is sent the next time the program runs and the server can be reached.")
    return _unsent_words(unsent), detail


def leaving_words(unsent: Sequence[Unsent]) -> tuple[str, str]:
    """What is said before somebody signs out (R17)."""
    if not unsent:
        detail = tr("If you sign out, the desk's data is removed from this computer; signing in fetches it again.")
        return tr("Everything of yours is sent."), detail
    sealed = tr("If you sign out, it stays sealed on this computer and is sent when you sign in here again.")
    return _unsent_words(unsent), tr("{sealed} Nobody else can read it.", sealed=sealed)


def _unsent_words(unsent: Sequence[Unsent]) -> str:
    words = tr("{saved} and not sent yet.", saved=saved_here(unsent))
    return words[:1].upper() + words[1:]


def skew_words(seconds: float) -> str:
    """What is said when this computer's clock is off by more than two minutes, else nothing (R76)."""
    if abs(seconds) <= SKEW_SHOWN:
        return ""
    minutes = round(abs(seconds) / 60)
    if seconds > 0:
        return tr("The clock of this computer is {minutes} min ahead. The times shown are corrected.", minutes=minutes)
    return tr("The clock of this computer is {minutes} min behind. The times shown are corrected.", minutes=minutes)
