import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const bare = (text: string): string => text.replaceAll(/\s+/g, '').replaceAll(/,([)}\]])/g, '$1');

it('the README’s example is the one that is tested', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const tested = bare(readFileSync(new URL('readme.test.ts', import.meta.url), 'utf8'));
  const example = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
  const code = example
    .split('\n')
    .filter((line) => !/^(import|console)/.test(line))
    .join('\n');
  expect(tested).toContain(bare(code));
});
