"""Who holds a role of the policy, who stands in, who is absent, and whom a type of question goes to (A-05, E-28, E-29, H-03, H-31)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from desk_core import scope
from desk_core.people import Member, fold
from desk_core.policy import Policy
from desk_core.records import Entry
from desk_core.views import View
from desk_core.wording import Refusal, refuse


def absent(entries: Iterable[Entry], member: str, at: dt.datetime) -> bool:
    """True while an entered absence of the member lasts (E-36)."""
    return any(
        entry.member == member
        and entry.begins is not None
        and entry.ends is not None
        and entry.begins <= at < entry.ends
        for entry in entries
    )


def away(view: View, member: str, at: dt.datetime) -> bool:
    """True while the member is absent; a policy without absences knows of none."""
    rule = view.policy.absence
    return rule is not None and absent(view.entries(rule.register), member, at)


def holders(
    view: View, role: str, at: dt.datetime, department: str = "", excluded: Sequence[str] = ()
) -> tuple[Member, ...]:
    """The active members who hold a role, those who are there before those who are absent, then the holders of its deputy role; none of
    those who are ``excluded`` from what it is about (K-13)."""
    found = view.policy.role(role)
    roles = [role, *([found.deputy] if found is not None and found.deputy else [])]
    ranked = [
        (away(view, member.id, at), number, member.name, member)
        for number, each in enumerate(roles)
        for member in view.staff()
        if member.active and each in member.functions and member.id not in excluded
        if not department or scope.covers(member, department)
    ]
    return tuple(member for *_, member in sorted(ranked, key=lambda row: row[:3]))


def suggested(view: View, route_id: str, at: dt.datetime) -> tuple[Member, ...]:
    """Whom a type of question goes to: the primary contact, then a different secondary one; an absent one comes last (E-29)."""
    route = next((each for each in view.policy.routes if each.id == route_id), None)
    if route is None:
        return ()
    found: list[Member] = []
    for role in (route.primary, route.secondary):
        found += [m for m in holders(view, role, at)[:1] if m not in found]
    return tuple(sorted(found, key=lambda member: away(view, member.id, at)))


def takes_live_calls(policy: Policy, member: Member) -> bool:
    """False for those who are shielded from live calls and get a message instead (E-28)."""
    roles = [policy.role(function) for function in member.functions]
    return all(role is None or role.live_calls for role in roles)


def knows(member: Member, about: Sequence[str]) -> bool:
    """Whether one of the member's skills is about one of these: a product, a class (H-03)."""
    words = [fold(text) for text in about if text.strip()]
    return any(fold(skill) in word or word in fold(skill) for skill in member.skills if skill.strip() for word in words)


def by_skill(members: Iterable[Member], about: Sequence[str], office: str = "") -> tuple[Member, ...]:
    """Those who know it first, then those of the same office, then by name (H-03)."""
    order = sorted(members, key=lambda m: (not knows(m, about), bool(office) and m.office != office, fold(m.name)))
    return tuple(order)


def staff_refusals(policy: Policy, members: Sequence[Member]) -> tuple[Refusal, ...]:
    """What is wrong with a whole staff list: somebody without an escalation path, a step of the ladder that nobody holds (A-05, A-58,
    A-59, E-42, H-31)."""
    active = [member for member in members if member.active]
    wrong = []
    for step in policy.ladder:
        if not any(step.role in member.functions for member in active):
            wrong.append(refuse("nobody_holds", "functions", role=_title(policy, step.role)))
    return (*wrong, *pathless(policy, members).values())


def pathless(policy: Policy, members: Sequence[Member]) -> dict[str, Refusal]:
    """The active members, by id, of whom each needs somebody on the next step of the ladder for all their departments and has nobody;
    the refusal says who must be there first (A-05). The holders of the last step need nobody, and an admin works on no ticket."""
    active = [member for member in members if member.active]
    found = {}
    for member in active:
        reached = [number for number, step in enumerate(policy.ladder) if step.role in member.functions]
        above = policy.ladder[max(reached, default=-1) + 1 :]
        if not above or member.role == "admin":
            continue
        role = above[0].role
        teams = member.departments or tuple(department.id for department in policy.departments)
        if not any(role in each.functions and all(scope.covers(each, team) for team in teams) for each in active):
            departments = ", ".join(teams)
            found[member.id] = refuse(
                "no_escalation_path",
                "departments",
                name=member.name,
                role=_title(policy, role),
                departments=departments,
            )
    return found


def _title(policy: Policy, role_id: str) -> str:
    found = policy.role(role_id)
    return found.title if found is not None else role_id
