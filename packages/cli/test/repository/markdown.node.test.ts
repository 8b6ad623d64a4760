import { describe, expect, it } from 'vitest';
// @ts-expect-error: a script, without types
import * as untyped from '../../../../scripts/rules/markdown.mjs';

const { anchors, fencedBlocks, links } = untyped as {
  anchors(text: string): Set<string>;
  fencedBlocks(text: string): { language: string; words: string[]; code: string; line: number }[];
  links(text: string): { target: string; line: number }[];
};

const TEXT = `# The \`decode\` command

See [the code](src/a.ts#top), ![a picture](p.png "title") and [again][1]; not \`[this](one.md)\`.

\`\`\`ts no-run
const a = '[neither](this.md)';
# no heading
\`\`\`

## What is new?
## What is new?
<a id="by-hand"></a>

[1]: other.md
`;

describe('what the checks read in Markdown', () => {
  it('links and definitions with their lines, outside code', () => {
    expect(links(TEXT)).toEqual([
      { target: 'src/a.ts#top', line: 3 },
      { target: 'p.png', line: 3 },
      { target: 'other.md', line: 14 },
    ]);
  });

  it('anchors as GitHub makes them', () => {
    expect([...anchors(TEXT)]).toEqual([
      'the-decode-command',
      'what-is-new',
      'what-is-new-1',
      'by-hand',
    ]);
  });

  it('fenced blocks with their language and words', () => {
    expect(fencedBlocks(TEXT)).toEqual([
      {
        language: 'ts',
        words: ['no-run'],
        code: "const a = '[neither](this.md)';\n# no heading\n",
        line: 5,
      },
    ]);
  });
});
