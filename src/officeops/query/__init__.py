"""Queries: the filter language, views, and the look-up from a typed text to a record."""
