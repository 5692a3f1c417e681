"""*Sổ sách*: the books on the screen and on paper, the cash count, the assets."""
