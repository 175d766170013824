"""Backups: made, proved, kept, copied elsewhere and brought back. What is not proved by bringing it back is no backup."""
