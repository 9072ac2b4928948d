"""Signing in, inside the window."""
