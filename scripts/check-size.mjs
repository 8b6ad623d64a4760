// size-limit over what is built; nothing to weigh is no fault before there is anything.
import { spawnSync } from 'node:child_process';
import entries from '../.size-limit.mjs';

if (entries.length === 0) process.stdout.write('nothing to weigh yet\n');
else process.exitCode = spawnSync('size-limit', { stdio: 'inherit' }).status ?? 1;
