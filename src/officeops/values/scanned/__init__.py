"""Scanned codes: what a scanner, a label or a file gives, read to one answer.

`scan_readings` reads GS1, HIBC, UPC, EAN, NDC and an office's own codes; `item_number` is the one form in
which the codes of items are compared.
"""
