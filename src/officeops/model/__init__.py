"""Declarations of plugins, errors and settings: the ground floor, which knows no office."""
