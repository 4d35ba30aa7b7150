"""The product: regions, regulations, documents, claims, search and awards, and the pages that show them."""
