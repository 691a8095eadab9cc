-- When the wish for a deployment came in, which may be long before it was decided: a message waits for its registry.
ALTER TABLE deployments ADD COLUMN asked_at INTEGER;
UPDATE deployments SET asked_at = queued_at;
CREATE INDEX deployments_by_wish ON deployments (stage_id, asked_at);
