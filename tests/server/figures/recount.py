"""The same figures once more, by hand: plain Python over the events as they are stored and the policy as it is written.

Neither this nor the folding imports anything of the program. Events, receipts and lines are dictionaries as PostgreSQL keeps them, in the
order in which they were recorded; the policy is the TOML file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.server.figures.folding import Doc, Folded, instant

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Counted(NamedTuple):
    """Something that counts in a figure: how, on which day, and for whom."""

    figure: str
    result: str
    day: dt.date
    office: str
    department: str
    holder: str
    customer: str


class Recount(Folded):
    """Counts what the events of one desk come to."""

    # --- counting -------------------------------------------------------------------------------------------------------------

    def counted(self) -> Iterator[Counted]:
        """Everything that counts, in every figure and survey."""
        for kpi in self.policy["kpi"]:
            yield from self._figure(kpi)
        for survey in self.policy.get("survey", ()):
            yield from self._survey(survey["id"], survey, {})

    def _figure(self, kpi: Doc) -> Iterator[Counted]:
        clock = next((each for each in self.policy["clock"] if each["id"] == kpi.get("clock")), None)
        if kpi.get("told") or kpi.get("logged") or kpi.get("times") or (clock and clock.get("when") == "call"):
            for call in self.calls.values():
                yield self._of_call(kpi, clock, call)
        elif "refused" in kpi:
            for each in self.refused:
                if each["code"] in kpi["refused"]:
                    about = self.tickets.get(each["ticket"], {"office": each["office"]})
                    yield self._in(kpi["id"], "counted", each["at"], about, holder=each["member"])
        elif "register" in kpi:
            for entry in self.entries:
                if entry["register"] == kpi["register"]:
                    result = "met" if entry.get("decision") else "running"
                    yield self._in(kpi["id"], result, entry["at"], None, holder=entry.get("member", ""))
        elif "survey" in kpi:
            survey = next(each for each in self.policy["survey"] if each["id"] == kpi["survey"])
            yield from self._survey(kpi["id"], survey, kpi)
        elif kpi.get("measures"):
            yield from self._measures(kpi)
        else:
            yield from self._of_tickets(kpi) if not _of_events(kpi) else self._of_events(kpi)

    def _of_tickets(self, kpi: Doc) -> Iterator[Counted]:
        for t in self.tickets.values():
            if not _about(kpi, t):
                continue
            if "clock" in kpi:
                for clock in t["clocks"]:
                    if clock["clock"] == kpi["clock"]:
                        yield self._of_clock(kpi, t, clock)
            elif kpi.get("shared_address"):
                shared = {each["id"] for each in self.policy.get("address", ()) if each.get("shared")}
                if t["address"]:
                    yield self._in(kpi["id"], "met" if t["address"] in shared else "missed", t["received_at"], t)
            elif kpi.get("tickets"):
                yield self._in(kpi["id"], "met" if t["status"] == "closed" else "running", t["received_at"], t)
            else:
                result = "running" if t["status"] != "closed" else "met" if self._has(t, kpi["holds"]) else "missed"
                yield self._in(kpi["id"], result, t["closed_at"] or t["received_at"], t)

    def _has(self, t: Doc, wanted: str) -> bool:
        if wanted == "time_logged":
            return bool(t["minutes"])
        if wanted == "written_reply":
            return bool(t["replied"])
        if wanted == "classification":
            return bool(t["category"] or t["classification"])
        field = next(each for each in self.policy["field"] if each["id"] == wanted)
        value = t["fields"].get(wanted, "")
        needs = [n for choice in field.get("choices", ()) if choice["id"] == value for n in choice.get("needs", ())]
        return bool(value) and all(t["fields"].get(need) for need in needs)

    def _of_clock(self, kpi: Doc, t: Doc, clock: Doc) -> Counted:
        calendar = self._calendar(clock["calendar"])
        if clock["deadline"] is None:
            return self._in(kpi["id"], "not_measurable", clock["started_at"], t, calendar["zone"])
        hours = self._calendar(kpi["hours"]) if "hours" in kpi else calendar
        shut = (kpi.get("in_hours") or "hours" in kpi) and not _is_open(hours, instant(clock["started_at"]))
        if shut or clock["state"] in ("exempt", "refused"):
            result = "left_out"
        else:
            result = clock["state"] if clock["state"] in ("met", "missed") else "running"
        return self._in(kpi["id"], result, clock["deadline"], t, calendar["zone"])

    def _of_call(self, kpi: Doc, clock: Doc | None, call: Doc) -> Counted:
        ticket = self.tickets.get(call["ticket"])
        if kpi.get("logged"):
            result = "left_out" if call["direction"] != "in" else "met" if call["outcome"] else "running"
        elif kpi.get("times"):
            both = call["answered"] if kpi["times"] == "ring" else call["ended"]
            result = "counted" if both and call["direction"] == "in" else "not_measurable"
        elif kpi.get("told"):
            counts = call["direction"] == "in" and (call["ticket"] or not call["ended"])
            open_still = "missed" if call["ended"] else "running"
            result = "left_out" if not counts else "met" if call["told"] else open_still
        else:
            result = self._answered(clock or {}, call)
        where = {**(ticket or {}), "office": call["office"], "department": (ticket or call)["department"]}
        return self._in(kpi["id"], result, call["rang"], where, holder=call["member"])

    def _answered(self, clock: Doc, call: Doc) -> str:
        office = self._office(call["office"])
        named = clock["calendar"]
        calendar = self._calendar(named if isinstance(named, str) else named.get(office["id"], office["calendar"]))
        rang, answered = instant(call["rang"]), instant(call["answered"])
        assert rang is not None
        ended = answered or instant(call["ended"]) or rang
        seconds = int((ended - rang).total_seconds())
        inside = [_is_open(calendar, rang + dt.timedelta(seconds=each)) for each in range(seconds + 1)]
        if not any(inside):
            return "left_out"
        if answered is None:
            return "abandoned" if call["ended"] else "running"
        limit = int(clock["amount"].split()[0])
        return "met" if sum(inside[:-1]) <= limit else "missed"

    def _of_events(self, kpi: Doc) -> Iterator[Counted]:
        for event in self.events:
            what, t = event["what"], self.tickets.get(event.get("ticket", ""))
            if t is not None and not _about(kpi, t):
                continue
            result = self._event_in(kpi, what, t)
            if result:
                call = self.calls.get(event.get("call", ""))
                where = t or (call and {**call, "holder": call["member"]})
                yield self._in(kpi["id"], result, event["at"], where)

    def _event_in(self, kpi: Doc, what: Doc, t: Doc | None) -> str:
        kind = what["event"]
        if kind in kpi.get("counts", ()):
            step, stage = kpi.get("step"), kpi.get("stage")
            return "counted" if step in (None, what.get("step")) and stage in (None, what.get("stage")) else ""
        if kpi.get("put_through") and kind in ("handover.put_through", "handover.not_possible"):
            return "met" if kind == "handover.put_through" else "missed"
        if kpi.get("messages") and kind == "message.made" and what["message"] in kpi["messages"]:
            return "met" if what["to"] else "missed"
        shared = {each["address"] for each in self.policy.get("address", ()) if each.get("shared")}
        if kpi.get("copies") and kind == "message.made" and what.get("sender") in shared:
            return "met" if what["sender"] in what.get("copies", ()) else "missed"
        if kpi.get("wording") and kind == "reply.sent" and t is not None:
            message = next(each for each in self.policy["message"] if each["id"] == "reply")
            by_mail = t["channel"] in message.get("ending_channels", [t["channel"]])
            right = what["text"].startswith(message["starts_with"]) and (
                not by_mail or what["text"].endswith(message["ends_with"])
            )
            return "met" if right else "missed"
        return ""

    def _survey(self, figure: str, survey: Doc, kpi: Doc) -> Iterator[Counted]:
        last: dict[str, tuple[str, Doc]] = {}
        good = {_folded(each) for each in survey.get("good", ())}
        for event in self.events:
            what = event["what"]
            if what.get("survey") != survey["id"] or what["event"] not in ("survey.owed", "survey.answered"):
                continue
            if what["event"] == "survey.owed":
                last[event["ticket"]] = ("running", event)
            else:
                answer = "met" if _folded(what["answers"][0]) in good else "missed"
                last[event["ticket"]] = (answer if good else "not_measurable", event)
        for ticket, (result, event) in last.items():
            if _about(kpi, self.tickets[ticket]):
                yield self._in(figure, result, event["at"], self.tickets[ticket])

    def _measures(self, kpi: Doc) -> Iterator[Counted]:
        found: dict[tuple[str, int], tuple[str, Doc]] = {}
        for event in self.events:
            what = event["what"]
            if what["event"] == "complaint.decided":
                found |= {(event["ticket"], number): ("running", event) for number in range(len(what["measures"]))}
            if what["event"] == "complaint.measure_done":
                found[event["ticket"], what["number"]] = ("met", event)
        for (ticket, _), (result, event) in found.items():
            yield self._in(kpi["id"], result, event["at"], self.tickets[ticket])

    def scores(self) -> dict[str, tuple[int, int]]:
        """Of each register the sum and the number of its scores."""
        found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for entry in self.entries:
            for value in entry.get("values", ()):
                if value["field"] == "score":
                    total, count = found[entry["register"]]
                    found[entry["register"]] = (total + int(value["value"]), count + 1)
        return dict(found)

    def contacts(self) -> Counter[tuple[str, str, int]]:
        """Tickets by office, channel and local hour."""
        return Counter(
            (t["office"], t["channel"], instant(t["received_at"]).astimezone(ZoneInfo(self._zone(t["office"]))).hour)  # type: ignore[union-attr]
            for t in self.tickets.values()
        )

    def came_back(self) -> Counter[str]:
        """How often each customer had to come back."""
        found: Counter[str] = Counter()
        devices: set[tuple[str, str]] = set()
        for t in self.tickets.values():
            device = re.sub(r"[\s./-]", "", t["serial"]).upper()
            found[t["customer"]] += t["again"] + (bool(device) and (t["customer"], device) in devices)
            devices.add((t["customer"], device))
        return +found

    # --- where and when -------------------------------------------------------------------------------------------------------

    def _in(
        self, figure: str, result: str, at: str, t: Doc | None, zone: str = "", *, holder: str | None = None
    ) -> Counted:
        t = t or {}
        moment = instant(at)
        assert moment is not None
        office = t.get("office", "")
        whose = (t.get("holder") or t.get("closed_by", "")) if holder is None else holder
        day = moment.astimezone(ZoneInfo(zone or self._zone(office))).date()
        return Counted(figure, result, day, office, t.get("department", ""), whose, t.get("customer", ""))

    def _office(self, office: str) -> Doc:
        return next((each for each in self.policy["office"] if each["id"] == office), self.policy["office"][0])

    def _zone(self, office: str) -> str:
        return str(self._calendar(self._office(office)["calendar"])["zone"])

    def _calendar(self, name: str) -> Doc:
        return next(each for each in self.policy["calendar"] if each["id"] == name)


def _about(kpi: Doc, t: Doc) -> bool:
    return (
        t["channel"] in kpi.get("channels", [t["channel"]])
        and t["kind"] in kpi.get("kinds", [t["kind"]])
        and t["category"] in kpi.get("categories", [t["category"]])
    )


def _of_events(kpi: Doc) -> bool:
    return any(kpi.get(key) for key in ("counts", "put_through", "messages", "copies", "wording"))


def _folded(text: str) -> str:
    return " ".join(text.casefold().translate(_LETTERS).split())


def _is_open(calendar: Doc, at: dt.datetime | None) -> bool:
    assert at is not None
    local = at.astimezone(ZoneInfo(calendar["zone"]))
    closed = {each["date"] for key in ("holidays", "bridge_days") for each in calendar.get(key, ())}
    if local.date() in closed:
        return False
    windows = [window for key, some in calendar.items() for window in (some if local.weekday() in _days(key) else ())]
    clock = f"{local:%H:%M:%S}"
    return any(begin + ":00" <= clock < end + ":00" for begin, end in (window.split("-") for window in windows))


def _days(key: str) -> set[int]:
    if key == "daily":
        return set(range(7))
    first, _, last = key.partition("-")
    if first not in _WEEK or (last and last not in _WEEK):
        return set()
    return set(range(_WEEK.index(first), _WEEK.index(last or first) + 1))
