"""The person's own life: the line of it, drawn and listed, and what a project changes in it."""
