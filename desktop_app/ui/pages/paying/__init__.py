"""*KPCĐ và nộp cấp trên*: what is due up, and the order that pays it."""
