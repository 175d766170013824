"""Stock: the ledger of moves, lots, barcodes, and what people do with goods."""
