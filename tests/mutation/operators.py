"""The operators: each turns a place of the data into wrong edits. Their names follow the catalogue of faults."""

from mutation import forms, insertions, languages, values
from mutation.kit import OPERATORS, Mutant, create_mutants

__all__ = ["FAMILIES", "OPERATORS", "Mutant", "create_mutants"]

FAMILIES = (forms, values, languages, insertions)
"""Each enters its operators when it is read."""
