"""Table of reductions and pauses of the employer's fee."""

FEE_RELIEF = """\
CREATE TABLE fee_reliefs (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT NOT NULL DEFAULT '',
  "from_month" TEXT NOT NULL DEFAULT '',
  "to_month" TEXT NOT NULL DEFAULT '',
  "percent" INTEGER NOT NULL DEFAULT 0,
  "document" TEXT NOT NULL DEFAULT ''
);
"""
