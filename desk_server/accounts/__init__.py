"""Desks, members, signing in, devices and their sessions."""
