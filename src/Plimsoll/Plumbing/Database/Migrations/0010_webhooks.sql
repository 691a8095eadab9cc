-- Several webhooks, each with an address of its own, and what came in at them. The first one takes the address over that the settings held.

CREATE TABLE webhooks (
    id             INTEGER PRIMARY KEY,
    name           TEXT NOT NULL UNIQUE,
    -- SHA-256 of the secret in the address, to find the webhook by; the secret itself is shown again to be copied.
    secret_hash    TEXT NOT NULL UNIQUE,
    secret_sealed  BLOB NOT NULL,
    -- With it messages have to be signed.
    signing_sealed BLOB,
    -- The host under which the images of this sender are known; null: as the sender says.
    registry       TEXT,
    -- 1: only images of the projects of webhook_projects, which may have become none.
    restricted     INTEGER NOT NULL DEFAULT 0,
    enabled        INTEGER NOT NULL DEFAULT 1,
    created_at     INTEGER NOT NULL,
    revision       TEXT NOT NULL DEFAULT ''
);

CREATE TABLE webhook_projects (
    webhook_id INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    project_id INTEGER NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    PRIMARY KEY (webhook_id, project_id)
) WITHOUT ROWID;
CREATE INDEX webhook_projects_by_project ON webhook_projects (project_id);

CREATE TRIGGER webhooks_added AFTER INSERT ON webhooks BEGIN
    UPDATE webhooks SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER webhooks_changed AFTER UPDATE OF name, secret_hash, signing_sealed, registry, restricted, enabled ON webhooks BEGIN
    UPDATE webhooks SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER webhook_projects_added AFTER INSERT ON webhook_projects BEGIN
    UPDATE webhooks SET revision = lower(hex(randomblob(8))) WHERE id = new.webhook_id;
END;
CREATE TRIGGER webhook_projects_removed AFTER DELETE ON webhook_projects BEGIN
    UPDATE webhooks SET revision = lower(hex(randomblob(8))) WHERE id = old.webhook_id;
END;

CREATE TABLE webhook_messages (
    sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
    id            TEXT NOT NULL UNIQUE,
    webhook_id    INTEGER NOT NULL REFERENCES webhooks (id) ON DELETE CASCADE,
    at            INTEGER NOT NULL,
    sender        TEXT NOT NULL,
    address       TEXT NOT NULL,
    method        TEXT NOT NULL,
    status        INTEGER NOT NULL,
    -- 1: it named images, so it has rows in webhook_sightings.
    named         INTEGER NOT NULL,
    -- Of a message that named none.
    reason_code   TEXT,
    reason        TEXT,
    event_id      TEXT,
    replay_of     TEXT,
    -- Bytes of the message as it came; of what is kept of it, payload_kept.
    payload_bytes INTEGER NOT NULL,
    payload_kept  INTEGER NOT NULL,
    headers       TEXT NOT NULL,
    payload       TEXT
);
CREATE INDEX webhook_messages_by_webhook ON webhook_messages (webhook_id, sequence);
CREATE INDEX webhook_messages_by_size ON webhook_messages (payload_kept);

-- One image of a message. What became of it is in its delivery, or here when none was made.
CREATE TABLE webhook_sightings (
    id          INTEGER PRIMARY KEY,
    message_id  TEXT NOT NULL REFERENCES webhook_messages (id) ON DELETE CASCADE,
    webhook_id  INTEGER NOT NULL,
    image       TEXT NOT NULL,
    repository  TEXT NOT NULL,
    event_id    TEXT,
    delivery_id TEXT,
    reason_code TEXT,
    reason      TEXT
);
CREATE INDEX webhook_sightings_by_message ON webhook_sightings (message_id);
CREATE INDEX webhook_sightings_by_event ON webhook_sightings (webhook_id, event_id) WHERE event_id IS NOT NULL;

-- The digest that the sender named, which tells whether two messages are about one push.
ALTER TABLE deliveries ADD COLUMN hint TEXT;
-- The numbers of the projects that the delivery is for, with commas between them; null: all.
ALTER TABLE deliveries ADD COLUMN projects TEXT;
CREATE INDEX deliveries_by_hint ON deliveries (image, hint) WHERE decided_at IS NULL AND hint IS NOT NULL;
