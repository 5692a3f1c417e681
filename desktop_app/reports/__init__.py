"""What we hand in: a question answered as data, drawn as PDF and Excel."""
