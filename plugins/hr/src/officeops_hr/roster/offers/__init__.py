"""Offers: shifts that people give away, swap or take; each stays its owner's until the approval."""
