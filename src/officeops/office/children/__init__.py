"""Children: rows that are read, written, archived and brought back with the record they belong to."""
