"""How it stands with the server, and what is not sent yet."""
