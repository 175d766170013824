"""Sealing: values that are encrypted in the file, and the keys that open them."""
