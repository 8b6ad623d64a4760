import type { Medium } from './demand.ts';

/** How a meter's telegrams are protected. `ell` is AES-CTR in the extended link layer (CI 8D). */
export type Protection = 'none' | 'mode5' | 'mode7' | 'ell';

/** Meters that are alike. */
export interface MeterGroup {
  readonly count: number;
  readonly medium: Medium;
  /** Three letters. Default `XMG`, which belongs to nobody known. */
  readonly manufacturer?: string;
  /** Id of the first one, eight decimal digits; the others count up. Default: from the group's place in the list. */
  readonly firstId?: string;
  /** Default `wireless`. */
  readonly link?: 'wireless' | 'wired';
  /** Frame format on the air; null (the default) is what most receivers hand on: CRCs checked and removed. */
  readonly format?: 'A' | 'B' | null;
  /** Default `mode5` for wireless meters, `none` for wired ones. */
  readonly protection?: Protection;
  /** What the list of keys says of the group. Default `right`. */
  readonly keys?: 'right' | 'wrong' | 'missing';
  /** Seconds between telegrams. Default 3600. */
  readonly interval?: number;
  /** Use in a usual year: kWh for heat and electricity, m³ for water and gas, units for a heat cost allocator. */
  readonly annual?: number;
  /** Solar panels, kW peak, for electricity: what is not used at once is exported. */
  readonly solar?: number;
  /** Digits of the register: it rolls over to zero after 10^digits - 1 steps. Default 8. */
  readonly digits?: number;
  /** Register at the start, in steps. Default: some years of use. */
  readonly initial?: number;
  /** How fast or slow the clocks are, parts per million, at most. Default 20. */
  readonly drift?: number;
  /** Instant at which every meter of the group is exchanged for a new one, ISO 8601 with zone. */
  readonly exchange?: string;
}

/** A radio receiver. */
export interface Receiver {
  readonly name: string;
  /** Share of telegrams that it does not hear, 0 to 1. Default 0. */
  readonly loss?: number;
}

/** Faults on the way, as shares of the telegrams, 0 to 1. */
export interface Damage {
  /** One bit is wrong. */
  readonly bitError?: number;
  /** The end is missing. */
  readonly cutShort?: number;
}

/**
 * A fleet: what it is, and for how long it is watched. The same description gives the same telegrams, byte for byte, on
 * every machine.
 */
export interface FleetDescription {
  /** Integer. Default 1. */
  readonly seed?: number;
  /** First instant, ISO 8601 with zone: `2026-01-15T00:00:00+01:00`. */
  readonly start: string;
  /** End of the time watched, not included. */
  readonly end: string;
  /** Minutes from UTC to the civil time that the meters' clocks keep, all year. Default 60. */
  readonly utcOffset?: number;
  readonly meters: readonly MeterGroup[];
  /** Default: one that hears everything. Wired telegrams pass no receiver. */
  readonly receivers?: readonly Receiver[];
  readonly damage?: Damage;
}

/** What is wrong with a description: code, JSON pointer, reason. */
export interface FleetIssue {
  /**
   * `simulate/bad-time`: no instant with a zone, or an end that is not after the start. `simulate/out-of-range`: a number
   * outside its limits. `simulate/bad-meter`: a manufacturer, id, medium or combination that no meter has.
   * `simulate/unknown-field`: a name that means nothing here, as one that is misspelt.
   */
  readonly code:
    | 'simulate/bad-time'
    | 'simulate/out-of-range'
    | 'simulate/bad-meter'
    | 'simulate/unknown-field';
  readonly severity: 'error';
  readonly pointer: string;
  readonly message: string;
}

const MEDIA: readonly Medium[] = [
  'heat',
  'water',
  'warm_water',
  'electricity',
  'gas',
  'heat_cost_allocator',
];

const WORDS = {
  link: ['wireless', 'wired'],
  format: ['A', 'B'],
  protection: ['none', 'mode5', 'mode7', 'ell'],
  keys: ['right', 'wrong', 'missing'],
} as const;

/** The fields of each part of a description. */
const FLEET: Named<FleetDescription> = {
  seed: 1,
  start: 1,
  end: 1,
  utcOffset: 1,
  meters: 1,
  receivers: 1,
  damage: 1,
};
const GROUP: Named<MeterGroup> = {
  count: 1,
  medium: 1,
  manufacturer: 1,
  firstId: 1,
  link: 1,
  format: 1,
  protection: 1,
  keys: 1,
  interval: 1,
  annual: 1,
  solar: 1,
  digits: 1,
  initial: 1,
  drift: 1,
  exchange: 1,
};
const RECEIVER: Named<Receiver> = { name: 1, loss: 1 };
const DAMAGE: Named<Damage> = { bitError: 1, cutShort: 1 };
type Named<T> = { readonly [Name in keyof Required<T>]: 1 };

