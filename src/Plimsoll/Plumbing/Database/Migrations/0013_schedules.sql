-- What is done again and again. Without a cron expression and without seconds of its own a job follows the settings' pollingSeconds.
CREATE TABLE schedules (
    id            INTEGER PRIMARY KEY,
    name          TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    every_seconds INTEGER,
    cron          TEXT,
    time_zone     TEXT NOT NULL DEFAULT 'UTC',
    at_start      INTEGER NOT NULL DEFAULT 1,
    enabled       INTEGER NOT NULL DEFAULT 1,
    -- A cron expression begins to count here: what it would have done before is not made up for.
    changed_at    INTEGER NOT NULL,
    revision      TEXT NOT NULL DEFAULT ''
);

CREATE TABLE job_runs (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    schedule_id INTEGER NOT NULL REFERENCES schedules (id) ON DELETE CASCADE,
    asked_by    TEXT NOT NULL,
    started_at  INTEGER NOT NULL,
    finished_at INTEGER,
    result      TEXT,
    text        TEXT
);
CREATE INDEX job_runs_by_schedule ON job_runs (schedule_id, id);

CREATE TRIGGER schedules_added AFTER INSERT ON schedules BEGIN
    UPDATE schedules SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;
CREATE TRIGGER schedules_changed AFTER UPDATE OF name, kind, every_seconds, cron, time_zone, at_start, enabled ON schedules BEGIN
    UPDATE schedules SET revision = lower(hex(randomblob(8))) WHERE id = new.id;
END;

INSERT INTO schedules (id, name, kind, changed_at) VALUES (1, 'scan', 'scan', 0);
