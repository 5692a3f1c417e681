"""What a union's book holds and the rules it follows: plain Python, no I/O, no Qt, no SQL."""
