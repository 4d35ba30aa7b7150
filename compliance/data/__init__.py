"""Starting data that travels with the product, read from tracked files into frozen rows."""
