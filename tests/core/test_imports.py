"""Tickets of another helpdesk become ours with their history: all or nothing per ticket, and nobody is left in the dark."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from desk_core.import_mapping import Mapping, MappingError, load_mapping, unfit
from desk_core.imports import (
    ImportedTicket,
    ImportFileError,
    ImportResult,
    LeftOut,
    as_ask,
    customer_of,
    read_rows,
    read_tickets,
)
from desk_core.resources import resource
from tests.support.world import ready_policy

SHIPPED = "imports/servicenow-incidents.toml"
INCIDENTS = Path(__file__).parents[2].parent / "shared" / "data" / "incidents.csv"

MAPPING = """
name = "sample"
title = "A sample desk"
source = "sample"
policy = "any"

[file]
unknown = ["?", ""]
dates = ["%d-%m-%Y %H:%M"]
zone = "Europe/Berlin"

[columns]
id = "no"
status = "state"
opened_at = "opened"
changed_at = "changed"
closed_at = "closed"
order = "mod"
reopened = "reopens"
group = "group"
person = "person"
customer = "company"
caller = "caller"
place = "place"

[ticket]
kind = "fault"
channel = "phone"
title = ["{class}", "{symptom}"]
classification = ["{class}"]
description = ["{symptom}"]
solution = ["Code {code}"]

[states]
open = ["New", "Active"]
waiting_customer = ["Waiting"]
resolved = ["Solved"]
closed = ["Closed"]

[callback]
owed_in = ["New"]

[groups]
unknown = "service"
[groups.departments]
technical = ["Alpha", "Beta"]
sales = ["Gamma"]

