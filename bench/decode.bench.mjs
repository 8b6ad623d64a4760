// Telegrams per second: as columns, as views whose fields are made when they are read, and as plain objects; and the
// bytes of heap that each costs.
import { createDecoderSync } from '@metergram/decoder';
import { keys, packed, wired, wireless } from './telegrams.mjs';

const COUNT = 2_000;

export default function decodeBench() {
  const kinds = [
    { title: 'wired, 13 records', telegrams: wired(COUNT), keys: [] },
    { title: 'wireless, plain, 4 records', telegrams: wireless(COUNT, false), keys: [] },
    {
      title: 'wireless, mode 5, a key for each meter',
      telegrams: wireless(COUNT, true),
      keys: keys(COUNT),
    },
  ];
  return kinds.map(({ title, telegrams, keys: known }) => ({
    title,
    unit: 'telegrams',
    contenders: [true, false].flatMap((simd) => contenders(telegrams, { keys: known, simd })),
  }));
}

function contenders(telegrams, options) {
  const build = options.simd ? 'SIMD' : 'baseline';
  const { bytes, offsets } = packed(telegrams);
  const decoder = createDecoderSync(options);
  const first = decoder.decode(telegrams[0]);
  if (first.records.length === 0 || first.issues.some(({ severity }) => severity === 'error'))
    throw new Error(`not decoded: ${JSON.stringify(first.issues)}`);
  return [
    {
      name: `columns, ${build}`,
      allocates: true,
      run: () => decoder.decodeBatch(bytes, offsets).length,
    },
    {
      name: `views, every value read, ${build}`,
      allocates: true,
      run: () => {
        const batch = decoder.decodeBatch(bytes, offsets);
        for (let index = 0; index < batch.length; index++) read(batch.view(index));
        return batch.length;
      },
    },
    {
      name: `objects one by one, ${build}`,
      allocates: true,
      run: () => {
        for (const telegram of telegrams) read(decoder.decode(telegram));
        return telegrams.length;
      },
    },
  ];
}

let seen = 0;
/** Reads what a program reads: the meter, and every record's quantity, unit, value and function. */
function read({ meter, records }) {
  seen += meter.id.length;
  for (const { quantity, unit, value, function: kind } of records)
    seen += quantity.length + unit.length + (value === null ? 0 : value.length) + kind.length;
}
