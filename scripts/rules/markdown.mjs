// Reads what the checks need of a Markdown file: its fenced blocks, its headings' anchors, its links.

/**
 * @param {string} text
 * @returns {{ language: string, words: string[], code: string, line: number }[]} `line`: of the fence, first is 1
 */
export function fencedBlocks(text) {
  const blocks = [];
  let open;
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/.exec(line);
    if (open === undefined && fence) {
      const [language = '', ...words] = fence[2].trim().split(/\s+/);
      open = { mark: fence[1], language, words, code: '', line: index + 1 };
    } else if (open && fence && fence[1].startsWith(open.mark) && fence[2] === '') {
      const { mark: _, ...block } = open;
      blocks.push(block);
      open = undefined;
    } else if (open) open.code += `${line}\n`;
  }
  return blocks;
}

/** The text without fenced blocks and code spans, its lines kept in place. */
function prose(text) {
  let inside = false;
  return text
    .split('\n')
    .map((line) => {
      const fence = /^ {0,3}(`{3,}|~{3,})/.test(line);
      if (fence) inside = !inside;
      return fence || inside ? '' : line.replaceAll(/`[^`]*`/g, (span) => ' '.repeat(span.length));
    })
    .join('\n');
}

/** Anchors that a heading makes, as GitHub writes them. */
export function anchors(text) {
  const seen = new Map();
  const found = new Set();
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^ {0,3}(`{3,}|~{3,})/.test(line)) inside = !inside;
    for (const [, id] of line.matchAll(/<a (?:id|name)="([^"]+)"/g)) found.add(id);
    const heading = inside ? null : /^#{1,6}\s+(.*?)\s*#*$/.exec(line);
    if (!heading) continue;
    const slug = heading[1]
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    found.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return found;
}

/** @returns {{ target: string, line: number }[]} inline links, images and reference definitions */
export function links(text) {
  const found = [];
  for (const [index, line] of prose(text).split('\n').entries()) {
    for (const [, target] of line.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g))
      found.push({ target, line: index + 1 });
    const definition = /^\s*\[[^\]]+\]:\s*<?(\S+?)>?(\s|$)/.exec(line);
    if (definition) found.push({ target: definition[1], line: index + 1 });
  }
  return found;
}
