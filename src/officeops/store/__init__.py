"""The store: one SQLite file, written by one process at a time, every write on record."""
