"""The schema, step by step; a package so that it is installed with the program."""
