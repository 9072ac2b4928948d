"""The door: one command in, one answer out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from desk_core import commands as c
from desk_core.decisions import on_calls, on_handover, on_import, on_work
from desk_core.decisions.context import Context, stop
from desk_core.decisions.outcome import Decided, Outcome, Refused, Undecided
from desk_core.people import Member
from desk_core.texts import problems
from desk_core.views import Lacking, View

# The asks differ per handler; `decide` looks the handler up by the ask's own class, so the pair always fits.
_HANDLERS: dict[type[c.Ask], Callable[[Context, Any], Decided]] = {
    c.BeginCall: on_calls.begin_call,
    c.AnswerCall: on_calls.answer_call,
    c.HangUp: on_calls.hang_up,
    c.TellCall: on_calls.tell_call,
    c.EndCall: on_calls.end_call,
    c.LogCall: on_calls.log_call,
    c.CreateTicket: on_calls.create_ticket,
    c.PutThrough: on_handover.put_through,
    c.OfferCallBack: on_handover.offer_call_back,
    c.AttemptCallBack: on_handover.attempt_call_back,
    c.TakeNext: on_handover.take_next,
    c.GiveBack: on_handover.give_back,
    c.HandOver: on_handover.hand_over,
    c.Transfer: on_handover.transfer,
    c.MoveOffice: on_handover.move_office,
    c.Reply: on_work.reply,
    c.AddNote: on_work.add_note,
    c.LogTime: on_work.log_time,
    c.RequestInformation: on_work.request_information,
    c.WaitForCustomer: on_work.wait_for_customer,
    c.CustomerAnswers: on_work.customer_answers,
    c.Resolve: on_work.resolve,
    c.Close: on_work.close,
    c.Reopen: on_work.reopen,
    c.Classify: on_work.classify,
    c.CorrectFault: on_work.correct_fault,
    c.ImportTicket: on_import.import_ticket,
}


def decide(view: View, command: c.Command, actor: Member, now: dt.datetime) -> Outcome:
    """What ``command`` makes happen in the world of ``view``, as ``actor``, at ``now`` (the deciding program's time, UTC).

    Pure: the same arguments give the same answer. A client that lacks a fact gets :class:`Undecided`, never a guess (design § 1).
    """
    try:
        _admit(command, actor)
        return _HANDLERS[type(command.ask)](Context(view, command, actor, now), command.ask)
    except Refused as refused:
        return refused.refusal
    except Lacking as lacking:
        return Undecided(fact=lacking.fact)


def _admit(command: c.Command, actor: Member) -> None:
    """Rights and text before anything else: a command runs only as its recorded actor (P21), and every text can be stored (R63, R64)."""
    if command.actor != actor.id:
        stop("wrong_actor")
    if not actor.active:
        stop("inactive")
    for name, fault, limit in problems(command.ask):
        if fault == "long":
            stop("bad_text_long", name, field=name, limit=str(limit))
        stop(f"bad_text_{fault}", name, field=name)
