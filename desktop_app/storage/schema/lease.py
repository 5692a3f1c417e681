"""Tables of the posting lease."""

LEASE = """\
CREATE TABLE lease_moves (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "lease" INTEGER NOT NULL DEFAULT 0,
  "giver" TEXT NOT NULL DEFAULT '',
  "to" TEXT NOT NULL DEFAULT ''
);
"""
