"""The terminal: text in cells, keys and the order in which they act, scans, and its set-up."""
