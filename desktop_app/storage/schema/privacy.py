"""Tables of who may see what is sensitive, what it is, and who looked."""

PRIVACY = """\
CREATE TABLE users (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "role" TEXT NOT NULL DEFAULT '',
  "sees" INTEGER NOT NULL DEFAULT 0,
  "verifier" TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE sensitives (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "what" TEXT NOT NULL DEFAULT '',
  "value" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "note" TEXT NOT NULL DEFAULT '',
  "basis" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE accesses (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "at" TEXT NOT NULL DEFAULT '',
  "who" TEXT NOT NULL DEFAULT '',
  "person" TEXT NOT NULL DEFAULT '',
  "what" TEXT NOT NULL DEFAULT '',
  "why" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE consents (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "form" TEXT NOT NULL DEFAULT '',
  "version" TEXT NOT NULL DEFAULT '',
  "withdrawn" TEXT,
  "note" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sensitives_person ON sensitives (person, what);
CREATE INDEX accesses_person ON accesses (person);
CREATE INDEX consents_person ON consents (person);
"""
