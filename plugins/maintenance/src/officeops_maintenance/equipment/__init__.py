"""Equipment: what the practice keeps in working order, and whether it is."""
