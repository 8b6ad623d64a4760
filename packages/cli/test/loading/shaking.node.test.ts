import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Bytes that each file of the decoder's package has in the bundle of a program. */
async function bundled(program: string): Promise<ReadonlyMap<string, number>> {
  const { metafile } = await build({
    stdin: { contents: program, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'neutral',
    // What bundlers ask for; esbuild does not by itself for a platform that is neither Node nor browsers.
    conditions: ['module'],
    external: ['node:*'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const [output] = Object.values(metafile.outputs);
  return new Map(
    Object.entries(output!.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([file, { bytesInOutput }]) => [
        file.replace(/^.*\/decoder\/dist\//, ''),
        bytesInOutput,
      ]),
  );
}

describe('a bundle has nothing of the decoder that is not imported:', () => {
  it('an import of nothing leaves nothing', async () => {
    expect((await bundled(`import '@metergram/decoder';`)).size).toBe(0);
  });

  it('without the factory keys, subpaths and the reasons that tables give', async () => {
    const files = await bundled(`export { createDecoder } from '@metergram/decoder';`);
    expect(files.has('decoder.js')).toBe(true);
    const left = [...files.keys()].filter((file) =>
      /default-keys|^arrow|^encode|^explain|^formats|^framer|^meaning|^reading|^stream|^pool|^simulate|^tables\/(issue|vif|vife|medium|obis|application)/.test(
        file,
      ),
    );
    expect(left).toEqual([]);
  });

  it('words alone come without the module', async () => {
    const files = await bundled(`export { ISSUES } from '@metergram/decoder';`);
    expect([...files.keys()]).toEqual(['generated/issues.js']);
  });

  it('what is imported is there', async () => {
    const program = `export { DEFAULT_KEYS } from '@metergram/decoder'; export { saveFormats } from '@metergram/decoder/formats';`;
    const files = await bundled(program);
    expect(files.has('default-keys.js') && files.has('formats.js')).toBe(true);
  });
});
