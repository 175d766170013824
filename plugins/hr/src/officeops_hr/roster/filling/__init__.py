"""Filling the plan: a draft of who takes its open seats, which a manager takes whole or row by row."""
