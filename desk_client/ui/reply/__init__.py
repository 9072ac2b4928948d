"""Answering the customer in writing."""

from desk_client.ui.reply.composer import ReplyPanel

__all__ = ["ReplyPanel"]
