import type { Issue } from '@metergram/model';
import { LANGUAGES } from '../lang/language.ts';
import { PROPOSABLE } from './activity.ts';
import { Faults, step } from './check.ts';
import { MOMENT_NAMES } from './moments.ts';
import { isPeriod } from './period.ts';
import type { TermKind } from './terms.ts';
import { TERMS } from './terms.ts';

const BASES = [
  'consent',
  'contract',
  'legal-obligation',
  'vital-interests',
  'public-task',
  'legitimate-interest',
];
const SAFEGUARDS = ['adequacy', 'scc', 'bcr', 'derogation'];
const MOST_ACTIVITIES = 10_000;
const MOST_TERMS = 1000;

type Shape = Readonly<Record<string, unknown>>;

/** Own terms that the register declares; names like `__proto__` never count as declared. */
function ownTerms(faults: Faults, register: Shape): ReadonlySet<string> {
  if (register['terms'] === undefined) return new Set();
  const found = faults.object(register['terms'], '/terms');
  const keys = found === undefined ? [] : Object.keys(found);
  for (const key of keys) text(faults, found?.[key], step('/terms', key));
  return new Set(keys);
}

/** A text in some languages, English among them. */
function text(faults: Faults, value: unknown, pointer: string): void {
  const texts = faults.object(value, pointer);
  if (texts === undefined) return;
  faults.text(texts['en'], step(pointer, 'en'));
  for (const key of Object.keys(texts)) {
    if (!(LANGUAGES as readonly string[]).includes(key)) {
      faults.add('register/bad-shape', step(pointer, key), `one of ${LANGUAGES.join(', ')}`);
    } else if (key !== 'en') faults.text(texts[key], step(pointer, key));
  }
}

function terms(
  faults: Faults,
  kind: TermKind,
  value: unknown,
  own: ReadonlySet<string>,
  pointer: string,
): number {
  const list = faults.list(value, pointer, MOST_TERMS);
  for (const [i, entry] of list.entries()) {
    const term = faults.text(entry, step(pointer, i));
    if (term !== undefined && !TERMS[kind].has(term) && !own.has(term)) {
      faults.add(
        'register/unknown-term',
        step(pointer, i),
        `${term} is no ${kind} term; declare it in the register's terms`,
      );
    }
  }
  return list.length;
}

function period(faults: Faults, value: unknown, pointer: string): void {
  const found = faults.text(value, pointer);
  if (found !== undefined && !isPeriod(found)) {
    faults.add('register/bad-period', pointer, `${found} is no period of years, months and days`);
  }
}

/** Events and states may be the company's own; one without a name in words is worth knowing. */
function moment(faults: Faults, value: unknown, pointer: string): void {
  const found = faults.text(value, pointer);
  if (found !== undefined && !MOMENT_NAMES.has(found)) {
    faults.add('register/unknown-moment', pointer, `${found} has no name in words`, 'info');
  }
}

function erasure(faults: Faults, value: unknown, pointer: string): void {
  const found = faults.object(value, pointer);
  if (found === undefined) return;
  const base = faults.oneOf(
    found['base'],
    ['age', 'after', 'while', 'until'],
    step(pointer, 'base'),
  );
  if (base === undefined) return;
  if (base !== 'until') period(faults, found['after'], step(pointer, 'after'));
  if (base === 'age') faults.oneOf(found['of'], ['value-time', 'event-time'], step(pointer, 'of'));
  else if (base === 'after') moment(faults, found['event'], step(pointer, 'event'));
  else if (base === 'while') moment(faults, found['state'], step(pointer, 'state'));
  else {
    const events = faults.list(found['events'], step(pointer, 'events'), MOST_TERMS);
    if (events.length === 0) {
      faults.add('register/bad-shape', step(pointer, 'events'), 'at least one event is expected');
    }
    for (const [i, event] of events.entries()) {
      moment(faults, event, step(step(pointer, 'events'), i));
    }
    if (found['atMost'] !== undefined) {
      const atMost = faults.object(found['atMost'], step(pointer, 'atMost'));
      period(faults, atMost?.['after'], step(step(pointer, 'atMost'), 'after'));
      if (atMost?.['event'] !== undefined) {
        moment(faults, atMost['event'], step(step(pointer, 'atMost'), 'event'));
      }
    }
  }
}

function contact(faults: Faults, value: unknown, pointer: string): void {
  const entry = faults.object(value, pointer);
  faults.text(entry?.['name'], step(pointer, 'name'));
  faults.text(entry?.['contact'], step(pointer, 'contact'));
}

function transfers(faults: Faults, value: unknown, pointer: string): void {
  for (const [i, entry] of faults.list(value, pointer, MOST_TERMS).entries()) {
    const at = step(pointer, i);
    const transfer = faults.object(entry, at);
    faults.text(transfer?.['country'], step(at, 'country'));
    faults.oneOf(transfer?.['safeguard'], SAFEGUARDS, step(at, 'safeguard'));
    if (transfer?.['recipient'] !== undefined) {
      faults.text(transfer['recipient'], step(at, 'recipient'));
    }
  }
}

