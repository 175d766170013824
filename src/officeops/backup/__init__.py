"""Backups: made, verified, retained, copied to another place, and restored.

A backup that nobody has restored is only a hope: `drill` restores one to prove it.
"""
