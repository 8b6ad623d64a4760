import type { ByteGrid } from './byte-grid.ts';
import { element } from './element.ts';
import type { RowTable } from './tables.ts';
import type { ExplainedTelegram } from './telegrams.ts';
import { bytesOf, LAYERS, spaced } from './words.ts';

/** Of a longer run the beginning is told. */
const MOST_BYTES = 16;

interface Parts {
  readonly grid: ByteGrid;
  readonly records: RowTable;
  readonly fields: RowTable;
  /** Where the meaning of what is pointed at is told. */
  readonly panel: HTMLElement;
}

/** What an event is about, where that has bytes. */
const target = (event: Event): HTMLElement | null =>
  (event.target as Element).closest<HTMLElement>('[data-fields]');

/** The runs of bytes that a byte or a row stands for. */
const runsOf = (each: HTMLElement): number[] =>
  (each.dataset['fields'] ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number);

/**
 * Ties bytes, their explanation and their record together: what the mouse is over or the keyboard is on lights up
 * everywhere. Enter goes from a byte to its row and back.
 *
 * @param begin - the run of bytes that is pointed at before anybody points.
 */
export function point(
  root: HTMLElement,
  telegram: ExplainedTelegram,
  { grid, records, fields, panel }: Parts,
  begin: number,
): void {
  let resting: readonly number[] = begin < 0 ? [] : [begin];
  let lit: Element[] = [];

  function light(runs: readonly number[], from?: HTMLElement): void {
    for (const each of lit) each.classList.remove('pointed');
    const owners = new Set(runs.flatMap((run) => telegram.recordsOf[run] ?? []));
    lit = [
      ...runs.flatMap((run) => [...(grid.cells[run] ?? []), ...fields.rows.slice(run, run + 1)]),
      ...[...owners].flatMap((owner) => records.rows[owner] ?? []),
      ...(from ? [from] : []),
    ];
    for (const each of lit) each.classList.add('pointed');
    panel.replaceChildren(...meaning(telegram, runs));
  }

  root.addEventListener('pointerover', (event) => {
    const over = target(event);
    if (over) light(runsOf(over), over.dataset['record'] === undefined ? undefined : over);
    else light(resting);
  });
  root.addEventListener('pointerleave', () => {
    light(resting);
  });
  root.addEventListener('focusin', (event) => {
    const on = target(event);
    if (!on) return;
    resting = runsOf(on);
    light(resting, on.dataset['record'] === undefined ? undefined : on);
    const [run] = resting;
    if (run === undefined) return;
    if (on.dataset['byte'] === undefined) grid.hold(telegram.bytes[run]?.offset ?? 0);
    if (!fields.root.contains(on)) fields.hold(run);
    const [owner] = telegram.recordsOf[run] ?? [];
    if (!records.root.contains(on) && owner !== undefined) records.hold(owner);
  });
  root.addEventListener('keydown', (event) => {
    const on = target(event);
    const [run] = on === null ? [] : runsOf(on);
    if (on === null || run === undefined || event.key !== 'Enter') return;
    event.preventDefault();
    const [owner] = telegram.recordsOf[run] ?? [];
    if (on.dataset['byte'] === undefined) grid.focus(telegram.bytes[run]?.offset ?? 0);
    else ((owner === undefined ? undefined : records.rows[owner]) ?? fields.rows[run])?.focus();
  });
  grid.hold(telegram.bytes[resting[0] ?? 0]?.offset ?? 0);
  light(resting);
}

/** What the bytes that are pointed at say, in words. */
function meaning(telegram: ExplainedTelegram, runs: readonly number[]): HTMLElement[] {
  const told = runs.flatMap((run) => telegram.bytes[run] ?? []);
  const [first] = told;
  if (first === undefined)
    return [
      element('p', { class: 'hint' }, 'Point at a byte, or move to one with the arrow keys.'),
    ];
  const last = told.at(-1) ?? first;
  const end = last.offset + last.hex.length / 2 - 1;
  const place = end === first.offset ? `byte ${end}` : `bytes ${first.offset} to ${end}`;
  const owners = [...new Set(runs.flatMap((run) => telegram.recordsOf[run] ?? []))];
  return [
    element(
      'p',
      { class: 'place' },
      element('span', { class: `chip layer-${first.layer}` }, LAYERS[first.layer]),
      ` ${place}`,
    ),
    element(
      'p',
      { class: 'told-meaning' },
      last.name === 'data' ? spaced(last.meaning) : `${last.name}: ${spaced(last.meaning)}`,
    ),
    ...owners.map((owner) => element('p', { class: 'told-record' }, telegram.names[owner] ?? '')),
    ...told.map((run) =>
      element(
        'p',
        { class: 'told' },
        element('b', {}, run.name),
        ' ',
        element('code', {}, bytesOf((run.plain ?? run.hex).slice(0, 2 * MOST_BYTES))),
        ...(run === last ? [] : [` ${spaced(run.meaning)}`]),
      ),
    ),
    ...(first.clause === '' ? [] : [element('p', { class: 'told-clause' }, first.clause)]),
  ];
}
