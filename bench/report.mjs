// Prints the tables of measurements into README.md and bench/README.md, between their markers, from bench/results/*.json.
//   node bench/report.mjs [--check]
import { globSync, readFileSync, writeFileSync } from 'node:fs';

const check = process.argv.includes('--check');
const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const reports = globSync(['bench/results/*.json', 'bench/results/against/decode.json'])
  .sort()
  .map((file) => JSON.parse(readFileSync(file, 'utf8')));

function bytes({ bytesPerUnit }) {
  return bytesPerUnit === undefined || bytesPerUnit === null
    ? ''
    : number.format(Math.round(bytesPerUnit));
}

/** Every figure of a report. */
function table({ groups }) {
  return groups
    .map(({ results, title, unit }) =>
      [
        `| ${title} | ${unit}/s, median | middle half of the rounds | bytes of heap for each |`,
        '| --- | ---: | ---: | ---: |',
        ...results.map(
          (result) =>
            `| ${result.name} | ${number.format(result.median)} | ${number.format(result.low)} to ${number.format(result.high)} | ${bytes(result)} |`,
        ),
      ].join('\n'),
    )
    .join('\n\n');
}

/** The decoder's figures on the build that a loader picks, a row for each kind of telegram. */
function overview({ groups }) {
  const rows = groups.map(({ results, title }) => {
    const [columns, views, objects] = ['columns', 'views', 'objects'].map((form) =>
      results.find(({ name }) => name.startsWith(form) && name.endsWith('SIMD')),
    );
    return `| ${title} | ${number.format(columns.median)} | ${number.format(views.median)} | ${number.format(objects.median)} |`;
  });
  return [
    '| telegrams a second, one core | as columns | as views, every value read | as plain objects |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
  ].join('\n');
}

function circumstances({ at, commit, machine, runtime }) {
  return `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGB} GB, Node ${runtime.node}; commit ${commit?.slice(0, 10)}, ${at.slice(0, 10)}.`;
}

let drifted = 0;
for (const [file, names, print] of [
  ['README.md', ['decode'], overview],
  ['bench/README.md', reports.map(({ name }) => name), table],
]) {
  const text = readFileSync(file, 'utf8');
  const printed = reports
    .filter(({ name }) => names.includes(name))
    .map((report) => `${print(report)}\n\n${circumstances(report)}`)
    .join('\n\n');
  const next = text.replace(
    /(<!-- bench: [^\n]*-->\n)[\s\S]*?(<!-- \/bench -->)/,
    (_, open, close) => `${open}\n${printed}\n\n${close}`,
  );
  if (next === text) continue;
  drifted++;
  if (check) process.stderr.write(`${file} is not what bench/results say: node bench/report.mjs\n`);
  else writeFileSync(file, next);
}
process.exitCode = check && drifted > 0 ? 1 : 0;
