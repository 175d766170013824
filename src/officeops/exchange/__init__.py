"""Import and export: any table an office has, in and out."""
