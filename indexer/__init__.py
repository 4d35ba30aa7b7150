"""The library: PDFs, words and search engines. Knows nothing of Flask, of tables or of the product."""
