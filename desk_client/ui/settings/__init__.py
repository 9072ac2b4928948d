"""What a person sets on this computer; nothing secret (R31)."""
