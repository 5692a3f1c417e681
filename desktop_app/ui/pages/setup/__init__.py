"""*Thiết lập*: the union, its users, its safety, its rules."""
