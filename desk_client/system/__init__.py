"""This machine: folders, keys, locks, the local socket, clocks. Nothing of ours is imported here."""
