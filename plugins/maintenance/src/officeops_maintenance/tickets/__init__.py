"""Tickets: what somebody reported, and what was done about it until it was right again."""
