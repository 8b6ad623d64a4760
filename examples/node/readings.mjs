// Prints the first number that each meter of the capture sends, newest last: node examples/node/readings.mjs
import { createDecoder } from '@metergram/decoder';
import { readFileSync } from 'node:fs';

const read = (name) =>
  readFileSync(new URL(name, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
const keys = read('keys.csv')
  .slice(1)
  .map((line) => line.split(','))
  .map(([manufacturer, id, key]) => ({ manufacturer, id, key }));
const decoder = await createDecoder({ keys });

for (const line of read('capture.txt')) {
  const [hex, comment = ''] = line.split('#').map((part) => part.trim());
  if (hex === '') continue;
  const { issues, meter, records } = decoder.decode(Buffer.from(hex, 'hex'));
  const [received] = comment.split(' ');
  const first = records.find(({ kind, value }) => kind === 'number' && value !== null);
  const fault = issues.find(({ severity }) => severity === 'error');
  if (fault) console.log(received, `${fault.code} at byte ${fault.offset}`);
  else if (first) console.log(received, meter?.id, first.quantity, first.value, first.unit);
}
