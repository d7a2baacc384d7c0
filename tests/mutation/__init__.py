"""Mutation of the real data: one small wrong edit at a time, each of which the checks must refuse on its line.

``python -m tests.mutation`` runs all of it with a table; ``tests/test_checks_mutation.py`` runs a seeded sample.
"""
