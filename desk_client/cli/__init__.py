"""The terminal twin of the window: the same services, one command at a time."""
