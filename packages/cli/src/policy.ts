import {
  check,
  compile,
  type Decision,
  type Engine,
  type FactValue,
  type Language,
  type Policy,
  PolicyError,
  type Question,
} from '@metergram/policy';
import { LANGUAGES, speaker, type Speaker } from '@metergram/policy/lang';
import { lint } from '@metergram/policy/lint';
import type { Io } from './io.ts';
import { HELP } from './policy-help.ts';
import { instantOf, readFacts, readItems, readPolicies, readQuestions } from './policy-input.ts';
import { printRegister } from './policy-register.ts';
import { paragraph, table } from './policy-table.ts';
import { printable } from './terminal.ts';
import { nearest, oneOf, parseArguments, UsageError } from './usage.ts';

const WORDS = ['check', 'lint', 'decide', 'explain', 'plan', 'register'] as const;
type Word = (typeof WORDS)[number];
/** Rows of a plan that are laid out together; memory stays bounded however many follow. */
const PAGE = 1000;

/** What the options came to. */
interface Call {
  readonly io: Io;
  readonly names: readonly string[];
  readonly format: string;
  readonly language: Language;
  readonly question?: string | undefined;
  readonly items?: string | undefined;
  readonly layout?: string | undefined;
  readonly output?: string | undefined;
  readonly facts?: string | undefined;
  readonly at?: number | undefined;
  readonly seen?: number | undefined;
  readonly parameters: Readonly<Record<string, FactValue>>;
}

/** `metergram policy`. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    question: { type: 'string' },
    items: { type: 'string' },
    facts: { type: 'string' },
    at: { type: 'string' },
    seen: { type: 'string' },
    set: { type: 'string', multiple: true },
    lang: { type: 'string', default: 'en' },
    format: { type: 'string', default: 'table' },
    layout: { type: 'string' },
    output: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    await io.stdout.write(HELP);
    return 0;
  }
  const [word, ...names] = positionals;
  if (word === undefined) throw new UsageError(`which of ${WORDS.join(', ')}?`);
  if (!(WORDS as readonly string[]).includes(word)) {
    const near = nearest(word, WORDS);
    throw new UsageError(
      `no policy command ${JSON.stringify(word)}`,
      near && `did you mean ${near}?`,
    );
  }
  if (names.length === 0 && word !== 'register')
    throw new UsageError('name a policy file or a preset');
  const formats =
    word === 'register' ? ['table', 'json', 'csv', 'html', 'jsonld', 'xlsx'] : ['table', 'json'];
  const call: Call = {
    io,
    names,
    format: oneOf('--format', values.format, formats),
    language: oneOf('--lang', values.lang === 'no' ? 'nb' : values.lang, LANGUAGES),
    question: values.question,
    items: values.items,
    layout: values.layout,
    output: values.output,
    facts: values.facts,
    at: values.at === undefined ? undefined : instantOf('--at', values.at),
    seen: values.seen === undefined ? undefined : instantOf('--seen', values.seen),
    parameters: parametersOf(values.set ?? []),
  };
  return COMMANDS[word as Word](call);
}

function parametersOf(list: readonly string[]): Record<string, FactValue> {
  const result: Record<string, FactValue> = {};
  for (const each of list) {
    const cut = each.indexOf('=');
    if (cut < 1) throw new UsageError('--set takes NAME=VALUE');
    const value = each.slice(cut + 1);
    result[each.slice(0, cut)] = /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return result;
}

const COMMANDS: Readonly<Record<Word, (call: Call) => Promise<number>>> = {
  check: checkPolicies,
  lint: lintPolicies,
  decide: (call) => decideAll(call, false),
  explain: (call) => decideAll(call, true),
  plan: planItems,
  register: ({ io, names, ...options }) => printRegister(io, names, options),
};

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

async function checkPolicies({ io, names, format }: Call): Promise<number> {
  const given = await readPolicies(names);
  const issues = check(given);
  if (format === 'json') for (const issue of issues) await io.stdout.write(line(issue));
  else if (issues.length === 0) {
    const rules = (given as Policy[]).reduce((sum, policy) => sum + policy.rules.length, 0);
    await io.stdout.write(
      `${given.length} ${given.length === 1 ? 'policy' : 'policies'}, ${rules} rules: no fault found\n`,
    );
  } else {
    const rows = issues.map(({ code, pointer, message }) => [code, pointer, message]);
    await io.stdout.write(
      table(
        [
          { name: 'code', least: 12 },
          { name: 'place', least: 10 },
          { name: 'what', least: 20, wraps: true },
        ],
        rows,
        io,
      ),
    );
  }
  return issues.length > 0 ? 1 : 0;
}

async function lintPolicies({ io, names, format, language }: Call): Promise<number> {
  const given = await readPolicies(names);
  const findings = lint(given);
  const say = speaker(language, { policies: check(given).length === 0 ? (given as Policy[]) : [] });
  if (format === 'json') for (const each of findings) await io.stdout.write(line(each));
  else {
    const rows = findings.map((each) => [
      each.severity,
      each.rule ?? each.policy ?? '',
      say.say(each),
    ]);
    const columns = [
      { name: 'severity', least: 7 },
      { name: 'rule', least: 8 },
      { name: 'what', least: 24, wraps: true },
    ];
    await io.stdout.write(rows.length === 0 ? 'nothing found\n' : table(columns, rows, io));
  }
  return findings.some((each) => each.severity === 'error') ? 1 : 0;
}

/** Policies that can be used; their faults are told and end the command. */
async function engineOf({ io, names, parameters }: Call): Promise<Engine | null> {
  try {
    return compile((await readPolicies(names)) as Policy[], { parameters });
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    for (const { code, pointer, message } of error.issues)
      await io.stderr.write(`metergram policy: ${code} at ${pointer || '/'}: ${message}\n`);
    return null;
  }
}

