// Every link between our own documents leads somewhere: the file is there, and so is the heading. Also: no path of
// somebody's machine. Links to the web are not followed.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { trackedFiles } from './rules/files.mjs';
import { anchors, links } from './rules/markdown.mjs';

const files = trackedFiles(/^(?!\.changeset\/).*\.md$/);
const broken = [];
let count = 0;
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  for (const { target, line } of links(text)) {
    if (/^[a-z][a-z0-9+.-]*:/i.test(target)) {
      if (target.startsWith('file:'))
        broken.push(`${file}:${line} links into a machine: ${target}`);
      continue;
    }
    count++;
    const [path, hash] = target.split('#');
    const to = path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path)));
    if (to.startsWith('..')) broken.push(`${file}:${line} leaves the repository: ${target}`);
    else if (!existsSync(to)) broken.push(`${file}:${line} leads nowhere: ${target}`);
    else if (hash && to.endsWith('.md') && !anchors(readFileSync(to, 'utf8')).has(hash))
      broken.push(`${file}:${line}: no heading #${hash} in ${to}`);
    else if (hash && /^L\d/.test(hash) && statSync(to).isFile())
      broken.push(`${file}:${line} names a line, which moves; name the file: ${target}`);
  }
}
if (broken.length > 0) {
  process.stderr.write(`${broken.join('\n')}\n`);
  process.exitCode = 1;
} else process.stdout.write(`${count} links in ${files.length} documents lead somewhere\n`);
