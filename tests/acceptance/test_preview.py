"""What an administrator sees before another policy is published: the server's tickets, judged by desk-policy (TS-13, A-01)."""

from __future__ import annotations

import json

from click.testing import CliRunner

from desk_core import commands as c
from desk_policy.__main__ import main as desk_policy
from tests.acceptance.desk import Desk

BRIDGE = 'bridge_days = [\n    { date = 2026-01-02, name = "Brückentag nach Neujahr" },'


def test_the_preview_counts_the_servers_running_promises_by_the_other_dates(hamburg_woking: Desk) -> None:
    """Also F42: the export holds no person."""
    desk = hamburg_woking
    ticket = desk["anke"].hears(classification="Printhead")
    desk["anke"].does(c.OfferCallBack(ticket=ticket))
    state, due = desk.clock_of(ticket, "callback")
    assert (state, due is not None) == ("running", True)
    data = desk.folder / "tickets.jsonl"
    desk.admin("export", "tickets", data)
    assert "Petersen" not in data.read_text(encoding="utf-8")
    day = desk.clock.now().date().isoformat()
    new = desk.folder / "new.toml"
    text = desk.policy.read_text(encoding="utf-8")
    assert BRIDGE in text
    new.write_text(text.replace(BRIDGE, f'{BRIDGE}\n    {{ date = {day}, name = "Umzug" }},'), encoding="utf-8")
    words = ["preview", desk.policy, new, "--data", data, "--now", desk.clock.now().isoformat(), "--json"]
    done = CliRunner().invoke(desk_policy, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    (change,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert (change["reference"], change["effect"]) == (desk.ref(ticket), "moves")
    asked = ["due", new, "callback", "--start", desk.clock.now().isoformat(), "--calendar", "hamburg", "--json"]
    told = json.loads(CliRunner().invoke(desk_policy, [str(word) for word in asked]).stdout)
    assert told["deadline_utc"] == change["new_deadline"]
