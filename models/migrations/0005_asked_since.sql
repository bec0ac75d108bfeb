-- What a query asks for is answered from one index: when a ticket last changed belongs to it.

DROP INDEX "ticket_asked";
CREATE INDEX "ticket_asked" ON "ticket" ("order_at", "id", "is_open", "severity", "state", "owner_id", "queue_id", "channel", "contract_id", "customer_id", "received_at", "waiting_since", "clock_state", "tags", "updated_at") WHERE is_open = 1;
