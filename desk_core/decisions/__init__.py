"""What a command does: the only place where a rule of conduct is written. The client and the server run the same functions.

``decide`` asks a :class:`desk_core.views.View` and answers with events, a refusal in words, or *undecided* when this machine lacks a
fact; ``apply_ticket`` and ``apply_call`` fold events into entities.
"""

from desk_core.decisions.apply import apply_call, apply_ticket
from desk_core.decisions.apply_service import apply_entry
from desk_core.decisions.decide import decide
from desk_core.decisions.on_leases import end_lease
from desk_core.decisions.on_time import ask_for_survey, time_act, time_acts
from desk_core.decisions.outcome import Decided, Outcome, Undecided
from desk_core.decisions.revising import calendars_revised
from desk_core.decisions.timing import breach, judge
from desk_core.wording import Refusal

__all__ = [
    "Decided",
    "Outcome",
    "Refusal",
    "Undecided",
    "apply_call",
    "apply_entry",
    "apply_ticket",
    "ask_for_survey",
    "breach",
    "calendars_revised",
    "decide",
    "end_lease",
    "judge",
    "time_act",
    "time_acts",
]
