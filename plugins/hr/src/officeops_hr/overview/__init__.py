"""Summaries of all parts: a person's page, one's own page, the people's directory."""
