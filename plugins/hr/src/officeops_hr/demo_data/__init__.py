"""The made-up people of the demo practice, and their past."""
