import type { Node } from './shape.ts';
import * as identifiers from './shapes-identifier.ts';
import * as parties from './shapes-party.ts';
import * as series from './shapes-series.ts';

/** Every named shape by its name, `time-series`; the files in `schemas/` are printed from these. */
export const shapes: ReadonlyMap<string, Node> = new Map(
  [...Object.values(identifiers), ...Object.values(series), ...Object.values(parties)]
    .filter((value): value is Node => typeof value === 'object' && 'kind' in value)
    .map((shape): [string, Node] => [shape.name ?? '', shape])
    .filter(([name]) => name !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1)),
);
