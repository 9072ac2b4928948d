"""The call form."""
