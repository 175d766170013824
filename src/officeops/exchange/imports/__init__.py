"""One import: rows checked, compared with the records, and written all or none."""
