-- Whether the proxy lets a stage's requests through. traffic_until: when requests that wait at a paused stage are given up.
ALTER TABLE stages ADD COLUMN traffic TEXT NOT NULL DEFAULT 'open' CHECK (traffic IN ('open', 'paused', 'maintenance'));
ALTER TABLE stages ADD COLUMN traffic_until INTEGER;
ALTER TABLE stages ADD COLUMN maintenance_message TEXT;