async function knownOf(
  engine: Engine,
  { facts, seen, io }: Call,
): Promise<ReturnType<Engine['know']>> {
  try {
    return engine.know(await readFacts(facts, io), seen);
  } catch (error) {
    if (error instanceof PolicyError) throw new UsageError(`${facts}: ${error.message}`);
    throw error;
  }
}

async function decideAll(call: Call, explain: boolean): Promise<number> {
  const { io, question: file, format, language } = call;
  if (file === undefined) throw new UsageError('--question FILE says what to decide');
  const engine = await engineOf(call);
  if (engine === null) return 2;
  const known = await knownOf(engine, call);
  const voice = speaker(language, { policies: engine.policies });
  let denied = false;
  for await (const question of readQuestions(file, call.at, io)) {
    const decision = engine.decide(question, known);
    if (decision.outcome === 'deny') denied = true;
    await io.stdout.write(
      format === 'json'
        ? line(explain ? { ...decision.toJSON(), words: voice.explain(decision) } : decision)
        : inWords(question, decision, voice, explain, io),
    );
  }
  return denied ? 1 : 0;
}

const isWord = (part: unknown): part is string => typeof part === 'string';

function inWords(
  question: Question,
  decision: Decision,
  voice: Speaker,
  explain: boolean,
  io: Io,
): string {
  const words = voice.explain(decision);
  // Whatever the file held: what cannot be read is not repeated, and the ground says what it was.
  const { actor, do: act, what, for: purpose, in: system } = question ?? {};
  const kinds = [what].flat().filter(isWord).join(' + ');
  const asked = [actor?.id, act, kinds, purpose, system].filter(
    (part) => isWord(part) && part !== '',
  );
  const unread = decision.because.some(({ key }) => key === 'deny.bad-request');
  const told = unread ? [words.because[0]!.text] : asked.map((part) => printable(part!));
  const head = `${words.outcome.replace(/\.$/, '')}: ${told.join(', ')}\n`;
  if (!explain) return head;
  const { headings } = voice;
  return [
    head,
    paragraph(
      headings.because,
      words.because.map(({ text, cites }) =>
        cites.length === 0 ? text : `${text} [${cites.join('; ')}]`,
      ),
      io,
    ),
    paragraph(headings.obligations, words.obligations, io),
    paragraph(headings.nearest, words.nearest, io),
    paragraph(headings.until, [words.until], io),
    '\n',
  ].join('');
}

const iso = (at: number | null): string =>
  at === null ? '' : new Date(at).toISOString().replace('.000Z', 'Z');

async function planItems(call: Call): Promise<number> {
  const { io, items: file, at, format } = call;
  if (file === undefined) throw new UsageError('--items FILE says what is stored');
  if (at === undefined) throw new UsageError('--at INSTANT says for when the plan is');
  const engine = await engineOf(call);
  if (engine === null) return 2;
  const known = await knownOf(engine, call);
  const planner = engine.planner(known, { now: at, parameters: call.parameters });
  const columns = ['item', 'do', 'to', 'due', 'next', 'rule'].map((name) => ({
    name,
    least: name === 'rule' ? 8 : 6,
  }));
  let rows: string[][] = [];
  let piece = '';
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await io.stdout.write(table(columns, rows, io));
    if (piece !== '') await io.stdout.write(piece);
    rows = [];
    piece = '';
  };
  try {
    for await (const operation of planner.stream(readItems(file, io))) {
      const { item, op, to, due, next, because } = operation;
      if (format === 'json') piece += line(operation);
      else
        rows.push([
          item,
          op,
          to ?? '',
          iso(due),
          iso(next),
          [...new Set(because.flatMap(({ rule }) => rule ?? []))].join(' '),
        ]);
      if (rows.length >= PAGE || piece.length > 65_536) await flush();
    }
  } catch (error) {
    await flush();
    if (error instanceof PolicyError)
      throw new UsageError(`${file}, item ${planner.summary().items + 1}: ${error.message}`);
    throw error;
  }
  await flush();
  const { items, counts, nextDue } = planner.summary();
  const sums = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([op, count]) => `${op} ${count}`);
  await io.stderr.write(
    `${items} items: ${sums.join(', ') || 'none'}${nextDue === null ? '' : `; next due ${iso(nextDue)}`}\n`,
  );
  return 0;
}
