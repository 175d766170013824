"""Preventive plans: work that comes again and again, on which units, by whom, and its proof."""
