"""The form of a complaint: what it must say, on which channels it is taken, who may not see it (K-13 to K-23, K-31, E-40, E-43)."""

from __future__ import annotations

from desk_core.commands_of_service import ComplaintForm
from desk_core.decisions.context import Context, stop
from desk_core.people import phone_e164
from desk_core.policy_tables import ComplaintRule
from desk_core.records import Complaint
from desk_core.references import parse
from desk_core.texts import blank


def rule_for(ctx: Context, kind: str, complaint_kind: str) -> ComplaintRule | None:
    """The policy's rule: the one named, or the only one for tickets of this kind."""
    rules = [each for each in ctx.policy.complaints if each.kind == kind]
    if not rules:
        return None
    named = next((each for each in rules if each.id == complaint_kind), None)
    if named is None and (complaint_kind or len(rules) > 1):
        choices = ", ".join(each.id for each in rules)
        stop("unknown_complaint", "complaint", value=complaint_kind, choices=choices)
    return named or rules[0]


def read(ctx: Context, form: ComplaintForm | None, kind: str, channel: str) -> Complaint | None:
    """The complaint that a form makes; None where the policy has no form for such tickets. Refuses the wrong channel first."""
    rule = rule_for(ctx, kind, form.kind if form else "")
    if rule is None:
        return None
    _check_channel(ctx, rule, channel, accepted=form is not None and form.accepted)
    if form is None or blank(form.summary):
        stop("missing_complaint", "summary")
    if rule.log_under and form.log_under not in rule.log_under:
        stop("missing_log_under", "log_under", choices=", ".join(rule.log_under))
    country = ctx.policy.offices[0].country
    numbers = [phone_e164(number, country) for number in form.evidence.numbers]
    return Complaint(
        kind=rule.id,
        summary=form.summary,
        subject=form.subject,
        member=form.member,
        personal_data=form.personal_data,
        log_under=form.log_under,
        evidence=form.evidence,
        found=tuple(text for text in form.evidence.references if _known(ctx, text)),
        calls=tuple(call.id for number in numbers if number for call in ctx.view.calls_from(number)),
    )


def _known(ctx: Context, text: str) -> bool:
    reference = parse(text)
    return reference is not None and ctx.view.reference_owner(reference) is not None


def _check_channel(ctx: Context, rule: ComplaintRule, channel: str, *, accepted: bool) -> None:
    if not rule.channels or channel in rule.channels:
        return
    found = ctx.policy.channel(channel)
    title = found.title if found is not None else channel
    if channel in rule.ask_supervisor:
        if accepted and ctx.actor.supervises:
            return
        stop("ask_supervisor", "channel", channel=title)
    stop("channel_refused", "channel", channel=title, rules=f" ({', '.join(rule.rules)})", offer="")


def excluded(ctx: Context, complaint: Complaint | None) -> tuple[str, ...]:
    """The members who may neither see nor handle it (K-13)."""
    rule = ctx.policy.complaint(complaint.kind) if complaint is not None else None
    if complaint is None or rule is None or not rule.hides_named or not complaint.member:
        return ()
    return (complaint.member,)


def acknowledges_itself(ctx: Context, complaint: Complaint, channel: str) -> bool:
    """Whether its receipt is confirmed at once, without anybody (K-24)."""
    rule = ctx.policy.complaint(complaint.kind)
    return rule is not None and channel in rule.automatic_acknowledgement


def empty_role(ctx: Context, complaint: Complaint) -> str:
    """The role that must analyse it, when no active member holds it (E-42); else ""."""
    rule = ctx.policy.complaint(complaint.kind)
    role = rule.role if rule is not None else ""
    held = not role or any(role in member.functions for member in ctx.view.staff() if member.active)
    return "" if held else role


def evidence_missing(rule: ComplaintRule, complaint: Complaint) -> tuple[str, ...]:
    """The titles of what could still be added; a hint, nothing more (K-16)."""
    return tuple(each.title for each in rule.evidence if not getattr(complaint.evidence, each.id))
