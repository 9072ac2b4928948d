"""The figures of the other charters, black box: guarantees, satisfaction, baselines, shared addresses, refused commands."""

from __future__ import annotations

import uuid

import msgspec
import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from desk_core.records import Value
from desk_core.references import grouped
from tests.acceptance.desk import Desk
from tests.acceptance.expandit_work import ANNA, complained, enquiry, mailed, ready_to_close
from tests.acceptance.expandit_work import close as closing
from tests.acceptance.figures import behind, four, line, reported
from tests.acceptance.hamburg_work import owed, typed
from tests.acceptance.hosting_work import issue
from tests.support.server import FAULT

JUNE = ("2026-06-01", "2026-06-30")
JULY = ("2026-07-01", "2026-07-31")


def scored(desk: Desk, login: str, register: str, **values: str) -> None:
    """A line of a register."""
    said = tuple(Value(field=field, value=value) for field, value in values.items())
    desk[login].does(s.AddEntry(entry=str(uuid.uuid4()), register=register, values=said))


@pytest.mark.rule("H-04", "H-24", "H-34")
def test_every_missed_call_back_breaks_the_guarantee_by_name_and_warranty_stands_apart(hamburg_woking: Desk) -> None:
    broken = owed(hamburg_woking)
    weber = msgspec.structs.replace(FAULT, company="Weber KG", serial="W-1")
    kept = owed(hamburg_woking, fault=weber)
    running = line(reported(hamburg_woking, *JUNE), "H1")
    assert (four(running), running["percent"]) == ((0, 0, 2, 0), "n/a")
    hamburg_woking["sven"].does(c.AttemptCallBack(ticket=kept, reached=True))
    hamburg_woking.later(hours=3)
    found = reported(hamburg_woking, *JUNE, "H1", "--by", "entitlement")
    whole, reference = line(found, "H1"), hamburg_woking.ref(broken)
    assert (four(whole), whole["percent"], whole["reached"]) == ((1, 1, 0, 0), "50.0", "no")
    assert whole["misses"] == [reference]
    assert (four(line(found, "H1", "contract")), four(line(found, "H1", "warranty"))) == ((0, 1, 0, 0), (1, 0, 0, 0))
    told = hamburg_woking.admin("report", "H1", "--from", JUNE[0], "--to", JUNE[1]).out
    assert f"H1 missed: {grouped(reference)}" in told


@pytest.mark.rule("H-11")
def test_a_call_at_whose_end_number_and_class_were_not_told_is_listed(hamburg_woking: Desk) -> None:
    anke = hamburg_woking["anke"]
    anke.run("log-call", *typed(), "--class", "Printhead", "--call-back")
    anke.run("log-call", *typed(), "--class", "Printhead", "--call-back", "--not-told")
    found = line(reported(hamburg_woking, *JUNE), "H4")
    (silent,) = [call for call in hamburg_woking.calls() if call.not_told]
    assert (four(found), found["reached"]) == ((1, 1, 0, 0), "no")
    assert behind(hamburg_woking, *JUNE, "H4:missed") == [grouped(silent.reference)]


@pytest.mark.rule("K-03")
def test_satisfaction_is_a_mean_with_the_number_of_its_answers(ask4: Desk) -> None:
    (none,) = [each for each in reported(ask4, *JUNE)["means"] if each["register"] == "satisfaction"]
    assert (none["mean"], none["count"]) == ("n/a", 0)
    for score in ("5", "4", "4"):
        scored(ask4, "bob", "satisfaction", score=score)
    (found,) = [each for each in reported(ask4, *JUNE)["means"] if each["register"] == "satisfaction"]
    assert (found["mean"], found["count"]) == ("4.3", 3), "cut, never rounded up"


@pytest.mark.rule("E-12", "E-13")
def test_a_figure_stands_beside_its_baseline_and_the_worst_served_customer_stands_first(expandit: Desk) -> None:
    scored(expandit, "susi", "baselines", kpi="E1", value="62.5")
    expandit.at("2026-07-06T10:00+02:00")
    served, waits = (
        mailed(expandit, customer=expandit.customers[name]) for name in ("Nordlicht Druck GmbH", "Kern AG")
    )
    expandit["anna"].does(c.Reply(ticket=served, text="Gern."))
    expandit.later(hours=3)
    found = reported(expandit, *JULY, "E1", "--by", "customer")["figures"]
    assert [(each["part"], each["percent"], each.get("difference")) for each in found] == [
        ("", "50.0", -12.5),
        ("Kern AG", "0.0", None),
        ("Nordlicht Druck GmbH", "100.0", None),
    ]
    assert behind(expandit, *JULY, "E1:missed") == [grouped(expandit.ref(waits))]


@pytest.mark.rule("E-18")
def test_the_share_of_mails_to_shared_addresses_rises_with_each_of_them(expandit: Desk) -> None:
    mailed(expandit, ANNA)
    assert line(reported(expandit, *JUNE), "E11")["percent"] == "0.0"
    mailed(expandit)
    found = line(reported(expandit, *JUNE), "E11")
    assert (four(found), found["percent"]) == ((1, 1, 0, 0), "50.0")


@pytest.mark.rule("E-43")
def test_complaints_are_reported_by_their_kind(expandit: Desk) -> None:
    for kind in ("beschwerde", "sachmangel"):
        complained(expandit, kind)
    found = reported(expandit, *JUNE, "E6", "--by", "complaint")
    assert [sum(four(line(found, "E6", kind))) for kind in ("", "beschwerde", "sachmangel")] == [2, 1, 1]


@pytest.mark.rule("E-33")
def test_an_answer_without_a_configured_term_cannot_be_measured(expandit: Desk) -> None:
    mailed(expandit)
    assert four(line(reported(expandit, *JUNE), "E2")) == (0, 0, 0, 1)


@pytest.mark.rule("E-19")
def test_declared_costs_are_a_figure_of_closed_enquiries(expandit: Desk) -> None:
    done = enquiry(expandit)
    enquiry(expandit)
    ready_to_close(expandit, done)
    expandit["anna"].does(closing(done))
    assert four(line(reported(expandit, *JUNE), "E9")) == (1, 0, 1, 0)


@pytest.mark.rule("V-23")
def test_attempts_to_pick_out_of_order_are_counted_apart(hosting: Desk) -> None:
    first, second = issue(hosting), issue(hosting, customer="Moser")
    hosting["tam"].may_not(s.Take(ticket=second))
    today = hosting.clock.now().date().isoformat()
    refused = reported(hosting, today, today)["refused"]
    assert refused == {"not_free": 1}, "it is no start out of order: nothing was started"
    assert hosting["tam"].does(c.TakeNext())["ticket"] == first
