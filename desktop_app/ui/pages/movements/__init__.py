"""*Biến động*: who came, who went, by which paper, and the cards of transfers."""
