// The repository's own files: those that git knows, or would know if they were added now.
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const FOREIGN =
  /(^|\/)(node_modules|\.git|dist|build|coverage|reports|wasm)(\/|$)|^docs\/api(\/|$)/;

/** @param {...RegExp} patterns limits the list to paths that match one of them */
export function trackedFiles(...patterns) {
  return (fromGit() ?? fromDisk()).filter(
    (path) => patterns.length === 0 || patterns.some((pattern) => pattern.test(path)),
  );
}

function fromGit() {
  const { status, stdout } = spawnSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
  );
  if (status !== 0) return undefined;
  return stdout.split('\0').filter((path) => path !== '' && existsSync(`${root}${path}`));
}

/** For a copy of the repository without its history. */
function fromDisk() {
  return globSync('**/*', { cwd: root, exclude: (path) => FOREIGN.test(path) }).filter((path) =>
    statSync(`${root}${path}`).isFile(),
  );
}
