"""Tables of signatures under what was handed in, and of the keys that made them."""

SIGNING = """\
CREATE TABLE signing_keys (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "who" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "public" TEXT NOT NULL DEFAULT '',
  "made" TEXT
);
CREATE TABLE sealed_keys (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "key" TEXT NOT NULL DEFAULT '',
  "sealed" TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE sign_offs (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "submission" TEXT NOT NULL DEFAULT '',
  "key" TEXT NOT NULL DEFAULT '',
  "signature" TEXT NOT NULL DEFAULT '',
  "day" TEXT
);
CREATE INDEX sign_offs_submission ON sign_offs (submission);
"""
