import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { specJson, specsFolder, specText } from '../hub-specs.ts';

const folder = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');
const begin = readme.indexOf('## How sure each endpoint is');
const rows = readme
  .slice(begin, readme.indexOf('\n## ', begin + 5))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| **') && !line.startsWith('| --'))
  .slice(1);

describe('the README’s table of endpoints', () => {
  it('has one mark for each', () => {
    expect(rows.length).toBeGreaterThan(40);
    for (const row of rows)
      expect(row).toMatch(/\| (captured|documented|assumed|not offered)\b[^|]*\|$/);
  });

  it('names every route that a client sends to', () => {
    const routes = globSync('src/{eloverblik,elhub,fingrid,prices}/*.ts', {
      cwd: folder,
    }).flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      return [...text.matchAll(/\broute: ?'([^']+)'/g)].map(([, route]) => route as string);
    });
    expect(routes.length).toBeGreaterThan(12);
    for (const route of routes) expect(rows.join('\n')).toContain(route);
  });
});

describe.skipIf(specsFolder === undefined)(
  'the README’s table of endpoints, beside the published descriptions',
  () => {
    it.each(['customer', 'thirdparty'])('names every operation of Eloverblik’s %s API', (api) => {
      const { paths } = specJson(`dk-eloverblik/swagger-eloverblik-${api}api.json`) as {
        paths: Record<string, Record<string, unknown>>;
      };
      for (const [path, methods] of Object.entries(paths))
        for (const method of Object.keys(methods))
          expect(rows.join('\n')).toContain(
            `\`${method.toUpperCase()} ${path.replace(`/${api}api/api`, '')}\``,
          );
    });

    it('names every operation of Elhub’s Access API', () => {
      let path = '';
      let found = 0;
      for (const line of specText('no-elhub/access-api/openapi.yaml').split('\n')) {
        path = /^ {2}'?(\/[^':]+)'?:/.exec(line)?.[1] ?? path;
        const method = /^ {4}(get|post|put|patch|delete):/.exec(line)?.[1];
        if (path === '' || method === undefined) continue;
        found++;
        expect(rows.join('\n')).toContain(`\`${method.toUpperCase()} /access/v0${path}\``);
      }
      expect(found).toBe(13);
    });

    it('names every call of Fingrid’s data interface', () => {
      const shape = specJson('fi-fingrid/shape-data-interface-2.6.json') as Record<
        string,
        { readonly POST?: string }
      >;
      const calls = Object.values(shape).flatMap(({ POST }) => POST ?? []);
      expect(calls).toHaveLength(3);
      for (const call of calls)
        expect(rows.join('\n')).toContain(
          `\`POST ${call.replace(/^https:\/\/\{hostname\}/, '')}\``,
        );
    });
  },
);
