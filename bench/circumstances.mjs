// What a measurement holds for: when, of which commit, on what.
import { execFileSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';

function git(...args) {
  try {
    return execFileSync('git', args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

/** Time, commit, machine and runtime, for a file of results. */
export function circumstances() {
  const [cpu] = cpus();
  return {
    at: new Date().toISOString(),
    commit: git('rev-parse', 'HEAD'),
    // What was measured before this is no part of what is measured.
    clean: git('status', '--porcelain', '--', ':/', ':!/bench/results') === '',
    machine: {
      cpu: cpu?.model.trim(),
      cores: cpus().length,
      memoryGB: Math.round(totalmem() / 2 ** 30),
      platform: `${process.platform}-${process.arch}`,
    },
    runtime: { node: process.versions.node, v8: process.versions.v8 },
  };
}