[offices]
other = "hamburg"
[offices.places]
woking = ["Surrey"]
"""
HEADING = "no,state,opened,changed,closed,mod,reopens,group,person,company,caller,place,class,symptom,code"
LIFE = [
    "T1,New,05-03-2026 10:00,05-03-2026 10:02,?,0,0,Alpha,?,Elbe Optik,Frau Kahl,Surrey,Printhead,Streaks,?",
    "T1,Active,05-03-2026 10:00,05-03-2026 11:30,?,1,0,Beta,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Printhead,Streaks,?",
    "T1,Waiting,05-03-2026 10:00,06-03-2026 09:00,?,2,0,Beta,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Printhead,Streaks,?",
    "T1,Active,05-03-2026 10:00,09-03-2026 08:00,?,3,0,Gamma,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Cutter,Streaks,?",
    "T1,Solved,05-03-2026 10:00,09-03-2026 09:00,?,4,0,Gamma,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Cutter,Streaks,4",
    "T1,Active,05-03-2026 10:00,10-03-2026 09:00,?,5,1,Gamma,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Cutter,Streaks,?",
    "T1,Solved,05-03-2026 10:00,10-03-2026 12:00,?,6,1,Gamma,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Cutter,Streaks,5",
    "T1,Closed,05-03-2026 10:00,15-03-2026 12:00,?,7,1,Gamma,Resolver 7,Elbe Optik,Frau Kahl,Surrey,Cutter,Streaks,5",
]
SECOND = "T2,New,07-03-2026 09:00,07-03-2026 09:05,?,0,0,?,?,?,?,?,?,?,?"


def of_tickets(text: str, file: str) -> Mapping:
    mapping = load_mapping(text, file)
    assert isinstance(mapping, Mapping)
    return mapping


@pytest.fixture(scope="module")
def mapping() -> Mapping:
    return of_tickets(MAPPING, "sample.toml")


def take(mapping: Mapping, *lines: str, as_of: dt.date | None = None) -> ImportResult:
    text = "".join(f"{line}\n" for line in (HEADING, *lines))
    rows = read_rows(text.splitlines(keepends=True), mapping)
    return read_tickets(rows, mapping, as_of)


def events(ticket: ImportedTicket) -> list[str]:
    return [step.event for step in ticket.history]


def status(ticket: ImportedTicket) -> str:
    """The status at the end of a history, told from the names of its events alone."""
    becomes = {
        "status.waiting_customer": "waiting",
        "customer.answered": "open",
        "ticket.resolved": "resolved",
        "ticket.reopened": "open",
        "ticket.closed": "closed",
    }
    return next((becomes[e] for e in reversed(events(ticket)) if e in becomes), "open")


def test_a_ticket_comes_with_its_whole_life(mapping: Mapping) -> None:
    (ticket,) = take(mapping, *LIFE).tickets
    assert (ticket.external_id, ticket.department, ticket.office) == ("T1", "technical", "woking")
    assert (ticket.title, ticket.classification) == ("Printhead · Streaks", "Printhead")
    assert (ticket.fault.caller, ticket.fault.company, ticket.customer) == ("Frau Kahl", "Elbe Optik", "Elbe Optik")
    assert ticket.received_at == dt.datetime(2026, 3, 5, 9, 0, tzinfo=dt.UTC)
    assert events(ticket) == [
        "handover.not_possible",
        "callback.attempted",
        "note.added",
        "note.added",
        "note.added",
        "status.waiting_customer",
        "ticket.transferred",
        "ticket.classified",
        "customer.answered",
        "ticket.resolved",
        "ticket.reopened",
        "ticket.resolved",
        "ticket.closed",
    ]
    assert [s.text for s in ticket.history if s.event == "note.added"] == ["Alpha → Beta", "Resolver 7", "Active"]
    assert [s.text for s in ticket.history if s.event == "ticket.resolved"] == ["Code 4", "Code 5"]


def test_a_call_back_is_owed_until_somebody_deals_with_the_ticket(mapping: Mapping) -> None:
    """H-14: the promise starts when the customer called, and a specialist of there kept it (H-15)."""
    (ticket,) = take(mapping, *LIFE).tickets
    owed, kept = ticket.history[:2]
    assert (owed.event, owed.at) == ("handover.not_possible", ticket.received_at)
    assert (kept.at, kept.by_specialist) == (dt.datetime(2026, 3, 5, 10, 30, tzinfo=dt.UTC), True)


def test_the_order_of_lines_does_not_matter(mapping: Mapping) -> None:
    assert take(mapping, *reversed(LIFE)).tickets == take(mapping, *LIFE).tickets


@pytest.mark.parametrize(
    ("day", "expected"),
    [(5, "open"), (6, "waiting"), (8, "waiting"), (9, "resolved"), (10, "resolved"), (14, "resolved"), (15, "closed")],
)
def test_as_of_a_day_only_what_had_happened_by_its_end_is_there(mapping: Mapping, day: int, expected: str) -> None:
    (ticket,) = take(mapping, *LIFE, as_of=dt.date(2026, 3, day)).tickets
    assert status(ticket) == expected


def test_as_of_a_day_before_its_opening_a_ticket_does_not_exist(mapping: Mapping) -> None:
    assert take(mapping, *LIFE, SECOND, as_of=dt.date(2026, 3, 4)).tickets == ()
    assert [t.external_id for t in take(mapping, *LIFE, SECOND, as_of=dt.date(2026, 3, 6)).tickets] == ["T1"]


def test_the_day_ends_at_midnight_of_the_mappings_zone(mapping: Mapping) -> None:
    line = SECOND.replace("07-03-2026 09:00", "06-03-2026 23:59").replace("07-03-2026 09:05", "07-03-2026 00:00")
    (ticket,) = take(mapping, line.replace("New", "Waiting"), as_of=dt.date(2026, 3, 6)).tickets
    assert (ticket.received_at.hour, status(ticket)) == (22, "open")


def test_what_is_unknown_stays_empty(mapping: Mapping) -> None:
    (ticket,) = take(mapping, SECOND).tickets
    assert (ticket.title, ticket.customer, ticket.classification) == ("T2", "", "")
    assert (ticket.department, ticket.office) == ("service", "hamburg")
    assert customer_of(ticket, "desk", "sample") is None


def test_a_row_recorded_late_does_not_reopen_a_finished_ticket(mapping: Mapping) -> None:
    late = LIFE[1].replace("05-03-2026 11:30", "09-03-2026 09:30")
    (ticket,) = take(mapping, LIFE[0], LIFE[4], late).tickets
    assert (status(ticket), "ticket.reopened" in events(ticket)) == ("resolved", False)


def test_a_change_dated_before_the_opening_is_set_to_it_and_said(mapping: Mapping) -> None:
    result = take(mapping, LIFE[1].replace("05-03-2026 11:30", "05-03-2026 08:00"))
    assert [(c.line, "before the opening" in c.reason) for c in result.corrected] == [(2, True)]
    assert all(step.at >= result.tickets[0].received_at for step in result.tickets[0].history)


BAD_LINES = {
    "bad date": (LIFE[1].replace("05-03-2026 11:30", "2026-03-05 11:30"), "written as %d-%m-%Y %H:%M"),
    "no such day": (LIFE[1].replace("05-03-2026 11:30", "31-02-2026 11:30"), "written as %d-%m-%Y %H:%M"),
    "no date": (LIFE[1].replace("05-03-2026 11:30", "?"), "Column changed must hold a time"),
    "unknown group": (LIFE[1].replace("Beta", "Omega"), "'Omega' is in no department"),
    "unknown state": (LIFE[1].replace("Active", "Asleep"), "'Asleep' is in no list"),
    "closed before opened": (LIFE[1].replace(",?,1,", ",04-03-2026 10:00,1,"), "before the opening"),
    "changed long before": (LIFE[1].replace("05-03-2026 11:30", "01-03-2026 11:30"), "more than a day before"),
    "opened twice": (LIFE[1].replace("05-03-2026 10:00", "04-03-2026 10:00"), "The opening differs"),
    "order not a number": (LIFE[1].replace(",?,1,", ",?,one,"), "Column mod must hold a whole number"),
    "duplicate": (LIFE[0], "the same as line 2"),
    "too few columns": ("T1,Active", "The line has 2 columns; it must have 15"),
    "too many columns": (LIFE[1] + ",more", "The line has 16 columns; it must have 15"),
    "no text": (LIFE[1].replace("Frau Kahl", "Frau \udce4hl"), "Column caller holds characters that are no text"),
    "control character": (LIFE[1].replace("Frau Kahl", "Frau\x00Kahl"), "Column caller holds characters"),
}


@pytest.mark.parametrize(("line", "reason"), BAD_LINES.values(), ids=BAD_LINES)
def test_one_bad_line_rejects_its_ticket_and_no_other(mapping: Mapping, line: str, reason: str) -> None:
    result = take(mapping, LIFE[0], line, *LIFE[2:], SECOND)
    assert [t.external_id for t in result.tickets] == ["T2"]
    assert [r.line for r in result.rejected] == [3]
    assert reason in result.rejected[0].reason


def test_every_bad_line_is_reported_with_its_number(mapping: Mapping) -> None:
    result = take(mapping, LIFE[0].replace("New", "Asleep"), LIFE[1], LIFE[2].replace("Beta", "Omega"), SECOND)
    assert [r.line for r in result.rejected] == [2, 4]


def test_a_line_without_a_number_is_reported_and_harms_nobody(mapping: Mapping) -> None:
    result = take(mapping, *LIFE, LIFE[0].replace("T1", "?"), LIFE[0].replace("T1", " "))
    assert [t.external_id for t in result.tickets] == ["T1"]
    assert [(r.line, r.reason) for r in result.rejected] == [
        (10, "Column no must hold the number of the ticket."),
        (11, "Column no must hold the number of the ticket."),
    ]


def test_a_cell_may_span_lines_and_the_numbers_stay_those_of_the_file(mapping: Mapping) -> None:
    spanning = LIFE[0].replace("Streaks", '"Streaks\nand dots"')
    result = take(mapping, spanning, LIFE[1].replace("Active", "Asleep"))
    assert [r.line for r in result.rejected] == [4]


def test_a_broken_quotation_is_reported_where_it_stands(mapping: Mapping) -> None:
    result = take(mapping, *LIFE, LIFE[0].replace("T1", "T9").replace("Streaks", '"Streaks"x'), SECOND)
    assert [t.external_id for t in result.tickets] == ["T1", "T2"]
    assert [(r.line, "not well-formed" in r.reason) for r in result.rejected] == [(10, True)]


def test_a_file_of_another_shape_is_refused_as_a_whole(mapping: Mapping) -> None:
    with pytest.raises(ImportFileError, match="it has no state, opened"):
        list(read_rows(["no,changed\n"], mapping))
    with pytest.raises(ImportFileError):
        list(read_rows([], mapping))


def test_a_rejected_line_leaves_its_ticket_out_and_names_its_other_lines(mapping: Mapping) -> None:
    result = take(mapping, LIFE[0], SECOND, LIFE[1].replace("05-03-2026", "yesterday", 1), LIFE[2])
    assert [r.line for r in result.rejected] == [4]
    assert result.left_out == (LeftOut("T1", (2, 5)),)
    assert [(t.external_id, t.lines) for t in result.tickets] == [("T2", (3,))]


def test_a_mapping_that_speaks_of_another_desk_is_unfit_for_the_policy(mapping: Mapping) -> None:
    found = unfit(mapping, ready_policy())
    assert [sentence.partition(";")[0] for sentence in found] == [
        "sample, table [groups]: the desk's policy has no 'service'",
        "sample, table [groups]: the desk's policy has no 'technical'",
    ]
    shipped = of_tickets(resource(SHIPPED).read_text(encoding="utf-8"), SHIPPED)
    assert unfit(shipped, ready_policy(shipped.policy)) == []


def test_ids_are_the_same_in_every_run_and_differ_between_desks(mapping: Mapping) -> None:
    (first,), (second,) = take(mapping, *LIFE).tickets, take(mapping, *LIFE).tickets
    assert as_ask(first, "desk", "sample") == as_ask(second, "desk", "sample")
    assert as_ask(first, "desk", "sample").ticket != as_ask(first, "other", "sample").ticket
    customer = customer_of(first, "desk", "sample")
    assert customer is not None
    assert as_ask(first, "desk", "sample").customer == customer.id


MISTAKES = {
    "not toml": ("[file", "this is not TOML"),
    "missing key": (MAPPING.replace('zone = "Europe/Berlin"', ""), "table [file], key zone: it is missing"),
    "unknown key": (
        MAPPING.replace("[offices]", "[offices]\ncity = 1"),
        "table [offices], key city: it is not known here",
    ),
    "missing table": (MAPPING.replace("[offices", "[places"), "places"),
    "no zone": (MAPPING.replace("Europe/Berlin", "Europe/Atlantis"), "table [file], key zone: 'Europe/Atlantis'"),
    "no status": (MAPPING.replace("resolved =", "solved ="), "table [states]"),
    "state twice": (MAPPING.replace('["Solved"]', '["New"]'), "table [states], key resolved: 'New' is already in open"),
    "group twice": (MAPPING.replace('["Gamma"]', '["Beta"]'), "table [groups.departments], key sales: 'Beta'"),
    "call back": (MAPPING.replace('owed_in = ["New"]', 'owed_in = ["Old"]'), "table [callback], key owed_in: 'Old'"),
    "wrong type": (MAPPING.replace('title = "A sample desk"', "title = 3"), "key title"),
    "encoding": (MAPPING.replace("[file]", '[file]\nencoding = "utf-9"'), "table [file], key encoding: 'utf-9'"),
    "kind": (MAPPING.replace("[file]", '[import]\nkind = "calls"\n[file]'), "table [import]: write kind ="),
    "delimiter": (MAPPING.replace("[file]", '[file]\ndelimiter = ";;"'), "table [file], key delimiter"),
}


@pytest.mark.parametrize(("text", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_mapping_is_said_with_file_table_and_key(text: str, words: str) -> None:
    with pytest.raises(MappingError) as caught:
        load_mapping(text, "sample.toml")
    assert str(caught.value).startswith("sample.toml: ")
    assert words in str(caught.value)


def test_the_shipped_mapping_shares_out_all_groups_and_states() -> None:
    shipped = of_tickets(resource(SHIPPED).read_text(encoding="utf-8"), SHIPPED)
    assert len(shipped.department_of) + 1 == 62  # the 62nd group of the file is "?"
    assert set(shipped.status_of) == {
        "New", "Active", "Awaiting User Info", "Awaiting Vendor", "Awaiting Problem", "Awaiting Evidence", "Resolved", "Closed",
    }  # fmt: skip
    assert shipped.status_of["Awaiting User Info"] == "waiting_customer"


@pytest.mark.skipif(not INCIDENTS.exists(), reason="the real incidents are not on this machine")
class TestRealIncidents:
    """5,998 real changes of 890 real incidents."""

    @staticmethod
    def take(as_of: dt.date | None = None) -> ImportResult:
        shipped = of_tickets(resource(SHIPPED).read_text(encoding="utf-8"), SHIPPED)
        with INCIDENTS.open(encoding=shipped.file.encoding, errors="surrogateescape", newline="") as lines:
            return read_tickets(read_rows(lines, shipped), shipped, as_of)

    def test_all_890_tickets_come_out_closed(self) -> None:
        result = self.take()
        assert (len(result.tickets), result.rejected) == (890, ())
        assert {status(t) for t in result.tickets} == {"closed"}
        assert all(a.at <= b.at for t in result.tickets for a, b in zip(t.history, t.history[1:], strict=False))

    def test_the_first_evening_knows_only_the_first_day(self) -> None:
        result = self.take(dt.date(2016, 2, 29))
        berlin = dt.timezone(dt.timedelta(hours=1))
        assert {t.received_at.astimezone(berlin).date() for t in result.tickets} == {dt.date(2016, 2, 29)}
        last = max(step.at for t in result.tickets for step in t.history)
        assert last.astimezone(berlin).date() == dt.date(2016, 2, 29)

    def test_open_tickets_of_a_middle_day_are_those_of_the_rows(self) -> None:
        """Counted a second time from the raw rows: the last change by that evening is neither resolved nor closed."""
        import_day = dt.date(2016, 3, 15)
        last: dict[str, tuple[dt.datetime, int, str]] = {}
        for line in INCIDENTS.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split(",")
            at = dt.datetime.strptime(cells[13], "%d-%m-%Y %H:%M").replace(tzinfo=dt.UTC)
            if at.date() <= import_day:
                last[cells[0]] = max(last.get(cells[0], (at, -1, "")), (at, int(cells[5]), cells[1]))
        expected = {number for number, (_, _, state) in last.items() if state not in ("Resolved", "Closed")}
        found = {t.external_id for t in self.take(import_day).tickets if status(t) in ("open", "waiting")}
        assert found == expected
