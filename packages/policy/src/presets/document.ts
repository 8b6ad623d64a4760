import type { Citation } from '../types/index.ts';

/** Articles of the GDPR that the presets stand on beside their documents, by the key that rules cite. */
export const GDPR: Readonly<Record<string, Citation>> = Object.fromEntries(
  (
    [
      ['gdpr:A5-1-b', 'Art. 5(1)(b)'],
      ['gdpr:A5-1-c', 'Art. 5(1)(c)'],
      ['gdpr:A5-1-e', 'Art. 5(1)(e)'],
      ['gdpr:A6-1', 'Art. 6(1)'],
      ['gdpr:A12-3', 'Art. 12(3)'],
      ['gdpr:A15', 'Art. 15'],
      ['gdpr:A16', 'Art. 16'],
      ['gdpr:A17-3-b', 'Art. 17(3)(b)'],
      ['gdpr:A21', 'Art. 21'],
      ['gdpr:A28', 'Art. 28'],
      ['gdpr:A33', 'Art. 33'],
      ['gdpr:A34', 'Art. 34'],
      ['gdpr:A46', 'Art. 46'],
    ] as const
  ).map(([key, clause]) => [key, { title: 'Regulation (EU) 2016/679 (GDPR)', clause }]),
);

/** A citation for each line of a document that rules stand on: `ktc:L7` is line 7 of the document `ktc`. */
export function lines(
  document: string,
  title: string,
  lang: string,
  numbers: readonly number[],
): Readonly<Record<string, Citation>> {
  return Object.fromEntries(
    numbers.map((line) => [`${document}:L${line}`, { title, clause: `line ${line}`, lang }]),
  );
}
