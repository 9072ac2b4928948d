"""The queue at the left of the window."""
