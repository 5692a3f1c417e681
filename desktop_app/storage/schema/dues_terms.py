"""Table of how the union itself counts dues."""

DUES_TERMS = """\
CREATE TABLE dues_terms (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "from_month" TEXT NOT NULL DEFAULT '',
  "rate" INTEGER NOT NULL DEFAULT 0,
  "basis" TEXT NOT NULL DEFAULT '',
  "most" INTEGER NOT NULL DEFAULT 0,
  "step" INTEGER NOT NULL DEFAULT 0,
  "document" TEXT NOT NULL DEFAULT ''
);
"""
