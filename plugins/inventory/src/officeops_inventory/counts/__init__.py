"""Counts: a location's count sheet, the counts typed or read from a file, and their booking."""
