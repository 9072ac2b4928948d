"""The command desk-policy: check policy files and compute deadlines with their reasons; desk_core and a terminal, no more."""
