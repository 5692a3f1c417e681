"""*Thu đoàn phí*: the grid of a year, arrears, receipts."""
