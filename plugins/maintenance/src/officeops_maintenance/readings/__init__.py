"""Readings: the temperature log of refrigerators, their excursions, and the data of loggers."""
