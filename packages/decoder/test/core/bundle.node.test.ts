import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  exports: Record<string, string | { module: string; default: string }>;
};
const entries = Object.entries(exports).flatMap(([path, entry]) =>
  typeof entry === 'string' ? [] : [{ path, ...entry }],
);

/** All files that an engine loads for a file, itself among them. */
function loaded(file: URL, found: Set<string> = new Set()): Set<string> {
  if (found.has(file.href)) return found;
  found.add(file.href);
  for (const [, path] of readFileSync(file, 'utf8').matchAll(/^(?:import|\} from).*?"(\..+)";$/gm))
    loaded(new URL(path as string, file), found);
  return found;
}

describe('what engines load', () => {
  it('is five files for a decoder, the modules of WebAssembly among them', () => {
    expect(loaded(new URL('dist/bundle/index.js', root)).size).toBe(5);
  });

  // Apache Arrow is the user's own.
  it.each(entries.filter(({ path }) => path !== './arrow'))(
    'is what bundlers find too: $path',
    async ({ module, default: bundled }) => {
      const [few, many] = await Promise.all(
        [bundled, module].map((file) => import(/* @vite-ignore */ new URL(file, root).href)),
      );
      expect(Object.keys(few).sort()).toEqual(Object.keys(many).sort());
    },
  );

  it('knows its classes from every entry', async () => {
    const [{ createDecoderSync }, { saveFormats }] = await Promise.all(
      ['index', 'formats'].map((name) => import(new URL(`dist/bundle/${name}.js`, root).href)),
    );
    expect(saveFormats(createDecoderSync())).toBeInstanceOf(Uint8Array);
  });
});
