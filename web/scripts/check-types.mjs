// Fails when src/lib/api/schema.d.ts is not what openapi.json says: somebody changed the API and forgot the dashboard.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const kept = 'src/lib/api/schema.d.ts';
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-types-'));
try {
  const fresh = join(folder, 'schema.d.ts');
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [, ...rest] = scripts.types.split(' ');
  execFileSync('node_modules/.bin/openapi-typescript', rest.map((word) => (word === kept ? fresh : word)), { stdio: ['ignore', 'ignore', 'inherit'] });
  if (readFileSync(fresh, 'utf8') !== readFileSync(kept, 'utf8')) {
    console.error(`${kept} is older than openapi.json. Run: npm run types`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
