"""Bringing in what other programs wrote: tickets of another helpdesk with their history, and customers."""
