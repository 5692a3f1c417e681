"""Tables of the union, its budget, closed months and reports."""

YEAR = """\
CREATE TABLE unions (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "tax_code" TEXT NOT NULL DEFAULT '',
  "upper" TEXT NOT NULL DEFAULT '',
  "dues_group" INTEGER NOT NULL DEFAULT 0,
  "delegated" INTEGER NOT NULL DEFAULT 0,
  "delegated_from" TEXT,
  "fee_period" TEXT NOT NULL DEFAULT '',
  "dues_step" INTEGER NOT NULL DEFAULT 0,
  "chair" TEXT NOT NULL DEFAULT '',
  "accountant" TEXT NOT NULL DEFAULT '',
  "cashier" TEXT NOT NULL DEFAULT '',
  "first_year" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE budgets (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "year" INTEGER NOT NULL DEFAULT 0,
  "item" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "last_year" INTEGER NOT NULL DEFAULT 0,
  "approved" INTEGER NOT NULL DEFAULT 0,
  "reason" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE closings (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "month" TEXT NOT NULL DEFAULT '',
  "closed" INTEGER NOT NULL DEFAULT 0,
  "lease" INTEGER NOT NULL DEFAULT 0,
  "through" TEXT NOT NULL DEFAULT '{}',
  "reason" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE filed_reports (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "form" TEXT NOT NULL DEFAULT '',
  "period" TEXT NOT NULL DEFAULT '',
  "typed" TEXT NOT NULL DEFAULT '{}',
  "reasons" TEXT NOT NULL DEFAULT '{}',
  "explanation" TEXT NOT NULL DEFAULT '',
  "enclosed" TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE submissions (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "report" TEXT NOT NULL DEFAULT '',
  "form" TEXT NOT NULL DEFAULT '',
  "period" TEXT NOT NULL DEFAULT '',
  "version" INTEGER NOT NULL DEFAULT 0,
  "content" TEXT NOT NULL DEFAULT '{}',
  "digest" TEXT NOT NULL DEFAULT '',
  "note" TEXT NOT NULL DEFAULT '',
  "sent" TEXT,
  "through" TEXT NOT NULL DEFAULT '{}'
);
CREATE TABLE verdicts (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "submission" TEXT NOT NULL DEFAULT '',
  "state" TEXT NOT NULL DEFAULT '',
  "note" TEXT NOT NULL DEFAULT '',
  "cells" TEXT NOT NULL DEFAULT '{}',
  "day" TEXT
);
CREATE INDEX submissions_report ON submissions (report);
CREATE INDEX verdicts_submission ON verdicts (submission);
"""
