"""Telling: who has seen a publication or heard of it, and calendars for people's phones."""
