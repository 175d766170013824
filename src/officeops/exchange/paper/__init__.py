"""Paper: what people print, described once and written as text, CSV, JSON, XLSX or PDF pages."""
