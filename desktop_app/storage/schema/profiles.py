"""Tables of the lists as somebody wants them."""

PROFILES = """\
CREATE TABLE list_profiles (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "days" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE list_profiles_columns (
  owner TEXT NOT NULL,
  no INTEGER NOT NULL,
  field TEXT NOT NULL DEFAULT '',
  heading TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (owner, no)
) WITHOUT ROWID;
"""
