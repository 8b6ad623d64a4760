import { meaningOf } from '@metergram/decoder/meaning';
import { forPeople } from '../../../../packages/cli/src/decode/units.ts';
import { element } from './element.ts';
import { rowKeys } from './row-keys.ts';
import type { ExplainedTelegram } from './telegrams.ts';
import { bytesOf, LAYERS, spaced } from './words.ts';

export interface RowTable {
  readonly root: HTMLElement;
  readonly rows: readonly HTMLElement[];
  /** Makes a row the one that Tab comes to. */
  hold(row: number): void;
}

/** A table whose rows can be pointed at; roles are said outright, since narrow screens show rows as blocks. */
function pointable(
  label: string,
  className: string,
  columns: readonly string[],
  rows: readonly HTMLElement[],
): RowTable {
  const body = element('tbody', { role: 'rowgroup' }, ...rows);
  const head = element(
    'tr',
    { role: 'row' },
    ...columns.map((name) => element('th', { role: 'columnheader', scope: 'col' }, name)),
  );
  const hold = rowKeys(body, rows);
  const root = element(
    'table',
    { role: 'grid', 'aria-label': label, class: className },
    element('thead', { role: 'rowgroup' }, head),
    body,
  );
  return { root, rows, hold };
}

const cell = (className: string, ...children: readonly (Node | string)[]): HTMLElement =>
  element('td', { role: 'gridcell', class: className }, ...children);

/** What was measured: a row for each record. */
export function recordTable({ telegram, names, recordsOf }: ExplainedTelegram): RowTable {
  const rows = telegram.records.map((record, index) => {
    const { readingType } = meaningOf(record, telegram.meter);
    const fields = recordsOf.flatMap((owners, field) => (owners.includes(index) ? [field] : []));
    const shown = valueOf(record.value, record.kind, record.unit);
    return element(
      'tr',
      { role: 'row', tabindex: -1, 'data-record': index, 'data-fields': fields.join(' ') },
      cell('name', element('span', {}, ...breakable(names[index] ?? record.quantity))),
      cell(
        record.value === null ? 'amount none' : 'amount',
        element('span', { class: 'number' }, shown.value),
        ...(shown.unit === '' ? [] : [element('span', { class: 'unit' }, ` ${shown.unit}`)]),
      ),
      cell('type', readingType),
      cell('obis', record.obis ?? ''),
      cell('from', whence(record)),
    );
  });
  return pointable('Records', 'records', ['Name', 'Value', 'Kind', 'OBIS', 'From'], rows);
}

function valueOf(
  value: string | null,
  kind: string,
  unit: string,
): { value: string; unit: string } {
  if (value === null) return { value: kind === 'none' ? '—' : 'no valid value', unit: '' };
  if (kind === 'number') return forPeople(value, unit);
  return { value: kind === 'datetime' ? value.replace('T', ' ') : value, unit };
}

/** A long name may break behind each of its words. */
function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=_)/).flatMap((word, i) => (i === 0 ? [word] : [element('wbr'), word]));
}

function whence(record: ExplainedTelegram['telegram']['records'][number]): string {
  const parts = [
    ...(record.function === 'instantaneous' ? [] : [record.function]),
    ...(record.storage > 0 ? [`storage ${record.storage}`] : []),
    ...(record.tariff > 0 ? [`tariff ${record.tariff}`] : []),
    ...(record.subunit > 0 ? [`subunit ${record.subunit}`] : []),
    ...(record.origin === undefined ? [] : [`from ${record.origin}`]),
  ];
  return [...parts, `byte ${record.offset}`].join(', ');
}

/** What each run of bytes says. */
export function fieldTable({ bytes }: ExplainedTelegram): RowTable {
  const rows = bytes.map((run, field) =>
    element(
      'tr',
      { role: 'row', tabindex: -1, 'data-fields': field },
      cell('at', String(run.offset)),
      cell(
        'bytes',
        element('span', { class: `chip layer-${run.layer}` }, shortBytes(run.plain ?? run.hex)),
        ...(run.plain === undefined
          ? []
          : [element('span', { class: 'sent' }, ` sent as ${shortBytes(run.hex)}`)]),
      ),
      cell('field', run.name),
      cell('meaning', spaced(run.meaning)),
      cell('clause', element('span', {}, LAYERS[run.layer]), ' ', element('span', {}, run.clause)),
    ),
  );
  return pointable(
    'Byte by byte',
    'fields',
    ['At', 'Bytes', 'Field', 'Meaning', 'Layer and clause'],
    rows,
  );
}

/** Long runs (fillers, noise) by their beginning. */
function shortBytes(hex: string): string {
  const most = 8;
  return hex.length > 2 * most
    ? `${bytesOf(hex.slice(0, 2 * most))} … ${hex.length / 2} bytes`
    : bytesOf(hex);
}
