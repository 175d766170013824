"""Purchase orders of a file: orders, their lines, and the goods that came in on them."""
