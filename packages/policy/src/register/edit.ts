import type { Issue } from '@metergram/model';
import type { PartialText } from '../lang/language.ts';
import type { Activity, Category, Controller, ProposableField, Register } from './activity.ts';
import { PROPOSABLE } from './activity.ts';
import type { RegisterCode } from './check.ts';
import { requireEditable } from './usable.ts';
import { validateRegister } from './validate.ts';

/**
 * What an edit came to. Without an issue of severity `error`, `register` is the new one; with one, it is the old one, untouched.
 * Issues point into the register that the edit would have made.
 */
export interface Edited {
  readonly register: Register;
  readonly issues: readonly Issue[];
}

/** Every edit may say which day it was made; no clock is read. */
export interface EditOptions {
  /** `2026-01-31` */
  readonly on?: string;
}

/** What may be changed of an activity; its id stays. */
export type ActivityPatch = Partial<Omit<Activity, 'id' | 'proposed' | 'source'>>;

function finish(before: Register, after: Register, options: EditOptions): Edited {
  const next = options.on === undefined ? after : { ...after, updated: options.on };
  const issues = validateRegister(next);
  const failed = issues.some(({ severity }) => severity === 'error');
  return { register: failed ? before : next, issues };
}

function fail(register: Register, code: RegisterCode, pointer: string, message: string): Edited {
  return { register, issues: [{ code, severity: 'error', message, pointer }] };
}

function placeOf(register: Register, id: string): number {
  return register.activities.findIndex((activity) => activity.id === id);
}

function notFound(register: Register, id: string): Edited {
  return fail(register, 'register/not-found', '/activities', `there is no activity ${id}`);
}

/**
 * A new register with one activity more, at the end.
 *
 * This and every other edit throws `RegisterError` `register/bad-shape`, with a pointer, for what is no register at all.
 */
export function addActivity(
  register: Register,
  activity: Activity,
  options: EditOptions = {},
): Edited {
  requireEditable(register);
  return finish(register, { ...register, activities: [...register.activities, activity] }, options);
}

/**
 * A new register with some fields of one activity changed. A field that is given counts as the company's own from then on and
 * is no longer marked as proposed. `undefined` takes an optional field away.
 */
export function changeActivity(
  register: Register,
  id: string,
  patch: ActivityPatch,
  options: EditOptions = {},
): Edited {
  requireEditable(register);
  const place = placeOf(register, id);
  const old = register.activities[place];
  if (old === undefined) return notFound(register, id);
  const changed: Record<string, unknown> = { ...old };
  for (const [key, value] of Object.entries(patch)) {
    if (key === 'id' || key === 'proposed' || key === 'source') continue;
    if (value === undefined) delete changed[key];
    else changed[key] = value;
  }
  changed['proposed'] = old.proposed.filter((field) => !Object.hasOwn(patch, field));
  const activities = register.activities.with(place, changed as unknown as Activity);
  return finish(register, { ...register, activities }, options);
}

/** A new register without one activity. */
export function removeActivity(register: Register, id: string, options: EditOptions = {}): Edited {
  requireEditable(register);
  if (placeOf(register, id) < 0) return notFound(register, id);
  const activities = register.activities.filter((activity) => activity.id !== id);
  return finish(register, { ...register, activities }, options);
}

/** A new register in which fields of one activity, by default all, are confirmed as they stand. */
export function confirmActivity(
  register: Register,
  id: string,
  fields: readonly ProposableField[] = PROPOSABLE,
  options: EditOptions = {},
): Edited {
  requireEditable(register);
  const place = placeOf(register, id);
  const old = register.activities[place];
  if (old === undefined) return notFound(register, id);
  const proposed = old.proposed.filter((field) => !fields.includes(field));
  const activities = register.activities.with(place, { ...old, proposed });
  return finish(register, { ...register, activities }, options);
}

/** A new register that says who answers for the processing; what is not given stays. */
export function setController(
  register: Register,
  controller: Controller,
  options: EditOptions = {},
): Edited {
  requireEditable(register);
  return finish(
    register,
    { ...register, controller: { ...register.controller, ...controller } },
    options,
  );
}

/** A new register with one category more, at the end. */
export function addCategory(
  register: Register,
  category: Category,
  options: EditOptions = {},
): Edited {
  requireEditable(register);
  return finish(register, { ...register, categories: [...register.categories, category] }, options);
}

/** A new register without one category; refused while an activity stands under it. */
export function removeCategory(register: Register, id: string, options: EditOptions = {}): Edited {
  requireEditable(register);
  if (!register.categories.some((category) => category.id === id)) {
    return fail(register, 'register/not-found', '/categories', `there is no category ${id}`);
  }
  const place = register.activities.findIndex(({ category }) => category === id);
  if (place >= 0) {
    return fail(
      register,
      'register/category-in-use',
      `/activities/${place}/category`,
      `activities stand under ${id}`,
    );
  }
  const categories = register.categories.filter((category) => category.id !== id);
  return finish(register, { ...register, categories }, options);
}

/** A new register with a term of its own, or with another name for a built-in one. */
export function nameTerm(
  register: Register,
  term: string,
  name: PartialText,
  options: EditOptions = {},
): Edited {
  requireEditable(register);
  return finish(
    register,
    {
      ...register,
      terms: Object.fromEntries([...Object.entries(register.terms ?? {}), [term, name]]),
    },
    options,
  );
}
