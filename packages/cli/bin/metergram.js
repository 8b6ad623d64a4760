#!/usr/bin/env node
import { existsSync } from 'node:fs';

const entry = new URL('../dist/process.js', import.meta.url);
if (existsSync(entry)) {
  const { runProcess } = await import(entry.href);
  await runProcess();
} else {
  process.stderr.write(
    'metergram: not built yet; in a clone of the repository, run: npm run build\n',
  );
  process.exitCode = 2;
}
