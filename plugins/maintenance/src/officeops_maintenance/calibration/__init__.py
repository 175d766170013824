"""Calibration: what a unit measured as found and as left, by which standard, with its certificate."""
