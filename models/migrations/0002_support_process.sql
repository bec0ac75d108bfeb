-- What the support process keeps beside tickets and conversations; {id}, {instant}, {small} and {blob} are in the words of
-- each database.

ALTER TABLE "escalation" ADD COLUMN "called_at" {instant};
ALTER TABLE "escalation" ADD COLUMN "mailed_at" {instant};
ALTER TABLE "escalation" ADD COLUMN "withdrawn_at" {instant};
CREATE UNIQUE INDEX "escalation_open" ON "escalation" ("ticket_id", "kind") WHERE answered_at IS NULL AND withdrawn_at IS NULL;

ALTER TABLE "credit" ADD COLUMN "answers_id" INTEGER REFERENCES "credit" ("id");
CREATE UNIQUE INDEX "credit_answers_id" ON "credit" ("answers_id");
CREATE UNIQUE INDEX "credit_owed_once" ON "credit" ("clock_id") WHERE entry = 'owed';

ALTER TABLE "adoption" ADD COLUMN "plan" TEXT;
ALTER TABLE "adoption" ADD COLUMN "support_option" TEXT;

CREATE INDEX "clock_stopped" ON "clock" ("stopped_at", "state") WHERE stopped_at IS NOT NULL;
CREATE INDEX "clock_missed" ON "clock" ("due_at") WHERE state = 'missed';

CREATE INDEX "ticket_customer_open" ON "ticket" ("customer_id", "is_open") WHERE is_open = 1;
CREATE INDEX "ticket_asked" ON "ticket" ("order_at", "id", "is_open", "severity", "state", "owner_id", "queue_id", "channel", "contract_id", "customer_id", "received_at", "waiting_since", "clock_state", "tags") WHERE is_open = 1;

CREATE TABLE "request" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "scenario" TEXT NOT NULL,
    "observed" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "steps" TEXT NOT NULL,
    "evidence" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "enterprise" {small},
    "area" TEXT NOT NULL
);
CREATE UNIQUE INDEX "request_ticket_id" ON "request" ("ticket_id");

CREATE TABLE "content" (
    "id" {id},
    "digest" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "body" {blob} NOT NULL
);
CREATE UNIQUE INDEX "content_digest" ON "content" ("digest");

CREATE TABLE "attachment" (
    "id" {id},
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "message_id" INTEGER REFERENCES "message" ("id"),
    "name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "digest" TEXT NOT NULL
);
CREATE INDEX "attachment_ticket_id" ON "attachment" ("ticket_id");

CREATE TABLE "mail" (
    "id" {id},
    "at" {instant} NOT NULL,
    "sender" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ticket_id" INTEGER REFERENCES "ticket" ("id"),
    "message_id" INTEGER REFERENCES "message" ("id")
);
CREATE INDEX "mail_ticket_id" ON "mail" ("ticket_id");
CREATE INDEX "mail_key" ON "mail" ("key");
CREATE INDEX "mail_state_id" ON "mail" ("state", "id");

CREATE TABLE "saved_view" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "owner_id" INTEGER REFERENCES "person" ("id"),
    "title" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "position" INTEGER NOT NULL
);

CREATE TABLE "macro" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "owner_id" INTEGER REFERENCES "person" ("id"),
    "name" TEXT NOT NULL,
    "actions" TEXT NOT NULL
);

CREATE TABLE "canned_reply" (
    "id" {id},
    "version" INTEGER NOT NULL DEFAULT 1,
    "owner_id" INTEGER REFERENCES "person" ("id"),
    "name" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "body" TEXT NOT NULL
);

CREATE TABLE "ticket_link" (
    "id" {id},
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "other_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "kind" TEXT NOT NULL
);
CREATE INDEX "ticket_link_ticket_id" ON "ticket_link" ("ticket_id");
CREATE INDEX "ticket_link_other_id" ON "ticket_link" ("other_id");
CREATE UNIQUE INDEX "ticket_link_ticket_id_other_id_kind" ON "ticket_link" ("ticket_id", "other_id", "kind");

CREATE TABLE "mention" (
    "id" {id},
    "message_id" INTEGER NOT NULL REFERENCES "message" ("id"),
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id"),
    "person_id" INTEGER NOT NULL REFERENCES "person" ("id"),
    "at" {instant} NOT NULL,
    "seen_at" {instant}
);
CREATE INDEX "mention_person_id_seen_at_id" ON "mention" ("person_id", "seen_at", "id");

CREATE TABLE "presence" (
    "id" {id},
    "person_id" INTEGER NOT NULL REFERENCES "person" ("id"),
    "ticket_id" INTEGER NOT NULL REFERENCES "ticket" ("id") ON DELETE CASCADE,
    "writing" {small} NOT NULL,
    "at" {instant} NOT NULL
);
CREATE UNIQUE INDEX "presence_ticket_id_person_id" ON "presence" ("ticket_id", "person_id");
