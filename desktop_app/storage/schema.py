"""The first form of the book, as it was released: literal SQL, never edited afterwards."""

FIRST_BOOK = """\
CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE devices (no INTEGER PRIMARY KEY, device TEXT NOT NULL UNIQUE, dseq INTEGER NOT NULL, hash BLOB NOT NULL,
  confirmed INTEGER NOT NULL DEFAULT 0, clock INTEGER NOT NULL DEFAULT 0, own INTEGER NOT NULL DEFAULT 0);
CREATE TABLE journal (
  pos INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices(no),
  dseq INTEGER NOT NULL,
  entity TEXT NOT NULL,
  record BLOB NOT NULL,
  op BLOB NOT NULL,
  payload BLOB,
  hash BLOB NOT NULL
);
CREATE TABLE adopted (
  no INTEGER PRIMARY KEY,
  device INTEGER NOT NULL REFERENCES devices(no),
  dseq INTEGER NOT NULL,
  op BLOB NOT NULL,
  hash BLOB NOT NULL,
  by_device INTEGER NOT NULL REFERENCES devices(no),
  by_dseq INTEGER NOT NULL
);
CREATE INDEX adopted_by ON adopted (by_device, by_dseq);
CREATE TABLE quarantine (pos INTEGER PRIMARY KEY REFERENCES journal(pos), why TEXT NOT NULL, payload BLOB);
CREATE TABLE overlaps (record BLOB NOT NULL, field TEXT NOT NULL, entity TEXT NOT NULL, PRIMARY KEY (record, field))
  WITHOUT ROWID;
CREATE TABLE unfinished (form TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL, UNIQUE (form, id));
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
CREATE TABLE people (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "name" TEXT NOT NULL DEFAULT '',
  "birth" TEXT NOT NULL DEFAULT '',
  "sex" TEXT NOT NULL DEFAULT '',
  "cccd" TEXT NOT NULL DEFAULT '',
  "card" TEXT NOT NULL DEFAULT '',
  "team" TEXT NOT NULL DEFAULT '',
  "joined" TEXT,
  "left" TEXT,
  "until" TEXT,
  "member" INTEGER NOT NULL DEFAULT 0,
  "note" TEXT NOT NULL DEFAULT '',
  "phone" TEXT NOT NULL DEFAULT '',
  "email" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "workplace" TEXT NOT NULL DEFAULT '',
  "job" TEXT NOT NULL DEFAULT '',
  "contract" TEXT NOT NULL DEFAULT '',
  "hired" TEXT,
  "education" TEXT NOT NULL DEFAULT '',
  sort_key TEXT NOT NULL DEFAULT '',
  folded TEXT NOT NULL DEFAULT ''
);
CREATE TABLE movements (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "from_unit" TEXT NOT NULL DEFAULT '',
  "to_unit" TEXT NOT NULL DEFAULT '',
  "document" TEXT NOT NULL DEFAULT '',
  "document_day" TEXT,
  "reason" TEXT NOT NULL DEFAULT '',
  "corrects" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE wages (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "from_month" TEXT NOT NULL DEFAULT '',
  "insured" INTEGER NOT NULL DEFAULT 0,
  "net" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE payrolls (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "month" TEXT NOT NULL DEFAULT '',
  "workers" INTEGER NOT NULL DEFAULT 0,
  "fee_fund" INTEGER NOT NULL DEFAULT 0,
  "members" INTEGER NOT NULL DEFAULT 0,
  "dues_fund" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE exemptions (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "from_month" TEXT NOT NULL DEFAULT '',
  "to_month" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE offices (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "title" TEXT NOT NULL DEFAULT '',
  "since" TEXT,
  "until" TEXT
);
CREATE TABLE data_requests (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "kind" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "card" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE funds (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "code" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL DEFAULT '',
  "bank" TEXT NOT NULL DEFAULT '',
  "account" TEXT NOT NULL DEFAULT '',
  "opening" INTEGER NOT NULL DEFAULT 0,
  "opened" TEXT
);
CREATE TABLE balances (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT NOT NULL DEFAULT '',
  "party" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "opened" TEXT
);
CREATE TABLE vouchers (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "kind" TEXT NOT NULL DEFAULT '',
  "number" TEXT NOT NULL DEFAULT '',
  "counterpart" TEXT NOT NULL DEFAULT '',
  "day" TEXT,
  "month" TEXT NOT NULL DEFAULT '',
  "text" TEXT NOT NULL DEFAULT '',
  "party" TEXT NOT NULL DEFAULT '',
  "address" TEXT NOT NULL DEFAULT '',
  "papers" TEXT NOT NULL DEFAULT '',
  "adjusts" TEXT NOT NULL DEFAULT '',
  "reverses" TEXT NOT NULL DEFAULT '',
  "replaces" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "posted" INTEGER NOT NULL DEFAULT 0,
  "cancelled" INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE vouchers_lines (
  owner TEXT NOT NULL,
  no INTEGER NOT NULL,
  item TEXT NOT NULL DEFAULT '',
  party TEXT NOT NULL DEFAULT '',
  fund TEXT NOT NULL DEFAULT '',
  amount_in INTEGER NOT NULL DEFAULT 0,
  amount_out INTEGER NOT NULL DEFAULT 0,
  day TEXT,
  counts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, no)
) WITHOUT ROWID;
CREATE TABLE dues (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "month" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "voucher" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE cash_counts (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "day" TEXT,
  "fund" TEXT NOT NULL DEFAULT '',
  "reason" TEXT NOT NULL DEFAULT '',
  "decision" TEXT NOT NULL DEFAULT ''
);
CREATE TABLE cash_counts_notes (
  owner TEXT NOT NULL,
  no INTEGER NOT NULL,
  value INTEGER NOT NULL DEFAULT 0,
  count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (owner, no)
) WITHOUT ROWID;
CREATE TABLE receivers (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "key" TEXT NOT NULL DEFAULT '',
  "name" TEXT NOT NULL DEFAULT '',
  "bank" TEXT NOT NULL DEFAULT '',
  "bin" TEXT NOT NULL DEFAULT '',
  "account" TEXT NOT NULL DEFAULT '',
  "confirmed" TEXT,
  "confirmed_by" TEXT NOT NULL DEFAULT ''
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
  "reasons" TEXT NOT NULL DEFAULT '{}'
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
  "sent" TEXT
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
CREATE UNIQUE INDEX journal_device ON journal (device, dseq);
CREATE INDEX journal_record ON journal (record);
CREATE INDEX people_order ON people (sort_key);
CREATE INDEX people_cccd ON people (cccd) WHERE cccd <> '';
CREATE INDEX people_card ON people (card) WHERE card <> '';
CREATE INDEX movements_person ON movements (person, day);
CREATE INDEX movements_pause ON movements (person, day) WHERE kind = 'TD' AND retired = 0;
CREATE INDEX movements_day ON movements (day);
CREATE INDEX wages_person ON wages (person, from_month);
CREATE INDEX dues_month ON dues (month, person);
CREATE INDEX exemptions_person ON exemptions (person);
CREATE INDEX vouchers_day ON vouchers (day);
CREATE INDEX vouchers_drafts ON vouchers (id) WHERE posted = 0 AND retired = 0;
CREATE INDEX vouchers_number ON vouchers (number) WHERE number <> '';
CREATE INDEX vouchers_counterpart ON vouchers (counterpart) WHERE counterpart <> '';
CREATE INDEX vouchers_series ON vouchers (
  substr(day, 1, 4), substr(number, 1, instr(number, '/')), CAST(substr(number, instr(number, '/') + 1) AS INTEGER)
) WHERE number <> '' AND retired = 0;
CREATE INDEX vouchers_halves ON vouchers (
  substr(day, 1, 4), substr(counterpart, 1, instr(counterpart, '/')),
  CAST(substr(counterpart, instr(counterpart, '/') + 1) AS INTEGER)
) WHERE counterpart <> '' AND retired = 0;
CREATE INDEX vouchers_adjusts ON vouchers (adjusts) WHERE adjusts <> '';
CREATE INDEX vouchers_month ON vouchers (month) WHERE month <> '';
CREATE INDEX vouchers_reverses ON vouchers (reverses) WHERE reverses <> '';
CREATE INDEX lines_money ON vouchers_lines (item, fund, day, amount_in, amount_out, party) WHERE counts = 1;
CREATE INDEX lines_fund ON vouchers_lines (fund, day, amount_in, amount_out) WHERE counts = 1;
CREATE INDEX submissions_report ON submissions (report);
CREATE INDEX verdicts_submission ON verdicts (submission);
"""
