"""What comes in and goes out as files of other programs."""
