"""The reorder rule and the sheet: what to order, how much, from which vendor, and why.

`query` reads the facts, `rule` evaluates them, `suggestions` puts the two together, `sheet` groups
the result by vendor, and `drafting` turns it into purchase orders.
"""
