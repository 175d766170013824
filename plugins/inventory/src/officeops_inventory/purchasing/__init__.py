"""Purchasing: orders and their lines, vendor terms, prices and receipts."""
