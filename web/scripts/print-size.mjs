// Prints what a browser loads before it can show the first page, and fails when that is too much.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const most = 200 * 1000;
const root = 'build';
const compressed = (path) => statSync(join(root, existsSync(join(root, `${path}.br`)) ? `${path}.br` : path)).size;

// What the page names, what those scripts load at once, the overview's own files, and the fonts.
const manifest = JSON.parse(readFileSync('.svelte-kit/output/client/.vite/manifest.json', 'utf8'));
const wanted = new Set(['index.html']);

function take(key) {
  const entry = manifest[key];
  if (!entry || wanted.has(entry.file)) return;
  wanted.add(entry.file);
  for (const file of [...(entry.css ?? []), ...(entry.assets ?? []).filter((asset) => asset.endsWith('.woff2'))]) wanted.add(file);
  (entry.imports ?? []).forEach(take);
}

for (const [key, entry] of Object.entries(manifest)) {
  if (entry.isEntry && !/nodes\/\d+\./.test(key)) take(key);
}
// Node 0 is the layout, 1 the page of errors, 2 the nested layout or the first page; the overview is found by its name.
for (const node of Object.keys(manifest).filter((key) => /nodes\/(0|1)\.js$/.test(key))) take(node);
for (const node of Object.keys(manifest).filter((key) => /nodes\/\d+\.js$/.test(key))) {
  const source = readFileSync(node, 'utf8');
  if (source.includes('src/routes/+page.svelte')) take(node);
}

const total = [...wanted].reduce((sum, path) => sum + compressed(path), 0);
console.log(`First load: ${(total / 1000).toFixed(1)} kB compressed in ${wanted.size} files (at most ${most / 1000} kB).`);
if (total > most) {
  console.error('That is more than it may be.');
  process.exitCode = 1;
}
