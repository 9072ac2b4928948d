"""The local data: two encrypted files, the overlay of unsent work, queries and full-text search."""