function activity(
  faults: Faults,
  value: unknown,
  categories: ReadonlySet<string>,
  own: ReadonlySet<string>,
  pointer: string,
): string | undefined {
  const found = faults.object(value, pointer);
  if (found === undefined) return undefined;
  const at = (key: string): string => step(pointer, key);
  const id = faults.text(found['id'], at('id'));
  const category = faults.text(found['category'], at('category'));
  if (category !== undefined && !categories.has(category)) {
    faults.add('register/unknown-category', at('category'), `there is no category ${category}`);
  }
  text(faults, found['name'], at('name'));
  if (found['summary'] !== undefined) text(faults, found['summary'], at('summary'));
  if (found['note'] !== undefined) text(faults, found['note'], at('note'));
  if (terms(faults, 'purpose', found['purposes'], own, at('purposes')) === 0) {
    faults.add('register/no-purpose', at('purposes'), 'Article 30(1)(b) asks for the purposes');
  }
  const bases = faults.list(found['bases'], at('bases'), BASES.length);
  if (bases.length === 0) {
    faults.add('register/no-basis', at('bases'), 'no point of Article 6(1) is given');
  }
  for (const [i, basis] of bases.entries()) faults.oneOf(basis, BASES, step(at('bases'), i));
  const persons = terms(faults, 'subject', found['subjects'], own, at('subjects'));
  const data = terms(faults, 'data', found['data'], own, at('data'));
  if (persons === 0 || data === 0) {
    faults.add(
      'register/no-data',
      at(persons === 0 ? 'subjects' : 'data'),
      'Article 30(1)(c) asks for the categories of persons and of data',
    );
  }
  if (typeof found['special'] !== 'boolean') {
    faults.add('register/bad-shape', at('special'), 'true or false is expected');
  } else if (found['special'] && found['note'] === undefined) {
    faults.add(
      'register/no-condition',
      at('note'),
      'name the condition of Article 9(2)',
      'warning',
    );
  }
  terms(faults, 'recipient', found['recipients'], own, at('recipients'));
  transfers(faults, found['transfers'], at('transfers'));
  erasure(faults, found['erasure'], at('erasure'));
  terms(faults, 'measure', found['measures'], own, at('measures'));
  if (found['rules'] !== undefined) {
    for (const [i, rule] of faults.list(found['rules'], at('rules'), MOST_TERMS).entries()) {
      faults.text(rule, step(at('rules'), i));
    }
  }
  if (found['source'] !== undefined) {
    const source = faults.object(found['source'], at('source'));
    faults.text(source?.['document'], step(at('source'), 'document'));
    if (!Number.isFinite(source?.['line']))
      faults.add('register/bad-shape', step(at('source'), 'line'), 'a number is expected');
  }
  const proposed = faults.list(found['proposed'], at('proposed'), PROPOSABLE.length);
  for (const [i, field] of proposed.entries()) {
    faults.oneOf(field, PROPOSABLE, step(at('proposed'), i));
  }
  if (proposed.length > 0) {
    faults.add(
      'register/not-confirmed',
      at('proposed'),
      `${proposed.length} fields are proposed and not confirmed`,
      'info',
    );
  }
  return id;
}

function unique(faults: Faults, ids: readonly (string | undefined)[], pointer: string): void {
  const seen = new Set<string>();
  for (const [i, id] of ids.entries()) {
    if (id !== undefined && seen.has(id)) {
      faults.add('register/duplicate-id', step(step(pointer, i), 'id'), `${id} is there twice`);
    }
    if (id !== undefined) seen.add(id);
  }
}

/**
 * What is wrong with a register, or with anything that claims to be one: every fault with its place as a JSON pointer, in the
 * order of the document. Never throws on data. `error`: it cannot be used; `warning`: Article 30 or 9 asks for more; `info`:
 * worth knowing, such as fields that are only proposed.
 */
export function validateRegister(value: unknown): readonly Issue[] {
  const faults = new Faults();
  const register = faults.object(value, '');
  if (register === undefined) return faults.issues;
  faults.text(register['id'], '/id');
  text(faults, register['title'], '/title');
  const who = faults.object(register['controller'], '/controller');
  if (who !== undefined && who['controller'] === undefined) {
    faults.add(
      'register/no-controller',
      '/controller/controller',
      'Article 30(1)(a) asks who the controller is',
      'warning',
    );
  }
  for (const key of ['controller', 'representative', 'dpo'])
    if (who?.[key] !== undefined) contact(faults, who[key], step('/controller', key));
  if (who?.['jointControllers'] !== undefined) {
    const place = '/controller/jointControllers';
    for (const [i, entry] of faults.list(who['jointControllers'], place, MOST_TERMS).entries())
      contact(faults, entry, step(place, i));
  }
  if (register['updated'] !== undefined) faults.text(register['updated'], '/updated');
  const categories = faults
    .list(register['categories'], '/categories', MOST_TERMS)
    .map((entry, i) => {
      const found = faults.object(entry, step('/categories', i));
      if (found === undefined) return undefined;
      text(faults, found['name'], step(step('/categories', i), 'name'));
      return faults.text(found['id'], step(step('/categories', i), 'id'));
    });
  unique(faults, categories, '/categories');
  const known = new Set(categories.filter((id) => id !== undefined));
  const own = ownTerms(faults, register);
  const ids = faults
    .list(register['activities'], '/activities', MOST_ACTIVITIES)
    .map((entry, i) => activity(faults, entry, known, own, step('/activities', i)));
  unique(faults, ids, '/activities');
  return faults.issues;
}
