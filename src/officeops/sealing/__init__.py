"""Sealing: values that are encrypted in the file, and their keys: kept, tried, recovered, rotated."""
