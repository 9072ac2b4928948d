"""Tickets and calls as their events leave them, folded by hand from what is stored: no module of the program is imported."""

from __future__ import annotations

import datetime as dt
from typing import Any

Doc = dict[str, Any]


def instant(text: str | None) -> dt.datetime | None:
    """An instant as JSON writes it."""
    return dt.datetime.fromisoformat(text) if text else None


class Folded:
    """One desk after its events."""

    def __init__(self, policy: Doc, events: list[Doc], refused: list[Doc], entries: list[Doc]) -> None:
        self.policy = policy
        self.events = events
        self.refused = refused
        self.entries = entries
        self.tickets: dict[str, Doc] = {}
        self.calls: dict[str, Doc] = {}
        for event in events:
            if event.get("ticket"):
                self._ticket(event)
            if event.get("call"):
                self._call(event)

    def _ticket(self, event: Doc) -> None:
        what = event["what"]
        if what["event"] == "ticket.created":
            self.tickets[event["ticket"]] = {
                **{
                    "status": "open",
                    "minutes": 0,
                    "fields": {},
                    "clocks": [],
                    "address": "",
                    "serial": "",
                    "category": "",
                },
                **{
                    "classification": "",
                    "again": 0,
                    "complaint": "",
                    "closed_by": "",
                    "closed_at": None,
                    "replied": False,
                },
                **{
                    name: what.get(name, "")
                    for name in ("kind", "channel", "department", "office", "holder", "customer", "received_at")
                },
            }
        t = self.tickets[event["ticket"]]
        for change in event.get("clocks", ()):
            self._clock(t, change)
        self._belongs(t, what)
        self._says(t, what)
        self._stands(t, event)

    def _belongs(self, t: Doc, what: Doc) -> None:
        match what["event"]:
            case "ticket.transferred":
                t["department"], t["holder"] = what["department"], ""
            case "ticket.office_moved":
                t["office"] = what["office"]
            case "handover.put_through" | "ticket.taken" | "ticket.handed_over" | "work.lease_resumed":
                t["holder"] = what["member"]
            case "handover.not_possible" | "ticket.given_back" | "work.lease_ended":
                t["holder"] = ""
            case "ticket.escalated":
                t["holder"] = what.get("member", "") if what.get("takes_over", True) else t["holder"]

    def _says(self, t: Doc, what: Doc) -> None:
        match what["event"]:
            case "fault.saved":
                t["serial"] = what["fault"].get("serial", "")
            case "customer.found":
                t["customer"] = what.get("customer") or t["customer"]
            case "ticket.classified":
                t["category"], t["classification"] = what.get("category", ""), what.get("classification", "")
            case "ticket.triaged":
                t["category"], t["department"] = what["category"], what["department"]
            case "work.logged":
                t["minutes"] += what["minutes"]
            case "fields.set":
                t["fields"].update({each["field"]: each["value"] for each in what["values"]})
            case "mail.received":
                t["address"] = what["address"]
            case "complaint.arrived":
                t["complaint"] = what["complaint"]["kind"]
            case "customer.called_again":
                t["again"] += 1

    def _stands(self, t: Doc, event: Doc) -> None:
        match event["what"]["event"]:
            case "reply.sent":
                t["replied"] = True
            case "status.waiting_customer":
                t["status"] = "waiting"
            case "customer.answered":
                t["status"] = "open" if t["status"] == "waiting" else t["status"]
            case "ticket.resolved":
                t["status"] = "resolved"
            case "ticket.closed":
                t.update(status="closed", closed_at=event["at"], closed_by=event["actor"], holder="")
            case "ticket.reopened":
                t.update(status="open", closed_at=None, closed_by="")

    def _clock(self, ticket: Doc, change: Doc) -> None:
        what, name = change["change"], change["clock"]
        if what == "started":
            state = "exempt" if change.get("exempt") else "running"
            ticket["clocks"].append({**change, "state": state, "stopped": None, "breached": None})
            return
        mine = [clock for clock in ticket["clocks"] if clock["clock"] == name]
        if not mine:
            return
        clock = mine[-1]
        match what:
            case "paused":
                clock["state"] = "paused"
            case "resumed":
                clock.update(state="running", deadline=change["deadline"])
            case "moved":
                clock.update(deadline=change["deadline"], calendar=change["calendar"])
                clock["started_at"] = change.get("started_at") or clock["started_at"]
                self._in_time_again(clock)
            case "breached":
                clock.update(state="missed", breached=change["at"])
            case "stopped":
                clock["stopped"] = change["at"]
                if clock["state"] != "exempt":
                    clock["state"] = "met" if change["met"] else "missed"
            case "exempted":
                clock["state"] = "exempt"
            case "refused":
                clock["state"] = "refused"
            case "included":
                late = clock["stopped"] and clock["deadline"] and instant(clock["stopped"]) > instant(clock["deadline"])  # type: ignore[operator]
                after = "missed" if late else "met"
                clock["state"] = after if clock["stopped"] else "missed" if clock["breached"] else "running"

    def _in_time_again(self, clock: Doc) -> None:
        """A deadline that moved behind the breach, or before the stop, changes what was judged; none of the incidents does that."""
        assert clock["state"] in ("running", "paused", "exempt"), clock

    def _call(self, event: Doc) -> None:
        what, at = event["what"], event["at"]
        kind = what["event"]
        if kind == "call.rang":
            self.calls[event["call"]] = {
                **{
                    "rang": at,
                    "answered": None,
                    "ended": None,
                    "told": None,
                    "outcome": "",
                    "ticket": "",
                    "member": event["actor"],
                },
                **{name: what.get(name, "") for name in ("office", "department")},
                "direction": what.get("direction", "in"),
            }
        call = self.calls.get(event["call"])
        if call is None:
            return
        match kind:
            case "call.answered":
                call["answered"] = at
            case "call.hung_up":
                call["ended"] = at
            case "call.told":
                call["told"] = at
            case "call.logged":
                call["ticket"], call["department"] = what["ticket"], what["department"]
            case "call.ended":
                call["ended"], call["outcome"] = call["ended"] or at, what["outcome"]
