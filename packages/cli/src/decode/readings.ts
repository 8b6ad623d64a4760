import { meterName } from './rows.ts';
import type { DeviceProfile } from '@metergram/decoder/profile';
import { readingOf } from '@metergram/decoder/reading';
import type { Writer } from './writer.ts';

/**
 * CSV that `metergram aggregate` reads: one row for each telegram with a reading, at the time of its reception. What
 * gave none is counted on standard error.
 */
export function readingsWriter(profiles: readonly DeviceProfile[]): Writer {
  const without = { error: 0, counter: 0, time: 0 };
  return {
    begin: () => 'meter,time,value,unit\n',
    telegram: ({ received, telegram }) => {
      const reading = readingOf(telegram, profiles);
      const time = received === undefined ? undefined : new Date(received);
      if (reading === undefined) {
        const damaged = telegram.issues.some((issue) => issue.severity === 'error');
        without[damaged ? 'error' : 'counter']++;
        return '';
      }
      if (time === undefined || Number.isNaN(time.getTime())) {
        without.time++;
        return '';
      }
      const meter = meterName(telegram.meter).replace(' ', '-');
      return `${meter},${time.toISOString()},${reading.value},${reading.unit}\n`;
    },
    end: () => '',
    note: () =>
      [
        [without.error, 'have an error'],
        [without.counter, 'hold no counter that is a reading'],
        [without.time, 'have no time of reception: give one behind # or as "time"'],
      ]
        .filter(([count]) => count !== 0)
        .map(([count, why]) => `no reading from ${count}: they ${why}\n`)
        .join(''),
  };
}
