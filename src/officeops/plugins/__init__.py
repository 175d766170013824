"""The plugins of an office: found, loaded in order, and isolated from each other."""
