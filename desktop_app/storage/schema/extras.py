"""Tables of the province's own fields of people."""

EXTRAS = """\
CREATE TABLE extra_fields (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "code" TEXT NOT NULL DEFAULT '',
  "label" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "choices" TEXT NOT NULL DEFAULT '{}',
  "sensitive" INTEGER NOT NULL DEFAULT 0,
  "since" TEXT,
  "until" TEXT,
  "law" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE extras (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "code" TEXT NOT NULL DEFAULT '',
  "value" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX extras_person ON extras (person);
"""
