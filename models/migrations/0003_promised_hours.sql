-- How an hour is promised and spent, and the calls with customers. {id} is a key that counts up by itself, {instant}
-- holds UTC seconds and {small} a small whole number, in the words of each database.

CREATE TABLE "top_up" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "contract_id" INTEGER NOT NULL REFERENCES "contract" ("id"),
    "minutes" INTEGER NOT NULL,
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT NOT NULL,
    "note" TEXT NOT NULL
);
CREATE INDEX "top_up_contract_id" ON "top_up" ("contract_id");

CREATE TABLE "call_series" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "starts_on" TEXT NOT NULL,
    "local_time" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "ends_on" TEXT,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "attendees" TEXT NOT NULL,
    "uid" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "active" {small} NOT NULL
);
CREATE INDEX "call_series_customer_id" ON "call_series" ("customer_id");
CREATE UNIQUE INDEX "call_series_uid" ON "call_series" ("uid");

ALTER TABLE "allowance" ADD COLUMN "carry" TEXT NOT NULL DEFAULT 'none';
ALTER TABLE "allowance" ADD COLUMN "carry_cap" INTEGER;
ALTER TABLE "allowance" ADD COLUMN "carry_deficit" {small} NOT NULL DEFAULT 0;
ALTER TABLE "allowance" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '';

ALTER TABLE "review_call" ADD COLUMN "series_id" INTEGER REFERENCES "call_series" ("id");
ALTER TABLE "review_call" ADD COLUMN "slot_at" {instant};
ALTER TABLE "review_call" ADD COLUMN "kind" TEXT NOT NULL DEFAULT 'review';
ALTER TABLE "review_call" ADD COLUMN "title" TEXT NOT NULL DEFAULT '';
ALTER TABLE "review_call" ADD COLUMN "zone" TEXT NOT NULL DEFAULT '';
ALTER TABLE "review_call" ADD COLUMN "person_id" INTEGER REFERENCES "person" ("id");
ALTER TABLE "review_call" ADD COLUMN "attendees" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "review_call" ADD COLUMN "agenda" TEXT NOT NULL DEFAULT '';
ALTER TABLE "review_call" ADD COLUMN "notes" TEXT NOT NULL DEFAULT '';
ALTER TABLE "review_call" ADD COLUMN "reason" TEXT NOT NULL DEFAULT '';
ALTER TABLE "review_call" ADD COLUMN "uid" TEXT NOT NULL DEFAULT '';
ALTER TABLE "review_call" ADD COLUMN "sequence" INTEGER NOT NULL DEFAULT 0;
CREATE INDEX "review_call_state_customer_id_at" ON "review_call" ("state", "customer_id", "at");
CREATE UNIQUE INDEX "review_call_series_id_slot_at" ON "review_call" ("series_id", "slot_at");

CREATE TABLE "action" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "call_id" INTEGER REFERENCES "review_call" ("id"),
    "what" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "due_on" TEXT,
    "state" TEXT NOT NULL,
    "at" {instant} NOT NULL,
    "ended_at" {instant}
);
CREATE INDEX "action_customer_id_state_due_on" ON "action" ("customer_id", "state", "due_on");

CREATE TABLE "feedback" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "call_id" INTEGER REFERENCES "review_call" ("id"),
    "ticket_id" INTEGER REFERENCES "ticket" ("id"),
    "person_id" INTEGER REFERENCES "person" ("id"),
    "what" TEXT NOT NULL,
    "why" TEXT NOT NULL,
    "at" {instant} NOT NULL
);
CREATE INDEX "feedback_customer_id" ON "feedback" ("customer_id");

ALTER TABLE "time_entry" ADD COLUMN "booked_on" TEXT NOT NULL DEFAULT '';
ALTER TABLE "time_entry" ADD COLUMN "billable" {small} NOT NULL DEFAULT 0;
ALTER TABLE "time_entry" ADD COLUMN "late" {small} NOT NULL DEFAULT 0;
ALTER TABLE "time_entry" ADD COLUMN "started_at" {instant};
ALTER TABLE "time_entry" ADD COLUMN "ended_at" {instant};
ALTER TABLE "time_entry" ADD COLUMN "call_id" INTEGER REFERENCES "review_call" ("id");
ALTER TABLE "time_entry" ADD COLUMN "item_id" INTEGER REFERENCES "onboarding_item" ("id");
ALTER TABLE "time_entry" ADD COLUMN "external_id" TEXT;
UPDATE "time_entry" SET "booked_on" = "worked_on";
DROP INDEX "time_entry_person_id";
DROP INDEX "time_entry_customer_id_worked_on_minutes_counts";
CREATE INDEX "time_entry_customer_id_booked_on_minutes_counts" ON "time_entry" ("customer_id", "booked_on", "minutes", "counts");
CREATE INDEX "time_entry_person_id_worked_on" ON "time_entry" ("person_id", "worked_on");
CREATE INDEX "time_entry_customer_id_worked_on" ON "time_entry" ("customer_id", "worked_on");
CREATE INDEX "time_entry_worked_on_id" ON "time_entry" ("worked_on", "id");
CREATE INDEX "time_entry_call" ON "time_entry" ("call_id") WHERE call_id IS NOT NULL;
CREATE INDEX "time_entry_item" ON "time_entry" ("item_id") WHERE item_id IS NOT NULL;
CREATE UNIQUE INDEX "time_entry_external" ON "time_entry" ("external_id") WHERE external_id IS NOT NULL;

CREATE TABLE "timer" (
    "id" {id},
    "person_id" INTEGER NOT NULL REFERENCES "person" ("id"),
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "activity" TEXT NOT NULL,
    "ticket_id" INTEGER REFERENCES "ticket" ("id"),
    "call_id" INTEGER REFERENCES "review_call" ("id"),
    "item_id" INTEGER REFERENCES "onboarding_item" ("id"),
    "counts" {small},
    "billable" {small} NOT NULL,
    "note" TEXT NOT NULL,
    "started_at" {instant} NOT NULL,
    "running_since" {instant},
    "seconds" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "timer_person_id" ON "timer" ("person_id");

CREATE TABLE "closed_period" (
    "id" {id},
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "period" TEXT NOT NULL,
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT NOT NULL,
    "allowance" INTEGER NOT NULL,
    "carried_in" INTEGER NOT NULL,
    "spent" INTEGER NOT NULL,
    "top_ups" TEXT NOT NULL,
    "carried_out" INTEGER NOT NULL,
    "at" {instant} NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id")
);
CREATE UNIQUE INDEX "closed_period_customer_id_starts_on" ON "closed_period" ("customer_id", "starts_on");

CREATE TABLE "budget_alert" (
    "id" {id},
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "starts_on" TEXT NOT NULL,
    "percent" INTEGER NOT NULL,
    "at" {instant} NOT NULL,
    "seen_at" {instant}
);
CREATE UNIQUE INDEX "budget_alert_customer_id_starts_on_percent" ON "budget_alert" ("customer_id", "starts_on", "percent");
