#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/process.js', import.meta.url);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (!existsSync(entry)) {
  process.stderr.write(
    'metergram: not built yet; in a clone of the repository, run: npm run build\n',
  );
  process.exitCode = 2;
} else {
  if (major < 22 || (major === 22 && minor < 19)) warnOfAge();
  const { runProcess } = await import(entry.href);
  await runProcess();
}

/** What does not load on an older Node, such as the library that speaks to the hubs, is told in a line, without a trace. */
function warnOfAge() {
  const here = `this is Node ${process.versions.node}, and nothing is promised on it`;
  process.stderr.write(`metergram: Node 22.19 or newer is needed; ${here}\n`);
  // Not by catching what was awaited: Node 20 throws a failed require beside the rejected import.
  process.on('uncaughtException', (error) => {
    const reason = String(error instanceof Error ? error.message : error).split('\n', 1)[0];
    process.stderr.write(`metergram: this cannot be done on it: ${reason}\n`);
    process.exit(2);
  });
}
