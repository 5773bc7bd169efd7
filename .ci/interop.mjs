// Loads a version with hyparquet, and runs the JavaScript of docs/loading.md.
//
// It is run from the folder that holds these packages.
//
// usage: interop.mjs DIR LOADING_MD
import { readFileSync, writeFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

const [dir, loading] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(path.join(dir, 'manifest.json')));
const check = (ok, what) => { if (!ok) { console.error(`FAILED: hyparquet: ${what}`); process.exit(1); } };
const tables = {};
for (const f of manifest.files.filter((f) => f.table)) {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path.join(dir, f.path)), compressors });
  check(rows.length === f.rows, `rows of ${f.path}`);
  (tables[f.table] ??= []).push(...rows);
}
const known = new Set(tables.articles.map((a) => a.article_id));
check(tables.comments.every((c) => known.has(c.article_id)), 'every comment has its article');
let blocks = 0;
for (const c of tables.comments) {
  if (c.text === null || c.text === undefined) continue;
  const points = Array.from(c.text); // offsets count code points, not UTF-16 units
  const joined = c.blocks.map((b) => points.slice(b.start, b.end).join('')).join('\n\n');
  check(joined === c.text && points.length === c.n_chars, 'blocks give the text back');
  blocks += c.blocks.length;
}
check(blocks > 0 && tables.comments.some((c) => c.posted_at instanceof Date), 'there are blocks and times');
const page = readFileSync(loading, 'utf8');
const examples = [...page.matchAll(/^```js\n([\s\S]*?)^```/gm)].map((m) => m[1].replaceAll('PATH', path.resolve(dir)));
check(examples.length > 0, 'docs/loading.md has an example');
for (const [i, code] of examples.entries()) {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), `example-${i}.mjs`);
  writeFileSync(file, code);
  const log = console.log;
  console.log = () => {};
  await import(pathToFileURL(file));
  console.log = log;
  rmSync(file);
}
console.log(`hyparquet: ${Object.keys(tables).length} tables, ${blocks} blocks of comments sliced, ${examples.length} example of docs/loading.md runs`);
