"""Tables of assets and tools."""

ASSETS = """\
CREATE TABLE assets (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "measure" TEXT NOT NULL DEFAULT '',
  "quantity" INTEGER NOT NULL DEFAULT 0,
  "price" INTEGER NOT NULL DEFAULT 0,
  "day" TEXT,
  "document" TEXT NOT NULL DEFAULT '',
  "approval" TEXT NOT NULL DEFAULT '',
  "place" TEXT NOT NULL DEFAULT '',
  "note" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE assets_out (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "asset" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "quantity" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT '',
  "document" TEXT NOT NULL DEFAULT ''
);
CREATE INDEX assets_out_asset ON assets_out (asset);
"""
