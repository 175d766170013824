"""Documents that end: their rules and status, the base of their kinds, and requirements."""
