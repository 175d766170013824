"""The reorder rule: what to order, how much, from whom, and why."""
