"""Incidents, exposures and the privacy of patients' data."""
