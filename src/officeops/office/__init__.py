"""An open office: read, write, check and seal records, and collect due items."""
