"""Counts: a location's count sheet, what was counted, and its booking."""
