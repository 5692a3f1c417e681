"""Tables of funds, vouchers and dues."""

MONEY = """\
CREATE TABLE payrolls (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "month" TEXT NOT NULL DEFAULT '',
  "workers" INTEGER NOT NULL DEFAULT 0,
  "fee_fund" INTEGER NOT NULL DEFAULT 0,
  "members" INTEGER NOT NULL DEFAULT 0,
  "dues_fund" INTEGER NOT NULL DEFAULT 0
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
  "settles" TEXT NOT NULL DEFAULT '',
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
CREATE TABLE money_sums (
  item TEXT NOT NULL,
  fund TEXT NOT NULL,
  month TEXT NOT NULL,
  amount_in INTEGER NOT NULL,
  amount_out INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  PRIMARY KEY (item, fund, month)
) WITHOUT ROWID;
CREATE TABLE book_days (
  fund TEXT NOT NULL,
  day TEXT NOT NULL,
  amount_in INTEGER NOT NULL,
  amount_out INTEGER NOT NULL,
  vouchers INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  PRIMARY KEY (fund, day)
) WITHOUT ROWID;
CREATE TABLE dues (
  id TEXT NOT NULL UNIQUE,
  retired INTEGER NOT NULL DEFAULT 0,
  "person" TEXT NOT NULL DEFAULT '',
  "month" TEXT NOT NULL DEFAULT '',
  "amount" INTEGER NOT NULL DEFAULT 0,
  "voucher" TEXT NOT NULL DEFAULT '',
  "above" INTEGER NOT NULL DEFAULT 0
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
CREATE INDEX dues_month ON dues (month, person);
CREATE INDEX vouchers_day ON vouchers (day, id, retired);
CREATE INDEX vouchers_drafts ON vouchers (id) WHERE posted = 0 AND retired = 0;
CREATE INDEX vouchers_number ON vouchers (number) WHERE number <> '';
CREATE INDEX vouchers_given ON vouchers (kind, number, day, posted, retired)
  WHERE number <> '' AND posted = 1 AND retired = 0;
CREATE INDEX vouchers_counterpart ON vouchers (counterpart) WHERE counterpart <> '';
CREATE INDEX vouchers_series ON vouchers (
  substr(day, 1, 4), substr(number, 1, instr(number, '/')), CAST(substr(number, instr(number, '/') + 1) AS INTEGER)
) WHERE number <> '' AND retired = 0;
CREATE INDEX vouchers_halves ON vouchers (
  substr(day, 1, 4), substr(counterpart, 1, instr(counterpart, '/')),
  CAST(substr(counterpart, instr(counterpart, '/') + 1) AS INTEGER)
) WHERE counterpart <> '' AND retired = 0;
CREATE INDEX vouchers_lengths ON vouchers (substr(day, 1, 4), length(number), number)
  WHERE number <> '' AND retired = 0;
CREATE INDEX vouchers_half_lengths ON vouchers (substr(day, 1, 4), length(counterpart), counterpart)
  WHERE counterpart <> '' AND retired = 0;
CREATE INDEX vouchers_adjusts ON vouchers (adjusts) WHERE adjusts <> '';
CREATE INDEX vouchers_month ON vouchers (month) WHERE month <> '';
CREATE INDEX vouchers_settles ON vouchers (settles) WHERE settles <> '';
CREATE INDEX vouchers_reverses ON vouchers (reverses) WHERE reverses <> '';
CREATE INDEX lines_money ON vouchers_lines (item, fund, day, amount_in, amount_out, party) WHERE counts = 1;
CREATE INDEX lines_party ON vouchers_lines (party, day, amount_in, amount_out)
  WHERE counts = 1 AND item = '' AND party <> '';
CREATE INDEX lines_fund ON vouchers_lines (fund, day, owner, amount_in, amount_out) WHERE counts = 1;
"""
