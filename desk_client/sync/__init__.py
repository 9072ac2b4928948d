"""Bringing this machine and the server together: a pure engine, a transport, and the thread that runs them."""
