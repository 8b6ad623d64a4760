import { LANGUAGES, placeholders, TEXTS } from '@metergram/policy/lang';
import { describe, expect, it } from 'vitest';

const keys = Object.keys(TEXTS.en.messages) as (keyof typeof TEXTS.en.messages)[];
/** A sentence without its optional parts, and the parts. */
const optional = (sentence: string): readonly string[] =>
  [...sentence.matchAll(/\[([^\]]*)\]/g)].flatMap(([, part = '']) => [...placeholders(part)]);

describe('texts', () => {
  it('are there for every key in every language, and differ from English', () => {
    for (const language of LANGUAGES) {
      const { messages } = TEXTS[language];
      expect(TEXTS[language].language).toBe(language);
      expect(Object.keys(messages).sort()).toEqual([...keys].sort());
      for (const key of keys) expect(messages[key].trim()).not.toBe('');
      if (language !== 'en') {
        expect(keys.filter((key) => messages[key] === TEXTS.en.messages[key])).toEqual([]);
      }
    }
  });

  it.each(keys)('%s has the same parameters everywhere, and the same of them optional', (key) => {
    const english = TEXTS.en.messages[key];
    for (const language of LANGUAGES) {
      const sentence = TEXTS[language].messages[key];
      expect([...placeholders(sentence)].sort()).toEqual([...placeholders(english)].sort());
      expect([...optional(sentence)].sort()).toEqual([...optional(english)].sort());
    }
  });

  it('have no bracket or brace left open, and no part that is always left out', () => {
    for (const language of LANGUAGES) {
      for (const key of keys) {
        const sentence = TEXTS[language].messages[key];
        const rest = sentence.replace(/\[[^[\]]*\]/g, '').replace(/\{[a-z-]+\}/g, '');
        expect(rest).not.toMatch(/[[\]{}]/);
        for (const [, part = ''] of sentence.matchAll(/\[([^\]]*)\]/g)) {
          expect(placeholders(part).length).toBeGreaterThan(0);
        }
      }
    }
  });

  it('have headings of their own: four, none of them English or a sentence', () => {
    for (const language of LANGUAGES) {
      const headings = Object.values(TEXTS[language].headings);
      expect(new Set(headings).size).toBe(4);
      for (const heading of headings) expect(heading).toMatch(/^[a-zåäöæø ]+$/);
      if (language !== 'en')
        expect(headings.filter((each) => Object.values(TEXTS.en.headings).includes(each))).toEqual(
          [],
        );
    }
  });

  it('name every detail, basis, dimension and operator', () => {
    for (const language of LANGUAGES) {
      for (const part of [
        'details',
        'bases',
        'dimensions',
        'operators',
        'words',
        'headings',
      ] as const) {
        expect(Object.keys(TEXTS[language][part]).sort()).toEqual(
          Object.keys(TEXTS.en[part]).sort(),
        );
        for (const text of Object.values(TEXTS[language][part])) {
          expect(text.trim()).not.toBe('');
        }
      }
    }
  });
});
