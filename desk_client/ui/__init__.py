"""The window: Qt widgets over the client's services."""
