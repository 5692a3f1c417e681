"""*Tổ chức*: the union's tree and what is done with its units."""
