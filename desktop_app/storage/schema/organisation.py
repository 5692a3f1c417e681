"""Tables of the union's tree and its links upward."""

ORGANISATION = """\
CREATE TABLE units (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "parent" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "until" TEXT,
  "into" TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "head" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE upper_unions (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "until" TEXT,
  "document" TEXT NOT NULL DEFAULT ''
);
"""
