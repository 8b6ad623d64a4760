import { createDecoder } from '@metergram/decoder';

const [form, status, rows] = ['form', '[role=status]', 'tbody'].map((at) =>
  document.querySelector(at),
);
const { telegrams, key } = form.elements;
const decoder = await createDecoder();

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const decoded = telegrams.value
    .split('\n')
    .map((line) => line.replaceAll(/[^0-9a-f]/gi, ''))
    .filter((digits) => digits !== '')
    .map((digits) => Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)))
    .map((bytes) => decoder.decode(bytes, key.value === '' ? {} : { key: key.value }));
  rows.replaceChildren(...decoded.flatMap(rowsOf));
  status.textContent = `${decoded.length} decoded`;
});
form.requestSubmit();

/** A row for each record, and one for each thing that is wrong, with the byte where it stands. */
function rowsOf({ meter, records, issues }) {
  const name = meter ? [`${meter.manufacturer ?? ''} ${meter.id}`, meter.medium] : ['', ''];
  return [
    ...records.map(({ quantity, unit, value }) =>
      rowWith('', [...name, quantity.replaceAll('_', ' '), `${value ?? 'no valid value'} ${unit}`]),
    ),
    ...issues.map(({ code, message, offset }) =>
      rowWith('issue', [...name, code, `byte ${offset}: ${message}`]),
    ),
  ];
}

function rowWith(className, texts) {
  const row = document.createElement('tr');
  row.className = className;
  for (const text of texts) row.insertCell().textContent = text;
  return row;
}
