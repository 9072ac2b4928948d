"""What the desk's data says, for other programs and for people."""
