"""Tables in and out of files: CSV, XLSX and JSON."""
