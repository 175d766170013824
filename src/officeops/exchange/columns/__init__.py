"""The meaning of a file's columns, decided from the whole column."""
