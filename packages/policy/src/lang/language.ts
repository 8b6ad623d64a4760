import type { Language } from '../types/term.ts';

export type { Language } from '../types/term.ts';

/** In the order in which tables of this package write them. */
export const LANGUAGES: readonly Language[] = ['nb', 'sv', 'da', 'fi', 'en'];

/** A text in every language. */
export type Text = Readonly<Record<Language, string>>;

/** A text that is not translated everywhere; English is always there. */
export type PartialText = Readonly<Partial<Record<Language, string>> & { en: string }>;

/** `text` in `language`, else in English. */
export function inLanguage(text: Text | PartialText, language: Language): string {
  return text[language] ?? text.en;
}
