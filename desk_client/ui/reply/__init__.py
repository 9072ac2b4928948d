"""Answering the customer in writing."""

from desk_client.ui.reply.aid import HintLine, WritingAid, assisted
from desk_client.ui.reply.composer import ReplyPanel
from desk_client.ui.reply.help import TicketHelp

__all__ = ["HintLine", "ReplyPanel", "TicketHelp", "WritingAid", "assisted"]
