"""What is handed in: budget, settlement, periodic reports, and what goes with them."""
