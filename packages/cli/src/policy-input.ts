import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Fact, Item, Question } from '@metergram/policy';
import { albertslund, elhub, karleby, ktc, norwegian } from '@metergram/policy/presets';
import type { Io } from './io.ts';
import { nearest, UsageError } from './usage.ts';

const PRESETS: Readonly<Record<string, unknown>> = { ktc, karleby, albertslund, elhub, norwegian };
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;

/** Policies by file or by the name of a preset; whatever is in the files, unchecked. */
export async function readPolicies(names: readonly string[]): Promise<unknown[]> {
  const policies: unknown[] = [];
  for (const name of names) {
    const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name] : undefined;
    const given = preset ?? parse(await text(name), name);
    policies.push(...(Array.isArray(given) ? (given as unknown[]) : [given]));
  }
  return policies;
}

async function text(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const near = nearest(file, Object.keys(PRESETS));
    const code = (error as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new UsageError(
      `cannot read ${file} (${code})`,
      near && `did you mean the preset ${near}?`,
    );
  }
}

function parse(source: string, name: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    throw new UsageError(`${name} is not JSON`);
  }
}

/** An instant as people write it: ISO 8601 with an offset, or epoch milliseconds. */
export function instantOf(option: string, value: string): number {
  const at = INSTANT.test(value) ? Date.parse(value) : /^-?\d+$/.test(value) ? Number(value) : NaN;
  if (!Number.isSafeInteger(at))
    throw new UsageError(`${option} must be an instant with an offset, as 2026-06-01T00:00:00Z`);
  return at;
}

/** Instants written as text become the milliseconds that the engine counts in, at any depth. */
export function withInstants(value: unknown): unknown {
  if (typeof value === 'string') return INSTANT.test(value) ? Date.parse(value) : value;
  if (Array.isArray(value)) return value.map(withInstants);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, withInstants(each)]));
}

async function* lines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of source) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split('\n');
    rest = parts.pop()!;
    yield* parts;
  }
  yield rest + decoder.decode();
}

/**
 * The objects of a file or of standard input: one a line, or all of them in one JSON array (which is then held whole).
 * A document of several lines is read as a whole when its first line is no object of its own.
 */
export async function* readObjects(name: string, io: Io): AsyncGenerator<unknown> {
  const source = name === '-' ? io.stdin : createReadStream(name);
  let held = '';
  let number = 0;
  try {
    for await (const line of lines(source)) {
      number += 1;
      if (held === '' && line.trim() === '') continue;
      if (held === '') {
        let value: unknown;
        try {
          value = JSON.parse(line);
        } catch {
          if (number > 1 && /^\s*\{.*\}\s*$/.test(line))
            throw new UsageError(`${name}, line ${number} is not JSON`);
          held = line;
          continue;
        }
        yield* Array.isArray(value) ? (value as unknown[]) : [value];
      } else held += `\n${line}`;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(
      `cannot read ${name} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'})`,
    );
  }
  if (held === '') return;
  const value = parse(held, name);
  yield* Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Recorded facts of a file; none without one. */
export async function readFacts(name: string | undefined, io: Io): Promise<Fact[]> {
  const facts: Fact[] = [];
  if (name === undefined) return facts;
  for await (const fact of readObjects(name, io)) facts.push(withInstants(fact) as Fact);
  return facts;
}

/** Every part of a question; the type says when one is missing here. */
const PARTS: Readonly<Record<keyof Question, true>> = {
  at: true,
  actor: true,
  onBehalfOf: true,
  do: true,
  what: true,
  for: true,
  in: true,
  flow: true,
  subject: true,
  object: true,
  recipient: true,
  detail: true,
  span: true,
  fields: true,
  deidentified: true,
  restrictedTo: true,
  accepts: true,
  facts: true,
};

/** What is misspelt would be a question about more than was meant. */
function refuseOthers(question: unknown, number: number): void {
  if (typeof question !== 'object' || question === null || Array.isArray(question)) return;
  const other = Object.keys(question).find((part) => !Object.hasOwn(PARTS, part));
  if (other === undefined) return;
  const near = nearest(other, Object.keys(PARTS));
  throw new UsageError(
    `question ${number}: ${other} is no part of a question`,
    near ? `did you mean ${near}?` : `parts are ${Object.keys(PARTS).join(', ')}`,
  );
}

/** Questions of a file; `at` stands in for those that name no instant. Parts that no question has are refused. */
export async function* readQuestions(
  name: string,
  at: number | undefined,
  io: Io,
): AsyncGenerator<Question> {
  let number = 0;
  for await (const given of readObjects(name, io)) {
    number += 1;
    refuseOthers(given, number);
    const question = withInstants(given) as Partial<Question>;
    yield (
      typeof question === 'object' &&
      question !== null &&
      question.at === undefined &&
      at !== undefined
        ? { ...question, at }
        : question
    ) as Question;
  }
}

/** Stored items of a file, one after the other. */
export async function* readItems(name: string, io: Io): AsyncGenerator<Item> {
  for await (const item of readObjects(name, io)) yield withInstants(item) as Item;
}
