"""Where the book is kept: the only SQL of the desktop program."""
