import type { PolicyCode, PolicyIssue } from './types/issue.ts';
import type { Dimension } from './types/term.ts';
import { parseDuration } from './duration.ts';
import { fault, pointerTo } from './intake.ts';
import { rank } from './lattice.ts';
import { meaning } from './vocabulary.ts';
import type { TermsByDimension } from './context.ts';
import { parseInstant, type Zone } from './zone.ts';

/**
 * Shapes of everything in a policy, one line each: `name:type`, `name?:type` where it may be absent. Types: `s` text, `S`
 * texts (at least one), `L` texts, `b` boolean, `n` number, `d` date, `p` duration or `$parameter`, `D` detail, `v` value
 * of a fact, `x` anything, `a|b` one of these words, `@shape`, `*shape` a list, `+shape` a list of one or more, `%shape` a
 * map, `#who` references to terms of a dimension. A shape that begins with `…` may have more than it lists.
 */
const SHAPES: Readonly<Record<string, string>> = {
  policy:
    '$schema?:s id:s version:s validFrom:d validTo?:d noticed?:d tz:s vocab:@vocab parameters?:%parameter facts?:%factInfo cites?:%cite rules:*rule activities?:*activity systems?:*system flows?:*flow tenancy?:required|when-known',
  vocab: 'who?:%term do?:%term what?:%term for?:%term in?:%term',
  term: 'is?:S personal?:b identifier?:direct|indirect dpv?:s label?:%s',
  parameter: 'type:duration|number|text|terms default?:x label?:%s status?:stated|proposed',
  factInfo: 'label?:%s type?:s',
  cite: 'title:s uri?:s clause?:s quote?:s lang?:s',
  activity: '… id:s purposes:L basis:*basis what?:S rules?:S status?:stated|proposed',
  system:
    'id:s supplier?:s role?:s holds:L never?:S agreement?:own|signed|parent|missing country?:s',
  flow: 'from:s to:s what?:S for?:S every?:s',
  rule: 'id:s effect:x cite?:S validFrom?:d validTo?:d status?:stated|inferred|proposed text?:%s',
  access:
    'who?:#who do:#do what?:#what for?:#for in?:#in flow?:#in key?:s every?:p finest?:D basis?:@basis if?:@cond unless?:@cond then?:*duty tenancy?:holder|none',
  retention:
    'what:#what in?:#in for?:#for clock:@clock stages:+stage if?:@cond unless?:*branch basis?:@basis approximate?:b ambiguous?:s',
  dutyRule: 'who?:#who on:s must:s to?:S within?:P before?:s every?:p if?:@cond unless?:@cond',
  classify: 'what:#what as:#what if?:@cond',
  note: 'from?:s who?:S reason:s',
  stage: 'after:p to:D deidentified?:b',
  branch: 'if:@cond stages:+stage',
  all: 'all:+cond',
  any: 'any:+cond',
  not: 'not:@cond',
  grant: 'grant:@pattern',
  event: 'event:s',
  state: 'state:s',
  fact: 'fact:s op?:eq|ne|in|lt|le|gt|ge|isa|exists|before|after|subsetOf|finerThan|activeAt value?:v',
  pattern:
    'from?:s to:$actor|$recipient for?:#1for what?:#1what state?:active method?:s kind?:consent|delegation',
  age: 'base:age clock:value-time|event-time unstated?:b',
  after: 'base:after|until event:@when unstated?:b',
  while: 'base:while state:@during unstated?:b',
  latest: 'latest:+when',
  earliest: 'earliest:+when',
  anyState: 'any:+during',
  allState: 'all:+during',
  grantState: 'grant:@held',
  held: 'to?:s for?:s what?:s',
  log: 'do:log|deidentify|limit-to-order-scope',
  mask: 'do:mask except:S',
  coarsen: 'do:coarsen to:D',
  substitute: 'do:substitute by:s',
  notify: 'do:notify who:s',
};

const BASES =
  'consent|contract|legal-obligation|vital-interests|public-task|legitimate-interest'.split('|');

