"""Loaners: units that a vendor lent to the practice, and has to get back."""
