"""What a text in a policy file stands for, and the base of every table of it.

The loader reads these marks, checks what the text names, and says what would be right.
"""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Level = Literal["enforce", "assist", "record"]
OrderKey = Literal["deadline", "received", "reference"]
Action = Literal[
    "fault.saved",
    "handover",
    "call.ended",
    "ticket.created",
    "ticket.resolved",
    "ticket.closed",
    "ticket.triaged",
    "offer.sent",
]
# What a gate can ask for besides the ids of the policy's own [[field]] tables.
REQUIREMENTS = (
    "caller",
    "company",
    "phone",
    "product",
    "serial",
    "description",
    "classification",
    "way_chosen",
    "written_reply",
    "time_logged",
    "email",
    "customer_kind",
    "resolution",
)
Requirement = Annotated[str, msgspec.Meta(extra={"is": "requirement"})]

Id = Annotated[str, msgspec.Meta(extra={"is": "id"})]
RuleId = Annotated[str, msgspec.Meta(extra={"is": "rule"})]
RoleId = Annotated[str, msgspec.Meta(extra={"is": "role"})]
OfficeId = Annotated[str, msgspec.Meta(extra={"is": "office"})]
CalendarId = Annotated[str, msgspec.Meta(extra={"is": "calendar"})]
DepartmentId = Annotated[str, msgspec.Meta(extra={"is": "department"})]
CategoryId = Annotated[str, msgspec.Meta(extra={"is": "category"})]
KindId = Annotated[str, msgspec.Meta(extra={"is": "kind"})]
FieldId = Annotated[str, msgspec.Meta(extra={"is": "field"})]
ClockId = Annotated[str, msgspec.Meta(extra={"is": "clock"})]
ChannelId = Annotated[str, msgspec.Meta(extra={"is": "channel"})]
AddressId = Annotated[str, msgspec.Meta(extra={"is": "address"})]
MessageId = Annotated[str, msgspec.Meta(extra={"is": "message"})]
PartId = Annotated[str, msgspec.Meta(extra={"is": "part"})]
StepId = Annotated[str, msgspec.Meta(extra={"is": "ladder"})]
RegisterId = Annotated[str, msgspec.Meta(extra={"is": "register"})]
SurveyId = Annotated[str, msgspec.Meta(extra={"is": "survey"})]
RefusalCode = Annotated[str, msgspec.Meta(extra={"is": "refusal_code"})]
EventName = Annotated[str, msgspec.Meta(extra={"is": "event"})]
Amount = Annotated[str, msgspec.Meta(extra={"is": "amount"})]
WarnAt = Annotated[str, msgspec.Meta(extra={"is": "warning"})]
Country = Annotated[str, msgspec.Meta(extra={"is": "country"})]
Region = Annotated[str, msgspec.Meta(extra={"is": "region"})]
Count = Annotated[int, msgspec.Meta(ge=0)]


class Table(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Base of every table of the file; an unknown key is a mistake."""
