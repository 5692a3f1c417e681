"""Tables of transfer cards."""

TRANSFERS = """\
CREATE TABLE transfers (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "movement" TEXT NOT NULL DEFAULT '',
  "leaving" TEXT NOT NULL DEFAULT '',
  "receiver" TEXT NOT NULL DEFAULT '',
  "receiver_name" TEXT NOT NULL DEFAULT '',
  "issued" TEXT,
  "expires" TEXT,
  "sealed" TEXT NOT NULL DEFAULT '',
  "withdrawn" TEXT
);
CREATE TABLE receptions (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "leaving" TEXT NOT NULL DEFAULT '',
  "sender" TEXT NOT NULL DEFAULT '',
  "receiver" TEXT NOT NULL DEFAULT '',
  "day" TEXT
);
CREATE INDEX transfers_person ON transfers (person);
"""
