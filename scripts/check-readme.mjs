// Runs the examples of the READMEs, and those of docs/ that ask for it, so that what a reader copies works.
//   ```ts           type-checked against the built packages, and run; `console.log(x); // → text` must print the text
//   ```ts no-run    type-checked only: it needs a network or a secret
//   ```ts run       in docs/, where blocks are often parts of a longer text: as ```ts in a README
//   ```sh           every `npm run X` is a script, every `npx metergram X` a command
// Needs a build. One example per block; blocks do not share names.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { commands } from '../packages/cli/dist/commands.js';
import { trackedFiles } from './rules/files.mjs';
import { fencedBlocks } from './rules/markdown.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const failures = [];
const examples = [];
for (const path of trackedFiles(/^(packages\/[^/]+\/)?README\.md$/, /^docs\/[^/]+\.md$/))
  for (const block of fencedBlocks(readFileSync(path, 'utf8'))) {
    const place = `${path}:${block.line}`;
    const whole = path.endsWith('README.md') || block.words.includes('run');
    if (block.language === 'ts' && whole) {
      const file = `build/readme/${path.replaceAll(/[^a-z]+/gi, '-')}${block.line}.ts`;
      examples.push({ place, file, code: block.code, runs: !block.words.includes('no-run') });
    }
    if (block.language === 'sh') checkShell(place, block.code);
  }

function checkShell(place, code) {
  for (const [, script] of code.matchAll(/npm run (?:--silent )?([\w:-]+)/g))
    if (!(script in manifest.scripts)) failures.push(`${place}: no script ${script}`);
  for (const [, word] of code.matchAll(/(?:^|\||npx )\s*metergram ([a-z]+)/gm))
    if (word !== 'help' && !Object.hasOwn(commands, word))
      failures.push(`${place}: no command ${word}`);
}

rmSync('build/readme', { recursive: true, force: true });
mkdirSync('build/readme', { recursive: true });
for (const { file, code } of examples) writeFileSync(file, `${code}\nexport {};\n`);
writeFileSync(
  'build/readme/tsconfig.json',
  JSON.stringify({
    extends: '../../tsconfig.base.json',
    compilerOptions: {
      noEmit: true,
      isolatedDeclarations: false,
      rewriteRelativeImportExtensions: false,
      types: ['node'],
    },
    include: ['*.ts'],
  }),
);
if (examples.length > 0) {
  const { status, stdout } = spawnSync('tsc', ['-p', 'build/readme'], { encoding: 'utf8' });
  if (status !== 0) failures.push(stdout);
}
for (const { place, file, code, runs } of examples) {
  if (!runs) continue;
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  if (status !== 0) failures.push(`${place} does not run:\n${stderr}`);
  let from = 0;
  for (const [, promised] of code.matchAll(/console\.log\(.*\);\s*\/\/ → (.+)$/gm)) {
    const at = stdout.indexOf(promised.trim(), from);
    if (at < 0) failures.push(`${place} promises ${promised}; it prints\n${stdout}`);
    else from = at + promised.trim().length;
  }
}
if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${examples.length} examples of the READMEs hold\n`);
