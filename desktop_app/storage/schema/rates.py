"""Tables of dated figures that are not the program's own."""

RATES = """\
CREATE TABLE rates (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "value" TEXT NOT NULL DEFAULT '{}',
  "law" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE own_rates (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "value" TEXT NOT NULL DEFAULT '{}',
  "law" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "known" TEXT NOT NULL DEFAULT '{}'
);
"""
