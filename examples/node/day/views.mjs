// Who may see the building's series, how fine, and why: the rules of a Swedish energy service (the preset `ktc`) asked
// four questions about one flat. The tenant has agreed that a television provider may show her days, not her hours.
import { compile, filterRows } from '@metergram/policy';
import { ktc } from '@metergram/policy/presets';
import { bars, forPeople, sum } from './picture.mjs';

const TENANT = 'tenant-0101';
const TELEVISION = 'television';
const engine = compile(ktc);

/**
 * @param {readonly import('./series.mjs').MeterSeries[]} meters
 * @param {Readonly<Record<string, readonly string[]>>} flats meters of each flat
 */
function views(meters, flats) {
  const points = meters.flatMap(({ series }) => series.points);
  const span = {
    start: Math.min(...points.map(({ start }) => Date.parse(start))),
    end: Math.max(...points.map(({ end }) => Date.parse(end))),
  };
  const at = span.end;
  const known = engine.know(facts(span));
  const questions = [
    {
      who: 'The tenant of flat 0101, her own meters',
      flat: '0101',
      actor: { id: TENANT, roles: ['household'] },
      do: 'read',
      for: 'presentation',
      in: 'presentation-ui',
      facts: household('0101'),
    },
    {
      who: 'The tenant of flat 0101, the neighbour’s meters',
      flat: '0102',
      actor: { id: TENANT, roles: ['household'] },
      do: 'read',
      for: 'presentation',
      in: 'presentation-ui',
      facts: household('0102'),
    },
    {
      who: 'A technician, flat 0102, with the tenant’s name',
      flat: '0102',
      actor: { id: 'technician', roles: ['ktc.operations-technician'] },
      do: 'read',
      for: 'monitor',
      fields: ['meter-id', 'apartment-number', 'meter-data', 'name'],
      accepts: ['mask'],
    },
    {
      who: 'The television provider, flat 0101, which has agreed to days',
      flat: '0101',
      actor: { id: TELEVISION, roles: ['third-party'] },
      do: 'fetch',
      for: 'presentation',
      facts: { 'recipient.securityCommitment': 'same-level' },
    },
    {
      who: 'The television provider, flat 0102, which was never asked',
      flat: '0102',
      actor: { id: TELEVISION, roles: ['third-party'] },
      do: 'fetch',
      for: 'presentation',
      facts: { 'recipient.securityCommitment': 'same-level' },
    },
  ];
  return questions.map(({ flat, who, ...question }) => {
    const decision = engine.decide(
      { at, what: 'meter-data', object: flat, detail: 'PT1H', span, ...question },
      known,
    );
    const own = meters.filter(({ meter }) => flats[flat].includes(meter));
    return { who, decision, because: reasons(decision), shown: seen(decision, own, flat) };
  });
}

/** The views as text for a terminal. */
export function printed(meters, flats) {
  return views(meters, flats)
    .flatMap(({ because, decision, shown, who }) => [
      '',
      `${who}: ${decision.outcome.replace('-', ' ')}`,
      ...because.flatMap((text) => wrapped(`because: ${text}`)),
      ...shown.map((text) => `  ${text}`),
    ])
    .join('\n');
}

function household(flat) {
  return { 'resource.household': flat, 'actor.household': '0101' };
}

/** Lines of at most 78 characters, set in. */
function wrapped(text) {
  return text
    .match(/.{1,74}(?:\s|$)/g)
    .map((line, index) => `  ${index === 0 ? '' : '  '}${line.trimEnd()}`);
}

/** Who lives where, and what the tenant of flat 0101 agreed to. */
function facts({ start }) {
  const base = { at: start, seen: start };
  return [
    { type: 'tenancy', object: '0101', party: TENANT, ...base },
    { type: 'tenancy', object: '0102', party: 'tenant-0102', ...base },
    {
      type: 'grant',
      ...base,
      grant: {
        id: 'days-on-television',
        from: TENANT,
        to: TELEVISION,
        what: ['meter-data'],
        purposes: ['presentation'],
        finest: 'P1D',
        span: { start: null, end: null },
        valid: { start, end: null },
        state: 'active',
        method: 'active-act-in-portal',
      },
    },
  ];
}

/** The rules that decided, in the preset's own words. */
function reasons({ because }) {
  const ids = [...new Set(because.map(({ rule }) => rule).filter(Boolean))];
  return ids.map((id) => ktc.rules.find((rule) => rule.id === id)?.text?.en ?? id);
}

/** What the rows hold, in the policy's words. */
const FIELDS = {
  meter: 'meter-id',
  flat: 'apartment-number',
  tenant: 'name',
  start: 'meter-data',
  end: 'meter-data',
  value: 'meter-data',
  unit: 'meter-data',
};

/** A line for each meter with what may be seen of it: hours where they may be, else the day. */
function seen(decision, meters, flat) {
  return meters.flatMap(({ medium, meter, series: { points, unit } }) => {
    const rowOf = ({ end, start, value }) => ({
      meter,
      flat,
      tenant: 'A. Person',
      start: Date.parse(start),
      end: Date.parse(end),
      value,
      unit,
    });
    const day = {
      start: points[0].start,
      end: points.at(-1).end,
      value: sum(points.map(({ value }) => value)),
    };
    for (const [detail, rows] of [
      ['PT1H', points.map(rowOf)],
      ['P1D', [rowOf(day)]],
    ]) {
      const view = { start: (row) => row.start, end: (row) => row.end, detail, fields: FIELDS };
      const shown = filterRows(decision, rows, view);
      if (shown.length > 0) return [lineOf(shown, medium)];
    }
    return [];
  });
}

function lineOf(rows, medium) {
  const [{ flat, meter, tenant, unit }] = rows;
  const values = rows.map(({ value }) => value);
  const total = forPeople(sum(values), unit);
  const shown = rows.length > 1 ? bars(values) : 'the day';
  const whose = tenant === undefined ? `${flat}, no name` : flat;
  return `${meter} ${medium.replaceAll('_', ' ').padEnd(11)} ${shown.padEnd(24)} ${(total.value ?? 'none').padStart(7)} ${total.unit.padEnd(3)} ${whose}`;
}
