"""Purchase orders: their life, lines, costs, receipts and vendors' terms."""
