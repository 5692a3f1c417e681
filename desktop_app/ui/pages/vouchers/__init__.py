"""*Chứng từ thu – chi*: list, form, advances, files, printing."""
