"""The safe widgets: the only place where Qt's own text widgets are made, always as plain text (R33).

Screens import from here; a raw ``QLabel`` anywhere else is a finding.
"""

from desk_client.ui.widgets.areas import Area, clear_layout, column, row, rule, scrolled
from desk_client.ui.widgets.banner import Banner, ToneMark
from desk_client.ui.widgets.button import Action, Button, Keys, Kind
from desk_client.ui.widgets.chip import Chip
from desk_client.ui.widgets.choices import ChoiceList, Item, Offers
from desk_client.ui.widgets.empty import EmptyState
from desk_client.ui.widgets.field import Field, TextArea
from desk_client.ui.widgets.flow import FlowRow
from desk_client.ui.widgets.messages import Choice, MessageBox, ask, message_box
from desk_client.ui.widgets.reference import ReferenceLabel, spelled
from desk_client.ui.widgets.segments import Segments
from desk_client.ui.widgets.shortcuts import ShortcutOverview
from desk_client.ui.widgets.text import Heading, Label, Secondary, announce, set_tooltip, visible_text
from desk_client.ui.widgets.timer import TimerLabel, duration

__all__ = [
    "Action",
    "Area",
    "Banner",
    "Button",
    "Chip",
    "Choice",
    "ChoiceList",
    "EmptyState",
    "Field",
    "FlowRow",
    "Heading",
    "Item",
    "Keys",
    "Kind",
    "Label",
    "MessageBox",
    "Offers",
    "ReferenceLabel",
    "Secondary",
    "Segments",
    "ShortcutOverview",
    "TextArea",
    "TimerLabel",
    "ToneMark",
    "announce",
    "ask",
    "clear_layout",
    "column",
    "duration",
    "message_box",
    "row",
    "rule",
    "scrolled",
    "set_tooltip",
    "spelled",
    "visible_text",
]
