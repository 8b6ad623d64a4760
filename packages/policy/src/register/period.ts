import type { Language } from '../lang/language.ts';
import type { Erasure } from './activity.ts';
import { momentName } from './moments.ts';

/** ISO 8601 calendar duration of whole units, at least one of them: `P3Y`, `P1Y6M`, `P90D`, `P0D`. */
const DURATION = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,5})D)?$/;

/** Whether a text is a period that the register can state. */
export function isPeriod(text: string): boolean {
  return DURATION.test(text);
}

type Plural = readonly [one: string, many: string];
const UNITS: Readonly<Record<Language, readonly [years: Plural, months: Plural, days: Plural]>> = {
  nb: [
    ['år', 'år'],
    ['måned', 'måneder'],
    ['dag', 'dager'],
  ],
  sv: [
    ['år', 'år'],
    ['månad', 'månader'],
    ['dag', 'dagar'],
  ],
  da: [
    ['år', 'år'],
    ['måned', 'måneder'],
    ['dag', 'dage'],
  ],
  fi: [
    ['vuosi', 'vuotta'],
    ['kuukausi', 'kuukautta'],
    ['päivä', 'päivää'],
  ],
  en: [
    ['year', 'years'],
    ['month', 'months'],
    ['day', 'days'],
  ],
};

/** `P3Y` → `3 years`; a text that is no period is given as it stands. */
export function periodName(period: string, language: Language): string {
  const match = DURATION.exec(period);
  if (match === null) return period;
  const parts = UNITS[language].flatMap(([one, many], i) => {
    const count = Number(match[i + 1] ?? 0);
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return parts.length === 0 ? `0 ${UNITS[language][2][1]}` : parts.join(' ');
}

interface Phrases {
  readonly value: string;
  readonly event: string;
  readonly after: string;
  readonly atOnce: string;
  readonly while: string;
  readonly whileAnd: string;
  readonly until: string;
  readonly atMost: string;
  readonly collected: string;
  readonly or: string;
}

// {d} a period, {m} an event or state. Colons keep the events out of the sentence's grammar.
const PHRASES: Readonly<Record<Language, Phrases>> = {
  nb: {
    value: '{d} etter måletidspunktet',
    event: '{d} etter hendelsen',
    after: '{d} etter: {m}',
    atOnce: 'straks: {m}',
    while: 'så lenge: {m}',
    whileAnd: 'så lenge: {m}; deretter {d}',
    until: 'til: {m}',
    atMost: '; senest {d} etter: {m}',
    collected: 'innsamling',
    or: ' eller ',
  },
  sv: {
    value: '{d} efter mättidpunkten',
    event: '{d} efter händelsen',
    after: '{d} efter: {m}',
    atOnce: 'genast: {m}',
    while: 'så länge: {m}',
    whileAnd: 'så länge: {m}; därefter {d}',
    until: 'till: {m}',
    atMost: '; senast {d} efter: {m}',
    collected: 'insamling',
    or: ' eller ',
  },
  da: {
    value: '{d} efter måletidspunktet',
    event: '{d} efter hændelsen',
    after: '{d} efter: {m}',
    atOnce: 'straks: {m}',
    while: 'så længe: {m}',
    whileAnd: 'så længe: {m}; derefter {d}',
    until: 'indtil: {m}',
    atMost: '; senest {d} efter: {m}',
    collected: 'indsamling',
    or: ' eller ',
  },
  fi: {
    value: 'mittaushetken jälkeen: {d}',
    event: 'tapahtuman jälkeen: {d}',
    after: '{d} siitä, kun: {m}',
    atOnce: 'heti, kun: {m}',
    while: 'niin kauan kuin: {m}',
    whileAnd: 'niin kauan kuin: {m}; sen jälkeen {d}',
    until: 'kunnes: {m}',
    atMost: '; enintään {d} siitä, kun: {m}',
    collected: 'tiedot kerättiin',
    or: ' tai ',
  },
  en: {
    value: '{d} after the time of metering',
    event: '{d} after the event',
    after: '{d} after: {m}',
    atOnce: 'at once when: {m}',
    while: 'as long as: {m}',
    whileAnd: 'as long as: {m}; then {d}',
    until: 'until: {m}',
    atMost: '; at the latest {d} after: {m}',
    collected: 'collection',
    or: ' or ',
  },
};

function isZero(period: string): boolean {
  return /^P(?:0+[YMD])+$/.test(period);
}

/** A time limit for erasure in words. */
export function erasureText(erasure: Erasure, language: Language): string {
  const phrase = PHRASES[language];
  const fill = (text: string, period: string, moment: string): string =>
    text.replace('{d}', () => periodName(period, language)).replace('{m}', () => moment);
  switch (erasure.base) {
    case 'age':
      return fill(erasure.of === 'value-time' ? phrase.value : phrase.event, erasure.after, '');
    case 'after': {
      const moment = momentName(erasure.event, language);
      return fill(isZero(erasure.after) ? phrase.atOnce : phrase.after, erasure.after, moment);
    }
    case 'while': {
      const moment = momentName(erasure.state, language);
      return fill(isZero(erasure.after) ? phrase.while : phrase.whileAnd, erasure.after, moment);
    }
    case 'until': {
      const events = erasure.events.map((event) => momentName(event, language)).join(phrase.or);
      const { atMost } = erasure;
      if (atMost === undefined) return fill(phrase.until, '', events);
      const start =
        atMost.event === undefined ? phrase.collected : momentName(atMost.event, language);
      return fill(phrase.until, '', events) + fill(phrase.atMost, atMost.after, start);
    }
  }
}
