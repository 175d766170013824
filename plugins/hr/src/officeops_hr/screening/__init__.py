"""Exclusion lists, and the staff and vendors who were compared with them."""
