"""The commands of the command line, one a file; ``_command.py`` says what each has."""
