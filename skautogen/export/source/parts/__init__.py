"""Source that generated files are put together from. It is read, and not imported."""
