import type { Paint } from '../terminal.ts';
import { countLine, keyNote, many } from './table.ts';
import type { Decoded, Writer } from './writer.ts';

/** Kinds of damage that are kept for the end; more than that is no overview. */
const MOST_FAULTS = 200;

interface Fault {
  readonly decoded: Decoded;
  count: number;
}

/**
 * An overview of a long capture: the newest telegram of each meter, in order of manufacturer and id, then one of each
 * kind of damage with how often it came. Memory grows with the meters, not with the telegrams.
 */
export function latestWriter(inner: Writer, paint: Paint): Writer {
  const newest = new Map<string, Decoded>();
  const faults = new Map<string, Fault>();
  const seen = new Set<string>();
  let telegrams = 0;
  let faulty = 0;
  let keyless = 0;
  let beyond = 0;
  return {
    begin: () => inner.begin(),
    telegram: (decoded) => {
      telegrams++;
      const { issues, meter, records } = decoded.telegram;
      const name =
        meter === null ? '' : `${meter.manufacturer ?? '---'} ${meter.id} ${meter.medium}`;
      if (meter !== null) seen.add(name);
      const errors = issues.filter((issue) => issue.severity === 'error');
      if (errors.length === 0) {
        // What is only a request or an acknowledgement takes no reading's place.
        if (records.length > 0 || !newest.has(name)) newest.set(name, decoded);
        return '';
      }
      faulty++;
      if (decoded.telegram.security.state === 'key-missing') keyless++;
      const kind = `${name}/${errors.map((issue) => issue.code).join()}`;
      const known = faults.get(kind);
      if (known) known.count++;
      else if (faults.size < MOST_FAULTS) faults.set(kind, { decoded, count: 1 });
      else beyond++;
      return '';
    },
    end: () => {
      const meters = [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, decoded]) => decoded);
      const damaged = [...faults.values()].map(({ decoded, count }) =>
        count === 1 ? decoded : withCount(decoded, count - 1),
      );
      const text = [...meters, ...damaged].map((decoded) => inner.telegram(decoded)).join('');
      const more = beyond > 0 ? `and ${beyond} more damaged telegrams\n` : '';
      const counted = `${many(telegrams, 'telegram')} of ${many(seen.size, 'meter')}`;
      const shown = 'shown: the newest of each meter, and each kind of damage';
      return `${text}${more}${countLine(paint, counted, faulty)}${paint('dim', shown)}\n`;
    },
    note: () => keyNote(keyless),
  };
}

function withCount(decoded: Decoded, others: number): Decoded {
  const { telegram } = decoded;
  const note = `; ${others} more like it`;
  const last = telegram.issues.findLastIndex((issue) => issue.severity === 'error');
  const issues = telegram.issues.map((issue, index) =>
    index === last ? { ...issue, message: issue.message + note } : issue,
  );
  return { ...decoded, telegram: { ...telegram, issues } };
}
