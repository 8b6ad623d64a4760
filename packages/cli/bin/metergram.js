#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/process.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const old = major < 22 || (major === 22 && minor < 19);
const [, , command, ...words] = process.argv;
const asksHubs = command === 'hub' || words.some((word) => word.endsWith('testhub'));
const needs = `Node 22.19 or newer is needed; this is Node ${process.versions.node}`;

if (!existsSync(entry)) {
  process.stderr.write(
    'metergram: not built yet; in a clone of the repository, run: npm run build\n',
  );
  process.exitCode = 2;
} else if (old && asksHubs) {
  // The library that speaks to the hubs, and that a hub to test against stands on, does not load there.
  process.stderr.write(`metergram: ${needs}\n`);
  process.exitCode = 2;
} else {
  if (old) process.stderr.write(`metergram: ${needs}, and nothing is promised on it\n`);
  const { runProcess } = await import(entry.href);
  await runProcess();
}
