"""Sealing: values that lie in the file encrypted, and what keeps, opens, recovers and changes their keys."""
