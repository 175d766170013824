"""What the hooks of the plugin return, a module for each hook."""
