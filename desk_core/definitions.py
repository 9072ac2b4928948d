"""What each figure counts, in one sentence: every number on a report says what it is (desktop.md 61)."""

from __future__ import annotations

from typing import Final

from desk_core.policy import ClockRule, Policy
from desk_core.policy_tables import KPI_KINDS, Kpi, Survey

_SENTENCES: Final = {
    "clock": "Met when “{clock}” ({amount}) was kept, missed when it was not; counted on the day of the deadline.",
    "holds": "Of closed tickets: met with “{holds}”, missed without; open ones are running. Counted on the day of closing.",
    "tickets": "Every ticket that came: met when it is closed, running until then; counted on the day on which it came.",
    "shared_address": "Of tickets that began with a mail: met when it went to a shared address. Counted on the day on which it came.",
    "told": "Of incoming calls about a ticket: met when number and class were told while the call lasted. Counted on the day of the call.",
    "logged": "Of incoming calls: met when it is kept what became of them. Counted on the day of the call.",
    "times": "How long incoming calls took, {times}. Counted on the day of the call.",
    "messages": "Of the messages {messages}: met when there was somebody to send it to. Counted on the day on which it was made.",
    "copies": "Of messages in the name of a shared address: met when it got a copy. Counted on the day on which it was made.",
    "wording": "Of written answers: met when they begin and end as the policy says. Counted on the day of the answer.",
    "put_through": "Of faults: met when the caller was put through, missed when a call back was owed. Counted on that day.",
    "measures": "Of the measures that an outside decision asks for: met when carried out, running until then.",
    "survey": "Of those who were asked: met when the answer is a good one, missed when not, running without an answer.",
    "register": "Of the lines of “{register}”: met when decided, running until then. Counted on the day of the line.",
    "counts": "Counted each time that it happens.",
    "refused": "Attempts that the rules refused, counted on the day of the attempt.",
}
_TIMES: Final = {"ring": "from the ring to the answer", "call": "from the answer to the end"}
_CALLS: Final = "Met when a call was answered within {amount}, missed when later; counted on the day of the call."


def definition(policy: Policy, kpi: Kpi) -> str:
    """What a figure counts, and what it leaves out."""
    kind = next(kind for kind in KPI_KINDS if getattr(kpi, kind))
    rule = policy.clock(kpi.clock) if kpi.clock else None
    sentence = _CALLS if rule is not None and rule.when == "call" else _SENTENCES[kind]
    register = policy.register(kpi.register) if kpi.register else None
    text = sentence.format(
        clock=rule.title if rule else "",
        amount=_amount(rule),
        holds=_held(policy, kpi.holds),
        times=_TIMES.get(kpi.times, ""),
        messages=", ".join(f"“{_message(policy, each)}”" for each in kpi.messages),
        register=register.title if register else "",
    )
    return " ".join((text, *_narrowed(policy, kpi)))


def of_survey(survey: Survey) -> str:
    """What the figure of a survey counts."""
    return f"{_SENTENCES['survey']} Asked: “{survey.questions[0]}”" if survey.questions else _SENTENCES["survey"]


def _narrowed(policy: Policy, kpi: Kpi) -> list[str]:
    said = []
    if kpi.channels:
        said.append(f"Only by {', '.join(kpi.channels)}.")
    if kpi.kinds:
        kinds = (policy.kind(each) for each in kpi.kinds)
        said.append(f"Only {', '.join(kind.title for kind in kinds if kind is not None)}.")
    if kpi.categories:
        classes = (policy.category(each) for each in kpi.categories)
        said.append(f"Only {', '.join(each.title for each in classes if each is not None)}.")
    if kpi.in_hours or kpi.hours:
        said.append("What began while it was closed is left out.")
    return said


def _amount(rule: ClockRule | None) -> str:
    return "" if rule is None else rule.unset_note or rule.amount if rule.amount == "unset" else rule.amount


def _held(policy: Policy, requirement: str) -> str:
    field = policy.field(requirement)
    return field.title if field is not None else requirement.replace("_", " ")


def _message(policy: Policy, message_id: str) -> str:
    found = policy.message(message_id)
    return (found.title or found.id) if found is not None else message_id
