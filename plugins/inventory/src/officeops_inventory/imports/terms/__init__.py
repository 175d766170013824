"""Vendors' terms of a file: the terms, and the pack, that a row is about."""
