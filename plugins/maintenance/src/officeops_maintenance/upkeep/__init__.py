"""Upkeep: what a unit costs, how long it was down, and what happened to it."""
