"""Selfcheck: check an office, its file and this machine, with the cure for each problem."""
