// After `npm ci` in a clone: builds, so that node_modules/.bin/metergram and every package are there at once. Without the
// tools (npm ci --omit=dev) there is nothing to build with, and nothing is done.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (existsSync('node_modules/typescript') && existsSync('node_modules/assemblyscript'))
  process.exitCode =
    spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' }).status ?? 1;
