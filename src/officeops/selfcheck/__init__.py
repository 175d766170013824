"""Selfcheck: look an office, its file and this machine over, and say of everything wrong how to mend it."""
