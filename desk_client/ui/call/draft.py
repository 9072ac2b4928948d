"""What is typed of a call and not logged yet, as it lies in the outbox's file (12, R28)."""

from __future__ import annotations

import msgspec

from desk_client.ui.call.form import CallFields


class CallDraft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The form's texts, the kind, and which customer and person were picked."""

    kind: str = "fault"
    customer: str = ""
    contact: str = ""
    caller: str = ""
    company: str = ""
    phone: str = ""
    product: str = ""
    serial: str = ""
    category: str = ""
    fault: str = ""
    serial_missing: str = ""

    def fields(self) -> CallFields:
        """The texts of the form."""
        return CallFields(self.caller, self.company, self.phone, self.product, self.serial, self.category, self.fault)


def key_of(call: str) -> str:
    """Under which key the draft of a call is kept."""
    return f"call:{call}"


def to_body(draft: CallDraft) -> str:
    """The draft as it is kept."""
    return msgspec.json.encode(draft).decode()


def from_body(body: str) -> CallDraft:
    """The draft as it was kept; one that cannot be read is empty."""
    try:
        return msgspec.json.decode(body, type=CallDraft)
    except msgspec.MsgspecError:
        return CallDraft()
