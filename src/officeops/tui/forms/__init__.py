"""Forms without a screen: what they hold, and how a field is typed."""
