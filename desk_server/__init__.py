"""The central server: the authority that executes what the desks' agents asked for."""
