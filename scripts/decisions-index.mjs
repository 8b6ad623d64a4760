// Prints docs/decisions/README.md from the titles of the decisions, so that the list cannot drift. `--check` fails if it
// would change.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const target = 'docs/decisions/README.md';
const rows = globSync('docs/decisions/[0-9]*.md')
  .sort()
  .map((file) => {
    const title = /^# (?:\d{4}[.:]? )?(.+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
    if (title === undefined) throw new Error(`${file} does not begin with a title`);
    return `- [${basename(file).slice(0, 4)}](${basename(file)}) ${title}`;
  });
const text = `# Decisions

Choices that a newcomer would ask about: what was chosen, why, and what it costs. A choice that is taken back keeps its
page, which then names the one that took its place. \`node scripts/decisions-index.mjs\` prints this list.

${rows.join('\n')}
`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write(`${target} is out of date: node scripts/decisions-index.mjs\n`);
  process.exitCode = 1;
}
