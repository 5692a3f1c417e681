"""*Đối chiếu ngân hàng*: statements beside the book."""
