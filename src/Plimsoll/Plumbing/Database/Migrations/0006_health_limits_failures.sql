-- How a project's containers prove themselves, as JSON; null: the defaults.
ALTER TABLE projects ADD COLUMN health TEXT;

-- 0: no limit, and for stop_seconds the setting of that name.
ALTER TABLE stages ADD COLUMN memory_limit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE stages ADD COLUMN cpu_limit REAL NOT NULL DEFAULT 0;
ALTER TABLE stages ADD COLUMN stop_seconds INTEGER NOT NULL DEFAULT 0;

-- What was left to see of a candidate that was given up. Apart from the deployments, because lists of them do not need it.
CREATE TABLE deployment_failures (
    deployment_id TEXT PRIMARY KEY REFERENCES deployments (id) ON DELETE CASCADE,
    exit_code     INTEGER,
    out_of_memory INTEGER NOT NULL,
    last_probe    TEXT,
    what_to_do    TEXT,
    log           TEXT NOT NULL
) WITHOUT ROWID;
