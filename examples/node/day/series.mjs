// From the capture to hourly series. The command line does the same with
//   metergram decode capture.txt --keys keys.csv --format readings
// which is where the readings come from; the aggregator makes hours of them.
import { Collector, createAggregator } from '@metergram/aggregate';
import { decimalPlaces, toScaled } from '@metergram/model';
import { main } from 'metergram';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} MeterSeries
 * @property {string} meter
 * @property {string} medium
 * @property {boolean} wired
 * @property {import('@metergram/model').TimeSeries} series
 */

/** @returns {Promise<MeterSeries[]>} one for each meter, in order of their names */
export async function hourlySeries(capture, keys) {
  const given = [fileURLToPath(capture), '--keys', fileURLToPath(keys)];
  const about = metersOf(await decode([...given, '--format', 'jsonl']));
  const [, ...rows] = (await decode([...given, '--format', 'readings'])).trimEnd().split('\n');
  const readings = rows
    .map((row) => row.split(','))
    .map(([meter, time, value, unit]) => ({ meter, time: Date.parse(time), value, unit }));
  const meters = [...new Set(readings.map(({ meter }) => meter))].sort();

  const aggregator = await createAggregator({ resolution: 'PT1H' });
  const registers = new Map();
  for (const meter of meters) {
    const own = readings.filter((reading) => reading.meter === meter);
    // A register's resolution is the most decimals that it sends.
    const scale = -Math.max(...own.map(({ value }) => decimalPlaces(value)));
    registers.set(meter, { index: aggregator.addRegister({ id: meter, scale }), scale });
  }
  aggregator.push({
    length: readings.length,
    register: Uint32Array.from(readings, ({ meter }) => registers.get(meter).index),
    time: Float64Array.from(readings, ({ time }) => time),
    mantissa: BigInt64Array.from(readings, ({ meter, value }) =>
      mantissa(value, registers.get(meter).scale),
    ),
  });
  const collector = new Collector();
  collector.add(aggregator.drain());

  return meters.map((meter) => {
    const { unit } = readings.find((reading) => reading.meter === meter);
    const quantity = unit === 'm3' ? 'volume' : 'energy';
    const { index } = registers.get(meter);
    return {
      meter,
      ...about.get(meter),
      series: collector.series(aggregator, index, { quantity, unit }),
    };
  });
}

function mantissa(value, scale) {
  const scaled = toScaled(value);
  return scaled.mantissa * 10n ** BigInt(scaled.scale - scale);
}

/** What `metergram decode` prints; some telegrams are damaged, so 1 is a good exit code here. */
async function decode(args) {
  let printed = '';
  const code = await main(['decode', ...args], {
    stdin: new ReadableStream(),
    stdout: {
      write: (text) => {
        printed += text;
      },
    },
    stderr: { write: () => {} },
    env: {},
  });
  if (code === 2) throw new Error('metergram decode cannot be followed');
  return printed;
}

function metersOf(jsonl) {
  const meters = new Map();
  for (const line of jsonl.trimEnd().split('\n')) {
    const { link, meter } = JSON.parse(line);
    if (meter !== null)
      meters.set(`${meter.manufacturer}-${meter.id}`, {
        medium: meter.medium,
        wired: link.kind !== 'wireless',
      });
  }
  return meters;
}
