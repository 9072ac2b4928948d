"""Work that time drives."""
