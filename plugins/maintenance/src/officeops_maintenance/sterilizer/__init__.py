"""Sterilizers: their loads, their spore tests, and what a positive one demands."""
