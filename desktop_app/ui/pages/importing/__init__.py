"""*Nhập từ Excel*: the wizard that reads a list, a book or a grid of any layout."""
