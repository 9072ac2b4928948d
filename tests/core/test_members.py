"""Who may be a member, and the roles that may not be left empty (H-31)."""

from __future__ import annotations

import msgspec
import pytest

from desk_core.members import member_refusal, vacancy_refusal, with_role
from desk_core.people import Member
from desk_core.wording import Refusal
from tests.support.world import ready_policy

POLICY = ready_policy()
CHIEF = Member(id="1", login="ute", name="Ute Brandt", role="manager", functions=("technical_support_manager",))
DEPUTY = Member(
    id="2", login="jens", name="Jens Ott", role="supervisor", functions=("deputy_technical_support_manager",)
)
AGENT = Member(id="3", login="anke", name="Anke Kahl", departments=("sales",), office="woking")


def changed(member: Member, **fields: object) -> Member:
    return msgspec.structs.replace(member, **fields)


@pytest.mark.parametrize("fields", [{"active": False}, {"functions": ()}, {"functions": ("specialist",)}])
def test_h31_the_last_technical_support_manager_stays(fields: dict[str, object]) -> None:
    refusal = vacancy_refusal(POLICY, [CHIEF, DEPUTY, AGENT], changed(CHIEF, **fields))
    assert refusal is not None
    assert refusal.code == "last_holder"
    assert "Ute Brandt must stay Technical Support Manager" in refusal.text


def test_h31_a_lower_role_takes_the_function_away_and_is_refused_to_the_last_one() -> None:
    lower = with_role(POLICY, CHIEF, "agent")
    assert isinstance(lower, Member)
    assert lower.functions == ()
    assert vacancy_refusal(POLICY, [CHIEF, AGENT], lower) is not None


def test_h31_one_of_two_may_go_but_not_to_a_holder_who_is_switched_off() -> None:
    second = changed(CHIEF, id="4", login="olaf", name="Olaf Ruhr")
    gone = changed(CHIEF, active=False)
    assert vacancy_refusal(POLICY, [CHIEF, second], gone) is None
    assert vacancy_refusal(POLICY, [CHIEF, changed(second, active=False)], gone) is not None


def test_h31_a_role_that_nobody_has_yet_stops_no_other_change() -> None:
    assert vacancy_refusal(POLICY, [AGENT], changed(AGENT, active=False)) is None
    assert vacancy_refusal(POLICY, [CHIEF, DEPUTY], changed(DEPUTY, active=False)) is None
    assert vacancy_refusal(POLICY, [], CHIEF) is None


def test_a_role_of_the_policy_brings_its_program_role_and_its_function() -> None:
    member = with_role(POLICY, changed(AGENT, functions=("specialist",)), "technical_support_manager")
    assert isinstance(member, Member)
    assert (member.role, member.functions) == ("manager", ("specialist", "technical_support_manager"))


def test_a_role_of_the_programs_keeps_the_functions_that_fit_it() -> None:
    member = with_role(POLICY, changed(AGENT, functions=("specialist",)), "supervisor")
    assert isinstance(member, Member)
    assert (member.role, member.functions) == ("supervisor", ("specialist",))


def test_an_unknown_role_names_the_choices() -> None:
    refusal = with_role(POLICY, AGENT, "boss")
    assert isinstance(refusal, Refusal)
    assert "“boss”" in refusal.text
    assert "agent, supervisor, manager, admin, call_taker, specialist" in refusal.text


@pytest.mark.parametrize(
    ("fields", "code", "said"),
    [
        ({"departments": ("sales", "cellar")}, "unknown_department", "technical_support, workshop"),
        ({"office": "berlin"}, "unknown_office", "hamburg, woking"),
        ({"functions": ("boss",)}, "unknown_function", "specialist"),
        ({"functions": ("technical_support_manager",)}, "function_above_role", "in the role manager or above"),
        ({"login": "an ke"}, "login_with_blanks", "without blanks"),
        ({"login": ""}, "missing_member_text", "login"),
        ({"name": " "}, "missing_member_text", "name"),
        ({"name": "A\x00"}, "bad_text_control", "name"),
        ({"name": "A" * 501}, "bad_text_long", "500"),
    ],
)
def test_what_the_desk_does_not_know_is_refused_with_the_choices(
    fields: dict[str, object], code: str, said: str
) -> None:
    refusal = member_refusal(POLICY, changed(AGENT, **fields))
    assert refusal is not None
    assert refusal.code == code
    assert said in refusal.text


def test_a_member_that_fits_is_not_refused() -> None:
    assert member_refusal(POLICY, AGENT) is None
