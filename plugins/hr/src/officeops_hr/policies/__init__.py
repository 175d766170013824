"""Policies and procedures: their versions, and who has read them."""
