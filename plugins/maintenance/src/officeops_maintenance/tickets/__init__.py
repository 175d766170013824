"""Tickets: reports that something does not work, and their repair."""
