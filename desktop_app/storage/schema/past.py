"""Tables of the figures of years before the book."""

PAST = """\
CREATE TABLE past_years (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "year" INTEGER NOT NULL DEFAULT 0,
  "form" TEXT NOT NULL DEFAULT '',
  "cells" TEXT NOT NULL DEFAULT '{}',
  "source" TEXT NOT NULL DEFAULT ''
);
"""
