/**
 * `@metergram/policy/lang`: what an engine says, in Norwegian, Swedish, Danish, Finnish and English. A small device that needs one
 * language takes `@metergram/policy/lang/speak` and, say, `@metergram/policy/lang/sv`.
 */
import { refuse } from './fault.ts';
import { da } from './lang/da.ts';
import { en } from './lang/en.ts';
import { fi } from './lang/fi.ts';
import { LANGUAGES } from './lang/language.ts';
import { nb } from './lang/nb.ts';
import type { Speaker, SpeakerOptions } from './lang/speak.ts';
import { speaker as speakerOf } from './lang/speak.ts';
import { sv } from './lang/sv.ts';
import type { LanguageTexts } from './lang/texts.ts';
import type { Language } from './types/term.ts';

export { inLanguage, LANGUAGES } from './lang/language.ts';
export type { Explanation, Line, Speaker, SpeakerOptions } from './lang/speak.ts';
export { placeholders } from './lang/speak.ts';
export type { Headings, LanguageTexts, Words } from './lang/texts.ts';

/** All texts of every language. */
export const TEXTS: Readonly<Record<Language, LanguageTexts>> = { nb, sv, da, fi, en };

/**
 * A speaker of a language. Throws `PolicyError` `question/bad-shape` for a language that is none of the five.
 *
 * @example
 *   speaker('sv', { policies: [ktc] }).explain(decision).because[0].text
 */
export function speaker(language: Language, options: SpeakerOptions = {}): Speaker {
  if (!Object.hasOwn(TEXTS, language))
    refuse('question/bad-shape', '/language', LANGUAGES.join(' or '));
  return speakerOf(TEXTS[language], options);
}
