"""Floors: the least a program in Python could do for the same answer."""
