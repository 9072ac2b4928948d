"""Who may be a member: the roles, departments and offices that a desk's policy knows, and the roles that may not be left empty (H-31)."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desk_core.people import ROLES, Member, Role
from desk_core.policy import Policy, PolicyRole
from desk_core.texts import blank
from desk_core.wording import Refusal, refuse, text_refusal


def role_choices(policy: Policy) -> tuple[str, ...]:
    """Every word that may be given as a member's role: the programs' own, then those of the policy."""
    return (*ROLES, *(role.id for role in policy.roles))


def with_role(policy: Policy, member: Member, role: str) -> Member | Refusal:
    """``member`` in a role. One of the policy's own sets the program role on which it is based, and is one of the functions;
    functions that are based on a higher role are lost with it."""
    own: Role | None = next((each for each in ROLES if each == role), None)
    found = _policy_role(policy, role)
    base = own or (found.base if found is not None else None)
    if base is None:
        return refuse("unknown_role", "role", value=role, choices=_listed(role_choices(policy)))
    wanted = dict.fromkeys((*member.functions, *([] if own or found is None else [found.id])))
    kept = tuple(f for f in wanted if (known := _policy_role(policy, f)) is None or _open_to(known, base))
    return msgspec.structs.replace(member, role=base, functions=kept)


def member_refusal(policy: Policy, member: Member) -> Refusal | None:
    """Why nobody can be a member like this at a desk of this policy, or None."""
    for name, value in (("login", member.login), ("name", member.name)):
        if blank(value):
            return refuse("missing_member_text", name, field=name)
    if member.login != member.login.strip() or any(c.isspace() for c in member.login):
        return refuse("login_with_blanks", "login", value=member.login)
    bad_text = text_refusal(member)
    if bad_text is not None:
        return bad_text
    for function in member.functions:
        found = _policy_role(policy, function)
        if found is None:
            return refuse("unknown_function", "functions", value=function, choices=_listed(r.id for r in policy.roles))
        if not _open_to(found, member.role):
            return refuse("function_above_role", "functions", value=function, role=member.role, base=found.base)
    for department in member.departments:
        if policy.department(department) is None:
            choices = _listed(d.id for d in policy.departments)
            return refuse("unknown_department", "departments", value=department, choices=choices)
    if member.office and policy.office(member.office) is None:
        return refuse("unknown_office", "office", value=member.office, choices=_listed(o.id for o in policy.offices))
    return None


def vacancy_refusal(policy: Policy, members: Iterable[Member], changed: Member) -> Refusal | None:
    """Why ``changed`` may not take the place of the member with the same id among ``members`` (the desk's, as they are now): a role
    with ``at_least`` would lose one of its last active holders (H-31). A role that nobody has yet stops no other change."""
    before = {member.id: member for member in members}
    was = before.get(changed.id)
    if was is None:
        return None
    after = [*(member for member in before.values() if member.id != changed.id), changed]
    for role in policy.roles:
        left = sum(_holds(member, role) for member in after)
        if left < role.at_least and _holds(was, role) and not _holds(changed, role):
            return refuse("last_holder", "functions", name=was.name, role=role.title, least=str(role.at_least))
    return None


def _holds(member: Member, role: PolicyRole) -> bool:
    return member.active and role.id in member.functions


def _open_to(function: PolicyRole, role: Role) -> bool:
    """Whether a member in ``role`` may carry ``function``: roles are listed from the lowest to the highest."""
    return ROLES.index(function.base) <= ROLES.index(role)


def _policy_role(policy: Policy, role_id: str) -> PolicyRole | None:
    return next((role for role in policy.roles if role.id == role_id), None)


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(ids)
