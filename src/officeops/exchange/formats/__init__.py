"""CSV, XLSX and JSON files as tables, read and written."""
