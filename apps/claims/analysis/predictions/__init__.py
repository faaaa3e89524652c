"""Answers to evaluation tasks: the same pure code, in the evaluators' formats."""
