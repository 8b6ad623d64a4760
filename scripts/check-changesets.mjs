// Every changeset can be released: it names packages of ours and a kind of release, and tells what a user sees.
import { globSync, readFileSync } from 'node:fs';

const { workspaces } = JSON.parse(readFileSync('package.json', 'utf8'));
const names = new Set(
  workspaces.map((folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).name),
);
const wrong = [];
const files = globSync('.changeset/*.md').filter((file) => !file.endsWith('README.md'));
for (const file of files) {
  const [, front, body] =
    /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8')) ?? [];
  if (front === undefined || body.trim() === '') {
    wrong.push(`${file}: front matter between --- lines, then what a user sees`);
    continue;
  }
  for (const line of front.split('\n').filter(Boolean)) {
    const [, name, kind] = /^["']?([^"']+?)["']?:\s*(\w+)$/.exec(line) ?? [];
    if (!names.has(name) || !['major', 'minor', 'patch'].includes(kind))
      wrong.push(`${file}: ${line}`);
  }
}
if (wrong.length > 0) {
  process.stderr.write(`${wrong.join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${files.length} changesets can be released\n`);
