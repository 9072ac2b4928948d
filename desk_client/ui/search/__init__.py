"""Finding a ticket or a customer."""
