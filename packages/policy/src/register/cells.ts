import type { Language } from '../lang/language.ts';
import { inLanguage } from '../lang/language.ts';
import type { Activity, Contact, ProposableField, Register } from './activity.ts';
import { PROPOSABLE } from './activity.ts';
import type { ColumnKey } from './labels.ts';
import { basisName, columnLabel, word } from './labels.ts';
import { erasureRules } from './link.ts';
import { erasureText } from './period.ts';
import type { TermKind } from './terms.ts';
import { termName } from './terms.ts';

/** One cell of an export: the values in it, and whether they are only proposed. */
export interface Cell {
  readonly values: readonly string[];
  readonly proposed: boolean;
}

const KINDS: Readonly<
  Record<'purposes' | 'subjects' | 'data' | 'recipients' | 'measures', TermKind>
> = {
  purposes: 'purpose',
  subjects: 'subject',
  data: 'data',
  recipients: 'recipient',
  measures: 'measure',
};

function contact(entry: Contact | undefined): readonly string[] {
  return entry === undefined ? [] : [`${entry.name}, ${entry.contact}`];
}

function isProposable(key: ColumnKey): key is ProposableField {
  return (PROPOSABLE as readonly string[]).includes(key);
}

function values(
  register: Register,
  activity: Activity,
  key: ColumnKey,
  language: Language,
): readonly string[] {
  const { controller } = register;
  switch (key) {
    case 'id':
      return [activity.id];
    case 'category': {
      const category = register.categories.find(({ id }) => id === activity.category);
      return [category === undefined ? activity.category : inLanguage(category.name, language)];
    }
    case 'name':
      return [inLanguage(activity.name, language)];
    case 'summary':
    case 'note': {
      const text = activity[key];
      return text === undefined ? [] : [inLanguage(text, language)];
    }
    case 'controller':
      return contact(controller.controller);
    case 'jointControllers':
      return (controller.jointControllers ?? []).flatMap(contact);
    case 'representative':
      return contact(controller.representative);
    case 'dpo':
      return contact(controller.dpo);
    case 'purposes':
    case 'subjects':
    case 'data':
    case 'recipients':
    case 'measures':
      return activity[key].length === 0
        ? [word('none-declared', language)]
        : activity[key].map((term) => termName(KINDS[key], term, language, register.terms));
    case 'bases':
      return activity.bases.map((basis) => basisName(basis, language));
    case 'special':
      return [word(activity.special ? 'yes' : 'no', language)];
    case 'transfers':
      return activity.transfers.length === 0
        ? [word('none-declared', language)]
        : activity.transfers.map(({ country, recipient, safeguard }) =>
            [country, recipient, termName('safeguard', safeguard, language)]
              .filter((part) => part !== undefined)
              .join(', '),
          );
    case 'erasure':
      return [erasureText(activity.erasure, language)];
    case 'rules':
      return [...(activity.rules ?? []), ...erasureRules(activity).map(({ id }) => id)];
    case 'status':
      return [
        activity.proposed.length === 0
          ? word('confirmed', language)
          : `${word('proposed', language)}: ${activity.proposed.map((field) => columnLabel(field, language)).join(', ')}`,
      ];
    case 'updated':
      return register.updated === undefined ? [] : [register.updated];
  }
}

/** What stands in one column of one activity's row, in words of `language`. */
export function cell(
  register: Register,
  activity: Activity,
  key: ColumnKey,
  language: Language,
): Cell {
  return {
    values: values(register, activity, key, language),
    proposed: isProposable(key) && activity.proposed.includes(key),
  };
}

/** A cell as one line of text, values parted by `; `, marked where it is only proposed. */
export function cellText(entry: Cell, language: Language): string {
  const text = entry.values.join('; ');
  return entry.proposed ? `${text} [${word('proposed', language)}]` : text;
}
