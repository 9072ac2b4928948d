"""Executing commands, one desk at a time, and the feed of changes that the desk's clients read."""
