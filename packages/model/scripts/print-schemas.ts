// Prints packages/model/schemas/ from the shapes; with --check it only says whether they are up to date.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { jsonSchema, shapes } from '../src/schema.ts';

const folder = new URL('../schemas/', import.meta.url);
const check = process.argv.includes('--check');
mkdirSync(folder, { recursive: true });
const stale = new Set(readdirSync(folder));
let different = 0;
for (const [name, shape] of shapes) {
  const file = `${name}.schema.json`;
  const schema = JSON.stringify(jsonSchema(shape), null, 2);
  // Compared as values: the formatter has its own opinion of line breaks.
  const same =
    stale.delete(file) &&
    JSON.stringify(JSON.parse(readFileSync(new URL(file, folder), 'utf8')), null, 2) === schema;
  if (!same) different++;
  if (!same && !check) writeFileSync(new URL(file, folder), `${schema}\n`);
}
for (const file of stale) if (!check) rmSync(new URL(file, folder));
if (check && different + stale.size > 0) {
  console.error(
    `${different + stale.size} schema files are not up to date: run this without --check`,
  );
  process.exitCode = 1;
}
