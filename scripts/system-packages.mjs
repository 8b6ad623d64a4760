// Sees to the system packages of .ci/packages.txt: installs those that are missing where that is possible (apt, root).
//   node scripts/system-packages.mjs [PACKAGE ...]      without names: all of them
// Never fails for want of apt or rights: it says what is missing, and who needs it says so again.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/** @returns {{ name: string, file: string }[]} */
export function listedPackages() {
  const text = readFileSync(new URL('../.ci/packages.txt', import.meta.url), 'utf8');
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean)
    .map((line) => line.split(/\s+/))
    .map(([name, file]) => ({ name, file }));
}

/**
 * Installs what is missing of the named packages.
 * @param {readonly string[]} names empty for all
 * @returns {string[]} the names of those still missing
 */
export function ensurePackages(names = []) {
  const wanted = listedPackages().filter(({ name }) => names.length === 0 || names.includes(name));
  const missing = () => wanted.filter(({ file }) => !existsSync(file)).map(({ name }) => name);
  const lacking = missing();
  if (lacking.length === 0) return [];
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    process.stderr.write(`installing from the system's packages: ${lacking.join(', ')}\n`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const apt = (...args) =>
      spawnSync('apt-get', [...args, '-qq', '-o', 'DPkg::Lock::Timeout=300'], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env,
      }).status === 0;
    apt('update');
    // All at once is quickest; one by one, so that a package unknown here does not keep the others away.
    if (!apt('install', '-y', '--no-install-recommends', ...lacking))
      for (const name of missing()) apt('install', '-y', '--no-install-recommends', name);
  }
  const left = missing();
  if (left.length > 0) process.stderr.write(`not installed: ${left.join(', ')}\n`);
  return left;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  ensurePackages(process.argv.slice(2));
