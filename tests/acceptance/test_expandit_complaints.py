"""The customer service guideline, black box: complaints, claims and material defects (E-40 to E-43)."""

from __future__ import annotations

import pytest

from desk_core import commands as c
from desk_core import commands_of_service as s
from tests.acceptance.desk import Desk
from tests.acceptance.expandit_work import CALL, SALES, SUPPORT, close, complained, ready_to_close
from tests.support.server import FAULT


@pytest.mark.rule("E-40", "E-43")
def test_a_complaint_by_phone_has_one_of_three_kinds_and_a_copy_in_one_of_two_mailboxes(expandit: Desk) -> None:
    anna = expandit["anna"]
    for kind, under, address in (("beschwerde", "support", SUPPORT), ("Reklamation", "sales", SALES)):
        words = (*CALL, "--complaint", "Zu spät", "--complaint-kind", kind)
        assert anna.refused(*words)["code"] == "missing_log_under"
        made = anna.json(*words, "--log-under", under)
        assert [letter.to for letter in expandit.mails(made["ticket"], "complaint_logged")] == [address]
    assert anna.refused(*CALL, "--complaint", "x", "--complaint-kind", "laune")["code"] == "unknown_complaint"
    assert anna.refused(*CALL, "--complaint", "x", "--log-under", "sales")["code"] == "unknown_complaint"
    anna.does(c.BeginCall(call="k", reference=anna.by_hand.reference(), rang_at=expandit.clock.now()))
    form = s.ComplaintForm(kind="beschwerde", summary="Zu spät", log_under="anna")
    log = c.LogCall(call="k", ticket="t", kind="complaint", title="x", fault=FAULT, complaint=form)
    assert anna.may_not(log).code == "missing_log_under"
    complaint = expandit.ticket(complained(expandit, "sachmangel")).complaint
    assert complaint is not None
    assert complaint.kind == "sachmangel"


@pytest.mark.rule("E-41")
def test_a_material_defect_closes_after_the_boards_analysis_alone(expandit: Desk) -> None:
    ticket = complained(expandit, "sachmangel")
    ready_to_close(expandit, ticket)
    anna, reference = expandit["anna"], expandit.ref(ticket)
    finish = ("close", reference, "--summary", "Erledigt")
    assert anna.may_not(close(ticket)).code == "missing_board_analysis"
    assert anna.refused(*finish)["code"] == "missing_board_analysis"
    assert anna.refused("complaint-analysis", reference, "--text", "x")["code"] == "only_role"
    assert expandit["susi"].may_not(s.AnalyseComplaint(ticket=ticket, text="x")).code == "only_role"
    expandit["vera"].run("complaint-analysis", reference, "--text", "Fertigungsfehler")
    anna.run(*finish)


@pytest.mark.rule("E-42")
def test_the_board_is_never_empty_and_a_defect_that_finds_nobody_there_is_told_to_the_supervisor(
    expandit: Desk,
) -> None:
    for words in (("disable", "vera"), ("set", "vera", "--role", "agent")):
        assert "Vorstand" in expandit.admin("member", *words, expect=1).sentence
    assert expandit.mails(complained(expandit, "sachmangel"), "role_empty") == []
    expandit.publish("2", ("at_least = 1\n", ""))
    expandit.admin("member", "set", "vera", "--role", "supervisor")
    ticket = complained(expandit, "sachmangel")
    assert "susi@expandit.example" in [letter.to for letter in expandit.mails(ticket, "role_empty")]
