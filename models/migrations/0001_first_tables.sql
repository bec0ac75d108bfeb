-- The tables of the first revision. {id} and {number} are keys that count up by themselves ({number} never gives a number
-- twice), {instant} holds UTC seconds and {small} a small whole number, in the words of each database.

CREATE TABLE "person" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "login" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "email" TEXT,
    "zone" TEXT NOT NULL,
    "active" {small} NOT NULL,
    "external_id" TEXT
);
CREATE UNIQUE INDEX "person_login" ON "person" ("login");

CREATE TABLE "customer" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "badge" TEXT NOT NULL,
    "zone" TEXT NOT NULL,
    "tam_id" INTEGER REFERENCES "person" ("id"),
    "external_id" TEXT
);
CREATE UNIQUE INDEX "customer_key" ON "customer" ("key");
CREATE UNIQUE INDEX "customer_external" ON "customer" ("external_id") WHERE external_id IS NOT NULL;

CREATE TABLE "contact" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "name" TEXT NOT NULL,
    "email" TEXT,
    "phone" TEXT,
    "named" {small} NOT NULL,
    "external_id" TEXT
);
CREATE INDEX "contact_customer_id" ON "contact" ("customer_id");
CREATE INDEX "contact_email" ON "contact" ("email");
CREATE UNIQUE INDEX "contact_external" ON "contact" ("external_id") WHERE external_id IS NOT NULL;

CREATE TABLE "contract" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "plan" TEXT NOT NULL,
    "support_option" TEXT,
    "deployment" TEXT NOT NULL,
    "data_location" TEXT,
    "order_json" TEXT NOT NULL,
    "starts_at" {instant} NOT NULL,
    "ends_at" {instant}
);
CREATE INDEX "contract_customer_id" ON "contract" ("customer_id");

CREATE TABLE "adoption" (
    "id" {id},
    "contract_id" INTEGER NOT NULL REFERENCES "contract" ("id"),
    "revision" TEXT NOT NULL,
    "effective_at" {instant} NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id")
);
CREATE INDEX "adoption_contract_id" ON "adoption" ("contract_id");

CREATE TABLE "term" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "contract_id" INTEGER NOT NULL REFERENCES "contract" ("id"),
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT NOT NULL,
    "extension_days" INTEGER NOT NULL
);
CREATE INDEX "term_contract_id" ON "term" ("contract_id");

CREATE TABLE "credit" (
    "id" {id},
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "term_id" INTEGER REFERENCES "term" ("id"),
    "clock_id" INTEGER NOT NULL,
    "entry" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "at" {instant} NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "reason" TEXT NOT NULL
);
CREATE INDEX "credit_customer_id" ON "credit" ("customer_id");
CREATE INDEX "credit_clock_id" ON "credit" ("clock_id");

CREATE TABLE "queue" (
    "id" {id},
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL
);
CREATE UNIQUE INDEX "queue_key" ON "queue" ("key");

CREATE TABLE "ticket" (
    "id" {number},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "contact_id" INTEGER REFERENCES "contact" ("id"),
    "contract_id" INTEGER REFERENCES "contract" ("id"),
    "queue_id" INTEGER NOT NULL REFERENCES "queue" ("id"),
    "owner_id" INTEGER REFERENCES "person" ("id"),
    "subject" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "severity" {small} NOT NULL,
    "customer_severity" {small},
    "impact" TEXT NOT NULL,
    "tags" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "is_open" {small} NOT NULL,
    "escalated" {small} NOT NULL,
    "received_at" {instant} NOT NULL,
    "updated_at" {instant} NOT NULL,
    "waiting_since" {instant},
    "source" TEXT,
    "external_id" TEXT,
    "order_at" {instant} NOT NULL,
    "clock_state" TEXT NOT NULL,
    "due_at" {instant},
    "objective_minutes" INTEGER,
    "basis_id" INTEGER
);
CREATE INDEX "ticket_open" ON "ticket" ("order_at", "id", "is_open") WHERE is_open = 1;
CREATE INDEX "ticket_owner" ON "ticket" ("owner_id", "order_at", "id", "is_open") WHERE is_open = 1;
CREATE INDEX "ticket_unassigned" ON "ticket" ("order_at", "id", "is_open", "owner_id") WHERE is_open = 1 AND owner_id IS NULL;
CREATE INDEX "ticket_queue" ON "ticket" ("queue_id", "order_at", "id", "is_open") WHERE is_open = 1;
CREATE INDEX "ticket_escalated" ON "ticket" ("order_at", "id", "is_open", "escalated") WHERE is_open = 1 AND escalated = 1;
CREATE INDEX "ticket_waiting" ON "ticket" ("order_at", "id", "is_open", "state") WHERE is_open = 1 AND state = 'waiting';
CREATE INDEX "ticket_severity_1" ON "ticket" ("order_at", "id", "is_open", "severity") WHERE is_open = 1 AND severity = 1;
CREATE INDEX "ticket_done" ON "ticket" ("id", "is_open") WHERE is_open = 0;
CREATE UNIQUE INDEX "ticket_external" ON "ticket" ("source", "external_id") WHERE external_id IS NOT NULL;
CREATE INDEX "ticket_customer_id_id" ON "ticket" ("customer_id", "id");

