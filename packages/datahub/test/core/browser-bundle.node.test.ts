import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultCodes } from '../../src/core/fault.ts';

interface Conditions {
  readonly browser?: { readonly default: string } | null;
  readonly default: string;
}
const folder = new URL('../../', import.meta.url);
const { exports: entries } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as {
  exports: Record<string, Conditions | string>;
};

/** The source behind an entry in the browser; null where it is not offered there. */
function browserSource(entry: Conditions): string | null {
  if (entry.browser === null) return null;
  const built = entry.browser?.default ?? entry.default;
  return built.replace('./dist/', './src/').replace(/\.js$/, '.ts');
}

const offered = Object.entries(entries).flatMap(([name, entry]) => {
  if (typeof entry === 'string') return [];
  const source = browserSource(entry);
  return source === null ? [] : [[name, source] as const];
});

describe('in the browser', () => {
  it('there is neither the node entry nor the test hubs', () => {
    const names = offered.map(([name]) => name);
    expect(names).toContain('./eloverblik');
    expect(names).not.toContain('./node');
    expect(names).not.toContain('./testing');
  });

  it.each(offered)(
    '%s bundles without Node and without anything that takes a secret',
    async (_, source) => {
      const { outputFiles, metafile } = await build({
        entryPoints: [fileURLToPath(new URL(source, folder))],
        bundle: true,
        write: false,
        format: 'esm',
        platform: 'browser',
        metafile: true,
        external: ['fast-xml-parser', '@metergram/model', '@metergram/model/*'],
        logLevel: 'silent',
      });
      const inputs = Object.keys(metafile.inputs).join('\n');
      expect(inputs).not.toMatch(/core\/node-fetch|testing\/|undici|jose/);
      const text = outputFiles[0]?.text ?? '';
      expect(text).not.toMatch(/from\s*["']node:/);
      const exported = /export \{([^}]*)\};?\s*$/.exec(text)?.[1] ?? '';
      expect(exported).not.toBe('');
      expect(exported).not.toMatch(
        /\b(Secret|TokenCache|Redactor|HubHttp|EloverblikCustomer|EloverblikThirdParty|ElhubClient|ElhubAccess|FingridClient|EntsoeClient|tlsFetch)\b/,
      );
    },
  );

  it('the documentation lists every code of a fault, in its words', () => {
    const page = readFileSync(new URL('../../docs/datahub.md', folder), 'utf8');
    for (const [code, words] of Object.entries(faultCodes))
      expect(page).toContain(`| \`${code}\` | ${words} |`);
  });
});
