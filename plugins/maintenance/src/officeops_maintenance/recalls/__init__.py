"""Recalls of the FDA, and the units that they may be about, each with a decision."""
