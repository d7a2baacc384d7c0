"""The door of the project: set-up with nothing but Python's standard library."""
