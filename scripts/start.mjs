// `npm start`: builds what is needed and shows it at work on the capture of examples/node: the telegrams, the building's
// hours, and who may see them.
// `npm start -- FILE [OPTION ...]`: the same for a file of yours, with the options of `metergram decode`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const run = (command, args, options) =>
  spawnSync(command, args, { stdio: 'inherit', ...options }).status ?? 1;
const metergram = fileURLToPath(new URL('../packages/cli/bin/metergram.js', import.meta.url));
const root = fileURLToPath(new URL('../', import.meta.url));

if (!existsSync(`${root}build/wasm.stamp`))
  process.stderr.write('building, once: the WebAssembly core, then the packages …\n');
const built = run('npm', ['run', '--silent', 'build'], { cwd: root });
if (built !== 0) process.exit(built);

const given = process.argv.slice(2);
const args =
  given.length > 0
    ? given
    : [`${root}examples/node/capture.txt`, '--keys', `${root}examples/node/keys.csv`, '--latest'];
// npm runs scripts in the root; a file is meant from where the user stands.
const cwd = given.length > 0 ? (process.env.INIT_CWD ?? process.cwd()) : root;
const code = run(process.execPath, [metergram, 'decode', ...args], { cwd });
// Damaged telegrams (1) are shown in the table; they are no failure of this script.
if (code > 1) process.exit(code);

if (given.length === 0) {
  process.stdout.write('\n');
  process.exitCode = run(process.execPath, [`${root}examples/node/day.mjs`]);
  process.stdout.write('\nYour own file: npm start -- FILE --keys FILE\n');
}
