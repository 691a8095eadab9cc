-- cancel_requested_by is written by whoever asks and only read by the deployment's own loop.
ALTER TABLE deployments ADD COLUMN cancel_requested_by TEXT;

-- The instant by which the whole deployment must be decided.
ALTER TABLE deployments ADD COLUMN deadline INTEGER;

-- What served before the switch, to return to.
ALTER TABLE deployments ADD COLUMN previous_instance_id TEXT;

-- The configuration the deployment is made with, and can be made with again.
ALTER TABLE deployments ADD COLUMN snapshot_sealed BLOB;

-- The deployment whose version and configuration this one brings back.
ALTER TABLE deployments ADD COLUMN rollback_of TEXT;
