"""Tables of people entered twice; `person_same` is derived from the pairs: who is read as whom."""

ONE_PERSON = """\
CREATE TABLE person_pairs (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "one" TEXT NOT NULL DEFAULT '',
  "other" TEXT NOT NULL DEFAULT '',
  "same" TEXT NOT NULL DEFAULT '',
  "one_seen" INTEGER NOT NULL DEFAULT 0,
  "other_seen" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE person_splits (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "apart" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "reason" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE person_same (person TEXT PRIMARY KEY, survivor TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX person_pairs_one ON person_pairs (one);
CREATE INDEX person_pairs_other ON person_pairs (other);
"""
