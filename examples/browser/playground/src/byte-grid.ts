import type { ExplainedTelegram } from './telegrams.ts';
import { element } from './element.ts';
import { LAYERS } from './words.ts';

/** A telegram has up to 255 bytes and its CRCs; what is longer is no telegram, and its beginning is enough. */
const MOST_BYTES = 1024;

export interface ByteGrid {
  readonly root: HTMLElement;
  /** Cells by run of bytes, as `ExplainedTelegram.bytes` has them. */
  readonly cells: readonly (readonly HTMLElement[])[];
  /** Puts the keyboard on a byte; a byte that is not shown is the last. */
  focus(byte: number): void;
  /** Makes a byte the one that Tab comes to. */
  hold(byte: number): void;
}

/** The bytes as a grid: one stop for the Tab key, arrow keys inside. */
export function byteGrid(
  { bytes, telegram }: ExplainedTelegram,
  width: number,
  decrypted: boolean,
): ByteGrid {
  const cells: HTMLElement[][] = bytes.map(() => []);
  const all: HTMLElement[] = [];
  const faults = new Set(telegram.issues.map(({ offset }) => offset));
  for (const [field, run] of bytes.entries()) {
    const sent = run.hex.match(/../g) ?? [];
    const plain = run.plain?.match(/../g);
    for (const [i, pair] of sent.entries()) {
      const at = run.offset + i;
      if (at >= MOST_BYTES) break;
      const shown = (decrypted ? plain?.[i] : undefined) ?? pair;
      const fault = faults.has(at);
      const cell = element(
        'span',
        {
          role: 'gridcell',
          tabindex: -1,
          'data-fields': field,
          'data-byte': at,
          'aria-label': [
            `byte ${at}, ${pair.toUpperCase()}`,
            ...(plain ? [`decrypted ${plain[i]?.toUpperCase()}`] : []),
            ...(fault ? ['a fault stands here'] : []),
            `${LAYERS[run.layer]}, ${run.name}: ${run.meaning}`,
          ].join(', '),
          class: [
            'byte',
            `layer-${run.layer}`,
            ...(i === 0 ? ['first'] : []),
            ...(i === sent.length - 1 ? ['last'] : []),
            ...(plain && decrypted ? ['plain'] : []),
            ...(run.name === 'data' ? ['value'] : []),
            ...(fault ? ['fault'] : []),
          ].join(' '),
        },
        shown.toUpperCase(),
      );
      cells[field]?.push(cell);
      all.push(cell);
    }
  }
  const rows: HTMLElement[] = [];
  for (let from = 0; from < all.length; from += width)
    rows.push(
      element(
        'div',
        { role: 'row', class: 'byte-row' },
        element('span', { role: 'rowheader', class: 'byte-offset' }, String(from)),
        ...all.slice(from, from + width),
      ),
    );
  const root = element(
    'div',
    {
      role: 'grid',
      'aria-label': 'Bytes of the telegram',
      'aria-describedby': 'bytes-keys',
      class: 'byte-grid',
    },
    ...rows,
  );
  let held = 0;
  const hold = (byte: number): void => {
    if (all.length === 0) return;
    all[held]?.setAttribute('tabindex', '-1');
    held = Math.min(Math.max(byte, 0), all.length - 1);
    all[held]?.setAttribute('tabindex', '0');
  };
  const focus = (byte: number): void => {
    hold(byte);
    all[held]?.focus();
  };
  hold(0);
  root.addEventListener('keydown', (event) => {
    const next = moved(event, held, width, all.length);
    if (next === undefined) return;
    event.preventDefault();
    focus(next);
  });
  root.addEventListener('focusin', ({ target }) => {
    const byte = (target as HTMLElement).dataset['byte'];
    if (byte !== undefined) hold(Number(byte));
  });
  return { root, cells, focus, hold };
}

/** Where a key leads from a byte; the keys of a grid, as the ARIA practices have them. */
function moved(
  { key, ctrlKey }: KeyboardEvent,
  from: number,
  width: number,
  count: number,
): number | undefined {
  const row = from - (from % width);
  switch (key) {
    case 'ArrowRight':
      return from + 1;
    case 'ArrowLeft':
      return from - 1;
    case 'ArrowDown':
      return from + width < count ? from + width : from;
    case 'ArrowUp':
      return from >= width ? from - width : from;
    case 'Home':
      return ctrlKey ? 0 : row;
    case 'End':
      return ctrlKey ? count - 1 : row + width - 1;
    default:
      return undefined;
  }
}