CREATE TABLE "message" (
    "id" {id},
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "kind" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "contact_id" INTEGER REFERENCES "contact" ("id"),
    "author" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "automatic" {small} NOT NULL,
    "at" {instant} NOT NULL,
    "body" TEXT NOT NULL,
    "external_id" TEXT
);
CREATE INDEX "message_ticket_id_at_id" ON "message" ("ticket_id", "at", "id");

CREATE TABLE "draft" (
    "id" {id},
    "person_id" INTEGER NOT NULL REFERENCES "person" ("id"),
    "ticket_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "updated_at" {instant} NOT NULL
);
CREATE UNIQUE INDEX "draft_person_id_ticket_id_kind" ON "draft" ("person_id", "ticket_id", "kind");

CREATE TABLE "basis" (
    "id" {id},
    "digest" TEXT NOT NULL,
    "hours" TEXT NOT NULL,
    "policy" TEXT NOT NULL
);
CREATE UNIQUE INDEX "basis_digest" ON "basis" ("digest");

CREATE TABLE "clock" (
    "id" {id},
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "severity" {small} NOT NULL,
    "objective_minutes" INTEGER NOT NULL,
    "basis_id" INTEGER NOT NULL REFERENCES "basis" ("id"),
    "plan" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "section" TEXT NOT NULL,
    "received_at" {instant} NOT NULL,
    "started_at" {instant} NOT NULL,
    "due_at" {instant} NOT NULL,
    "stopped_at" {instant},
    "message_id" INTEGER,
    "late_seconds" INTEGER NOT NULL,
    "credit_days" INTEGER NOT NULL
);
CREATE INDEX "clock_ticket_id" ON "clock" ("ticket_id");
CREATE UNIQUE INDEX "clock_one_initial" ON "clock" ("ticket_id") WHERE kind = 'initial_response' AND state <> 'void';

CREATE TABLE "escalation" (
    "id" {id},
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "clock_id" INTEGER REFERENCES "clock" ("id"),
    "kind" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "raised_at" {instant} NOT NULL,
    "owner_id" INTEGER REFERENCES "person" ("id"),
    "answered_at" {instant}
);
CREATE INDEX "escalation_ticket_id" ON "escalation" ("ticket_id");

CREATE TABLE "allowance" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "contract_id" INTEGER NOT NULL REFERENCES "contract" ("id"),
    "period" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "starts_on" TEXT NOT NULL,
    "ends_on" TEXT
);
CREATE INDEX "allowance_contract_id" ON "allowance" ("contract_id");

CREATE TABLE "time_entry" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "person_id" INTEGER NOT NULL REFERENCES "person" ("id"),
    "ticket_id" INTEGER REFERENCES "ticket" ("id"),
    "worked_on" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "activity" TEXT NOT NULL,
    "counts" {small} NOT NULL,
    "note" TEXT NOT NULL
);
CREATE INDEX "time_entry_person_id" ON "time_entry" ("person_id");
CREATE INDEX "time_entry_customer_id_worked_on_minutes_counts" ON "time_entry" ("customer_id", "worked_on", "minutes", "counts");
CREATE INDEX "time_entry_ticket" ON "time_entry" ("ticket_id") WHERE ticket_id IS NOT NULL;

CREATE TABLE "review_call" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "at" {instant} NOT NULL,
    "minutes" INTEGER NOT NULL,
    "state" TEXT NOT NULL
);
CREATE INDEX "review_call_customer_id" ON "review_call" ("customer_id");

CREATE TABLE "onboarding" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "customer_id" INTEGER NOT NULL REFERENCES "customer" ("id"),
    "phase" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "starts_on" TEXT NOT NULL,
    "go_live_on" TEXT NOT NULL,
    "owner_id" INTEGER REFERENCES "person" ("id")
);
CREATE INDEX "onboarding_customer_id" ON "onboarding" ("customer_id");

CREATE TABLE "onboarding_item" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "onboarding_id" INTEGER NOT NULL REFERENCES "onboarding" ("id"),
    "topic" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "owner" TEXT NOT NULL,
    "due_on" TEXT,
    "blocked_since" {instant}
);
CREATE INDEX "onboarding_item_onboarding_id" ON "onboarding_item" ("onboarding_id");

CREATE TABLE "operation" (
    "id" {id},
    "at" {instant} NOT NULL,
    "person_id" INTEGER REFERENCES "person" ("id"),
    "kind" TEXT NOT NULL,
    "sentence" TEXT NOT NULL,
    "ticket_id" INTEGER,
    "seen" {small} NOT NULL,
    "undoes_id" INTEGER,
    "undone_by_id" INTEGER,
    "part_of_id" INTEGER
);
CREATE INDEX "operation_ticket_id" ON "operation" ("ticket_id");
CREATE INDEX "operation_person_id_id" ON "operation" ("person_id", "id");

CREATE TABLE "change" (
    "id" {id},
    "operation_id" INTEGER NOT NULL REFERENCES "operation" ("id"),
    "table_name" TEXT NOT NULL,
    "row_id" INTEGER NOT NULL,
    "last_row_id" INTEGER,
    "before" TEXT,
    "after" TEXT
);
CREATE INDEX "change_operation_id" ON "change" ("operation_id");
CREATE INDEX "change_table_name_row_id" ON "change" ("table_name", "row_id");
