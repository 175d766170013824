"""Packs of a file: their names, sizes and barcodes, read by one rule."""