/** Every fault of a description; none means that it can be simulated. */
export function fleetIssues(fleet: FleetDescription): FleetIssue[] {
  const issues: FleetIssue[] = [];
  const refuse = (code: FleetIssue['code'], pointer: string, message: string): void => {
    issues.push({ code, severity: 'error', pointer, message });
  };
  const range = (value: number | undefined, low: number, high: number, pointer: string): void => {
    if (value !== undefined && !(value >= low && value <= high)) {
      refuse('simulate/out-of-range', pointer, `${value} is not from ${low} to ${high}`);
    }
  };
  const known = (given: object | undefined, fields: object, pointer: string): void => {
    for (const name of Object.keys(given ?? {}))
      if (!Object.hasOwn(fields, name)) {
        const names = Object.keys(fields).join(', ');
        refuse('simulate/unknown-field', `${pointer}/${name}`, `is no field; there are ${names}`);
      }
  };
  known(fleet, FLEET, '');
  known(fleet.damage, DAMAGE, '/damage');
  for (const name of ['start', 'end'] as const) {
    if (instant(fleet[name]) === null) {
      refuse('simulate/bad-time', `/${name}`, 'an ISO 8601 instant with a zone is needed');
    }
  }
  if ((instant(fleet.end) ?? 0) <= (instant(fleet.start) ?? -1)) {
    refuse('simulate/bad-time', '/end', 'the end is not after the start');
  }
  range(fleet.utcOffset, -840, 840, '/utcOffset');
  range(fleet.damage?.bitError, 0, 1, '/damage/bitError');
  range(fleet.damage?.cutShort, 0, 1, '/damage/cutShort');
  if (fleet.receivers !== undefined && !Array.isArray(fleet.receivers)) {
    refuse('simulate/out-of-range', '/receivers', 'a list is needed');
  } else
    fleet.receivers?.forEach((receiver, i) => {
      known(receiver, RECEIVER, `/receivers/${i}`);
      range(receiver.loss, 0, 1, `/receivers/${i}/loss`);
    });
  if (fleet.meters.length === 0) refuse('simulate/bad-meter', '/meters', 'there are none');
  for (const [i, group] of fleet.meters.entries()) {
    const at = `/meters/${i}`;
    known(group, GROUP, at);
    range(group.count, 1, 1_000_000, `${at}/count`);
    range(group.interval, 1, 31_536_000, `${at}/interval`);
    range(group.annual, 0, 1e9, `${at}/annual`);
    range(group.solar, 0, 1e6, `${at}/solar`);
    range(group.digits, 4, 8, `${at}/digits`);
    range(group.initial, 0, 10 ** (group.digits ?? 8) - 1, `${at}/initial`);
    range(group.drift, 0, 10_000, `${at}/drift`);
    if (!MEDIA.includes(group.medium)) {
      refuse('simulate/bad-meter', `${at}/medium`, `medium is one of ${MEDIA.join(', ')}`);
    }
    for (const [field, words] of Object.entries(WORDS)) {
      const word = group[field as keyof typeof WORDS];
      if (word !== undefined && word !== null && !(words as readonly string[]).includes(word)) {
        refuse('simulate/bad-meter', `${at}/${field}`, `${field} is one of ${words.join(', ')}`);
      }
    }
    if (group.manufacturer !== undefined && !/^[A-Z]{3}$/.test(group.manufacturer)) {
      refuse('simulate/bad-meter', `${at}/manufacturer`, 'three letters A to Z are needed');
    }
    if (group.firstId !== undefined && !/^\d{8}$/.test(group.firstId)) {
      refuse('simulate/bad-meter', `${at}/firstId`, 'eight decimal digits are needed');
    }
    if (group.exchange !== undefined && instant(group.exchange) === null) {
      refuse('simulate/bad-time', `${at}/exchange`, 'an ISO 8601 instant with a zone is needed');
    }
    if (group.link === 'wired' && (group.protection === 'ell' || group.protection === 'mode7')) {
      refuse('simulate/bad-meter', `${at}/protection`, 'wired meters have none, or mode 5');
    }
  }
  return issues;
}

/** Milliseconds since 1970 of ISO 8601 text that names its zone. */
export function instant(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text)) return null;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
