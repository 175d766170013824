"""The plugins of an office: find them, load them in order, and keep one plugin's failure its own."""
