import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { describe, expect, it } from 'vitest';

const manifest = JSON.parse(
  readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'),
) as { optionalDependencies: Record<string, string> };
const pin = manifest.optionalDependencies[`node-${process.platform}-${process.arch}`];

// Where npm installs no Node of ours (it is optional, and for Linux), the machine's own is all there is.
describe.runIf(pin !== undefined)('the pinned Node', () => {
  it('runs this test, not an older one of the machine', () => {
    expect(process.version).toBe(`v${pin}`);
    expect(process.execPath).toContain(`${sep}node_modules${sep}`);
  });

  it('is what an npm script finds under the name node', () => {
    const { stdout } = spawnSync('npm', ['exec', '--', 'node', '--version'], { encoding: 'utf8' });
    expect(stdout.trim()).toBe(`v${pin}`);
  });
});
