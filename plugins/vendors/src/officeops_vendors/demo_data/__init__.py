"""Demo data: the vendors of a made-up practice, the same for the same seed and day."""
