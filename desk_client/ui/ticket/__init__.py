"""The screens about a ticket."""

from desk_client.ui.ticket.screens import TicketScreens

__all__ = ["TicketScreens"]
