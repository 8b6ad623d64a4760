// The building's day: hourly series from the capture, their picture, and who may see them.
//   node examples/node/day.mjs
import { readFileSync } from 'node:fs';
import { picture } from './day/picture.mjs';
import { hourlySeries } from './day/series.mjs';
import { printed } from './day/views.mjs';

const here = (name) => new URL(name, import.meta.url);
const flats = JSON.parse(readFileSync(here('day/flats.json'), 'utf8'));
const meters = await hourlySeries(here('capture.txt'), here('keys.csv'));
process.stdout.write(`${picture(meters)}\n`);
process.stdout.write(
  `\nWho may see it, by a Swedish energy service's rules (the preset ktc)\n${printed(meters, flats)}\n`,
);
