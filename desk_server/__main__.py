"""The command line of desk-server."""

import sys

from desk_server.commands.program import program
from desk_server.commands.sentences import run


def main() -> None:
    """Run the command that was typed."""
    sys.exit(run(program, sys.argv[1:]))


if __name__ == "__main__":
    main()
