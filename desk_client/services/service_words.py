"""What the commands beyond the call and its answer are called, in the list of unsent work."""

from __future__ import annotations

from desk_client.services.i18n import tr


def service_command_words(name: str) -> str:
    """The command's words; its own name for one of a newer version."""
    known = {
        "receive_mail": tr("Mail received"),
        "send_message": tr("Message sent"),
        "leave_message": tr("Message taken down"),
        "give_name": tr("Own name given"),
        "take": tr("Taken"),
        "set_fields": tr("Fields filled in"),
        "set_timescale": tr("Timescale agreed"),
        "triage": tr("Triaged"),
        "approve": tr("Approved"),
        "reject": tr("Rejected"),
        "exempt": tr("Outside the charter"),
        "include": tr("Inside the charter again"),
        "mark_common": tr("Marked as common or not"),
        "escalate": tr("Escalated"),
        "set_plan": tr("Action plan written"),
        "agree_plan": tr("Action plan agreed"),
        "make_promise": tr("Promised"),
        "keep_promise": tr("Promise kept"),
        "acknowledge_complaint": tr("Receipt of the complaint confirmed"),
        "update_complaint": tr("Told how the complaint stands"),
        "confirm_update_received": tr("First update received"),
        "answer_complaint": tr("Complaint answered"),
        "open_complaint_stage": tr("Complaint goes further"),
        "record_decision": tr("Outside decision recorded"),
        "complete_measure": tr("Measure carried out"),
        "complete_information": tr("Information complete"),
        "check_records": tr("Call records checked"),
        "analyse_complaint": tr("Complaint analysed"),
        "answer_survey": tr("Survey answered"),
        "propose_refusal": tr("Refusal of help proposed"),
        "approve_refusal": tr("Refusal of help decided"),
        "add_entry": tr("Line added to a register"),
        "change_entry": tr("Line of a register changed"),
        "enter_absence": tr("Absence entered"),
    }
    return known.get(name, name.replace("_", " "))
