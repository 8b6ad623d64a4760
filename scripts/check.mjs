// Everything CI checks beside the tests; one line a step, the output of a step only where it fails. Needs a build.
//   node scripts/check.mjs [WORD ...]      only the steps whose name holds one of the words
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const words = process.argv.slice(2);
const steps = [
  { name: 'lint and format', command: 'npm run --silent lint' },
  { name: 'build', command: 'npm run --silent build' },
  { name: 'types', command: 'npm run --silent typecheck' },
  { name: 'layering', command: 'node scripts/check-layering.mjs' },
  {
    name: 'generated files',
    command: 'node scripts/check-generated.mjs',
    needs: 'scripts/generate.mjs',
  },
  { name: 'WebAssembly', command: 'node scripts/check-wasm.mjs', needs: 'assembly/decoder.ts' },
  { name: 'package manifests', command: 'node scripts/check-packages.mjs' },
  { name: 'unused code', command: 'npm run --silent knip' },
  { name: 'size limits', command: 'npm run --silent size' },
  { name: 'API documentation', command: 'npm run --silent docs' },
  { name: 'links', command: 'node scripts/check-links.mjs' },
  { name: 'list of decisions', command: 'node scripts/decisions-index.mjs --check' },
  { name: 'README examples', command: 'node scripts/check-readme.mjs' },
  { name: 'changesets', command: 'node scripts/check-changesets.mjs' },
  { name: 'fuzzing', command: 'node scripts/fuzz.mjs --minutes 2', tells: true },
  {
    name: 'bench runs and ratios',
    command: 'node bench/run.mjs --quick && node bench/compare.mjs --least 0.5 --again 3',
    tells: true,
  },
  { name: 'printed figures', command: 'node bench/report.mjs --check' },
  { name: 'examples', command: 'node scripts/check-examples.mjs' },
].filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));

let failed = 0;
for (const { name, command, needs, tells } of steps) {
  if (needs && !existsSync(needs)) {
    process.stdout.write(`--   ${name}: there is no ${needs} yet\n`);
    continue;
  }
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(command, {
    shell: true,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)${tells ? `: ${stdout.trimEnd().split('\n').at(-1)}` : ''}\n`,
  );
  if (status !== 0) {
    failed++;
    process.stdout.write(stdout + stderr);
  }
}
process.stdout.write(
  failed === 0 ? 'all checks hold\n' : `${failed} of ${steps.length} checks fail\n`,
);
process.exit(failed === 0 ? 0 : 1);
