"""Items of a file: their columns, numbers and vendors' terms, and the stock that they begin with."""
