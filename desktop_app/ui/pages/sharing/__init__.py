"""*Đồng bộ*: the exchange with the province, packets, and what a person must decide."""
