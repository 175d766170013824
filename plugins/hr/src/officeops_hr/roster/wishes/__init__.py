"""Wishes: the times at which people can work, cannot, or would rather not."""
