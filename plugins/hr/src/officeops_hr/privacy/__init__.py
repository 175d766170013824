"""The privacy of patients' data: risk analysis, reviews of access, and breaches."""
