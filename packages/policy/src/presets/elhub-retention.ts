import type { Clock, RetentionRule } from '../types/index.ts';
import { ELHUB_ITEMS } from './elhub-items.ts';

/** The three years start only when both agreements are terminated, at the later of the two ends. */
const BOTH_ENDED: Clock = {
  base: 'after',
  event: { latest: ['power-agreement-ended', 'grid-agreement-ended'] },
};

const itemsOf = (rule: string): readonly string[] =>
  ELHUB_ITEMS.filter(({ retention }) => retention === rule).map(({ id }) => id);

type Row = Omit<RetentionRule, 'effect' | 'what' | 'cite'>;

const ROWS: readonly Row[] = [
  {
    id: 'elhub.ret.general',
    clock: BOTH_ENDED,
    stages: [{ after: 'P3Y', to: 'deleted' }],
    text: {
      nb: 'Så lenge kunden er bundet til leverandør og nettselskap, og tre år etter at begge avtaler er opphørt.',
      en: 'While the customer is bound to supplier and grid company, and three years after both agreements ended.',
    },
  },
  {
    id: 'elhub.ret.metering-point',
    clock: BOTH_ENDED,
    stages: [{ after: 'P3Y', to: 'deleted' }],
    text: {
      nb: 'Så lenge kunden har målepunktet, og tre år etter at begge avtaler er opphørt.',
      en: 'While the customer is responsible for the metering point, and three years after both agreements ended.',
    },
  },
  {
    id: 'elhub.ret.third-party',
    clock: {
      base: 'while',
      state: { any: [{ grant: {} }, 'responsible-for-metering-point'] },
    },
    stages: [{ after: 'P0D', to: 'deleted' }],
    ambiguous:
      'Read to the letter: as long as the grant or the responsibility lasts. "Whichever ends first" would be shorter. The right of access ends with the grant in both readings.',
    text: {
      nb: 'Så lenge tredjeparten er godkjent eller kunden har målepunktet.',
      en: 'As long as the third party is approved, or the customer is responsible for the metering point.',
    },
  },
  {
    id: 'elhub.ret.while-responsible',
    clock: { base: 'while', state: 'responsible-for-metering-point' },
    stages: [{ after: 'P0D', to: 'deleted' }],
    text: {
      nb: 'Så lenge kunden har målepunktet.',
      en: 'As long as the customer is responsible for the metering point.',
    },
  },
  {
    id: 'elhub.ret.delegated-responsibility',
    clock: {
      base: 'while',
      state: { any: ['delegation-active', 'responsible-for-metering-point'] },
    },
    stages: [{ after: 'P0D', to: 'deleted' }],
    ambiguous:
      'Read to the letter: as long as the delegation or the responsibility lasts. The sentence of the document is itself unclear.',
    text: {
      nb: 'Så lenge noen er ansvarlig for kunden, eller kunden selv har målepunktet.',
      en: 'As long as someone is responsible on behalf of the customer, or the customer is.',
    },
  },
  {
    id: 'elhub.ret.three-or-ten',
    clock: { base: 'age', clock: 'value-time', unstated: true },
    stages: [{ after: 'P3Y', to: 'deleted' }],
    unless: [
      {
        if: { event: 'customer-actively-ordered-10y-storage' },
        stages: [{ after: 'P10Y', to: 'deleted' }],
      },
    ],
    status: 'proposed',
    text: {
      nb: 'Tre år, eller ti om kunden selv har bestilt det. Når tiden begynner, står ikke; måletidspunktet er foreslått.',
      en: 'Three years, or ten where the customer actively ordered it. The start is not stated; the time of the value is proposed.',
    },
  },
  {
    id: 'elhub.ret.three-years',
    clock: { base: 'age', clock: 'event-time', unstated: true },
    stages: [{ after: 'P3Y', to: 'deleted' }],
    status: 'proposed',
    text: {
      nb: 'Tre år. Når tiden begynner, står ikke; tidspunktet for byttet eller flyttingen er foreslått.',
      en: 'Three years. The start is not stated; the time of the switch or the move is proposed.',
    },
  },
];

/** The document's seven periods, each over the items of its rows. */
export const ELHUB_RETENTION: readonly RetentionRule[] = ROWS.map((row) => ({
  ...row,
  effect: 'cap',
  what: itemsOf(row.id),
  cite: ELHUB_ITEMS.filter(({ retention }) => retention === row.id).map(
    ({ line }) => `elh:L${line}`,
  ),
}));
