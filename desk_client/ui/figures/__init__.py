"""The desk's figures, the list behind each of their numbers, and how they went over time (S10)."""
