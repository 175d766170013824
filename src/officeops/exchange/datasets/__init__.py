"""Datasets: big reference tables that a file replaces whole."""
