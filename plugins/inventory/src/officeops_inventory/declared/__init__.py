"""What the records declare beside their fields: the SQL of what they compute, the rules of lots, the life of an order."""
