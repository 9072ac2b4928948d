"""Messages on their way out: handed to a sink, each once."""
