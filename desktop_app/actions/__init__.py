"""What one can do with a book: one verb, one transaction, no Qt."""