const KINDS: Readonly<Record<string, string>> = {
  permit: 'access',
  forbid: 'access',
  keep: 'retention',
  cap: 'retention',
  duty: 'dutyRule',
  classify: 'classify',
  inherit: 'note',
  info: 'note',
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The first of some words that is a key of the value. */
const keyIn = (value: Json, words: readonly string[]): string | undefined =>
  words.find((word) => Object.prototype.hasOwnProperty.call(value, word));

/** Which shape a value with alternatives has; `''` for none, null where a plain text will do. */
function shapeOf(name: string, value: unknown): string | null {
  if ((name === 'when' || name === 'during') && typeof value === 'string') return null;
  if (!isObject(value)) return '';
  switch (name) {
    case 'cond':
      return keyIn(value, ['all', 'any', 'not', 'grant', 'event', 'state', 'fact']) ?? '';
    case 'when':
      return keyIn(value, ['latest', 'earliest']) ?? '';
    case 'during': {
      const key = keyIn(value, ['any', 'all', 'grant']);
      return key === undefined ? '' : `${key}State`;
    }
    case 'clock': {
      const base = String(value['base']);
      return base === 'until' ? 'after' : ['age', 'after', 'while'].includes(base) ? base : '';
    }
    case 'duty': {
      const word = String(value['do']);
      return ['mask', 'coarsen', 'substitute', 'notify'].includes(word) ? word : 'log';
    }
    default:
      return name;
  }
}

/** What is needed to judge references, dates and parameters; null while only shapes are looked at. */
export interface Meaning {
  readonly terms: TermsByDimension;
  readonly zone: Zone;
  readonly parameters: Json;
}

/** Check a value against a shape; issues go to `issues`. */
export function checkShape(
  name: string,
  given: unknown,
  root: string,
  issues: PolicyIssue[],
  sense: Meaning | null,
): void {
  const say = (pointer: string, message: string, code: PolicyCode = 'policy/bad-shape'): void => {
    issues.push(fault(code, pointer, message));
  };

  const record = (shape: string, value: unknown, at: string): void => {
    const kind = shapeOf(shape, value);
    if (kind === null) return;
    if (shape === 'basis') {
      if (!BASES.includes(value as string)) say(at, 'no legal basis');
      return;
    }
    if (!isObject(value)) return say(at, 'must be an object');
    let text = SHAPES[kind];
    if (shape === 'rule') {
      const effect = String(value['effect']);
      const more = keyIn(KINDS, [effect]);
      if (more === undefined) return say(`${at}/effect`, 'no effect that we know');
      text += ` ${SHAPES[KINDS[effect]!]}`;
    }
    if (text === undefined) return say(at, `no ${shape} that we know`);
    const left = new Set(Object.keys(value));
    for (const token of text.split(' ')) {
      if (token === '…') {
        left.clear();
        continue;
      }
      const [, key, optional, type] = /^([$\w]+)(\??):(.*)$/.exec(token)!;
      if (keyIn(value, [key!]) === undefined) {
        if (optional === '')
          say(at, `lacks ${key}`, key === 'clock' ? 'policy/no-clock' : 'policy/bad-shape');
        continue;
      }
      left.delete(key!);
      check(type!, value[key!], `${at}/${key}`);
    }
    for (const key of left) say(pointerTo(at, key), 'means nothing here');
  };

  const texts = (value: unknown, at: string, least: number): value is readonly string[] => {
    if (
      Array.isArray(value) &&
      value.length >= least &&
      value.every((x) => x !== '' && typeof x === 'string')
    )
      return true;
    say(at, 'must be a list of words');
    return false;
  };

  const check = (type: string, value: unknown, at: string): void => {
    const rest = type.slice(1);
    const isText = typeof value === 'string' && value !== '';
    switch (type[0]) {
      case '@':
        return record(rest, value, at);
      case '*':
      case '+':
        if (!Array.isArray(value) || (type[0] === '+' && value.length === 0))
          return say(at, 'must be a list');
        for (let i = 0; i < value.length; i++) record(rest, value[i], `${at}/${i}`);
        return;
      case '%':
        if (!isObject(value)) return say(at, 'must be an object');
        for (const key of Object.keys(value))
          if (rest === 's') check('s', value[key], pointerTo(at, key));
          else record(rest, value[key], pointerTo(at, key));
        return;
      case '#': {
        const one = rest[0] === '1';
        const list = one ? [value] : value;
        if (!texts(list, at, 1) || sense === null) return;
        const dimension = (one ? rest.slice(1) : rest) as Dimension;
        for (let i = 0; i < list.length; i++)
          if (meaning(sense.terms[dimension], list[i]!) === null)
            say(
              one ? at : `${at}/${i}`,
              `${dimension}: ${list[i]} is not declared`,
              'policy/unknown-term',
            );
        return;
      }
      default:
    }
    switch (type) {
      case 's':
        if (!isText) say(at, 'must be a text');
        break;
      case 'S':
      case 'L':
        texts(value, at, type === 'S' ? 1 : 0);
        break;
      case 'b':
        if (typeof value !== 'boolean') say(at, 'must be true or false');
        break;
      case 'd':
        if (!isText || (sense !== null && parseInstant(value, sense.zone) === null))
          say(at, 'is no date', 'policy/bad-date');
        break;
      case 'P':
        if (value !== 'undue-delay') check('p', value, at);
        break;
      case 'p':
        if (isText && value[0] === '$') {
          if (sense !== null && keyIn(sense.parameters, [value.slice(1)]) === undefined)
            say(at, `${value} is not declared`, 'policy/unknown-parameter');
        } else if (!isText || parseDuration(value) === null) {
          say(at, 'is no duration', 'policy/bad-duration');
        }
        break;
      case 'D':
        if (!isText || rank(value) < 0) say(at, 'is no detail', 'policy/bad-detail');
        break;
      case 'v':
        if (value === null) say(at, 'must be a value');
        break;
      case 'x':
        break;
      default:
        if (!type.split('|').includes(value as string)) say(at, `must be one of ${type}`);
    }
  };

  record(name, given, root);
}
