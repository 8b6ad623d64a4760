import type { PolicyCode } from './types/issue.ts';
import type { TermsByDimension } from './context.ts';
import { parseDuration } from './duration.ts';
import { isObject, type Json, pointerTo } from './fault.ts';
import { rank } from './lattice.ts';
import { declares } from './vocabulary.ts';
import { parseInstant, type Zone } from './zone.ts';

/** A key of a shape: its name, `?` where it may be absent, and its type. */
type Part = readonly [line: string, name: string, optional: string, type: string | undefined];

/**
 * Shapes of everything in a policy and of facts, a line each: `name` or `name?` (may be absent), with `:type` where it is
 * no text. Types: `who do what for in` a reference to terms, `a|b` one of these words, `@shape`, `*type` a list, `+type` a
 * list of one or more, `2type` of two, `%type` a map. A shape that holds `…` may have more than it lists. `x.y` is the
 * shape `x` that has the key `y`, or `y` as its kind.
 */
const SHAPES = new Map<string, readonly Part[]>();
for (const line of `policy = $schema? id version validFrom:date validTo?:date noticed?:date tz vocab:@vocab parameters?:%@parameter facts?:%@named cites?:%@cite rules:*@rule activities?:*@activity systems?:*@system flows?:*@flow tenancy?:required|when-known
vocab = who?:%@term do?:%@term what?:%@term for?:%@term in?:%@term
term = is?:+text personal?:boolean identifier?:direct|indirect dpv? label?:%text
parameter = type:duration|number|text|terms default?:any label?:%text status?:stated|proposed
named = label?:%text type?
cite = title uri? clause? quote? lang?
activity = …? id purposes:*text basis:*basis what?:+text rules?:+text status?:stated|proposed
system = id supplier? role? holds:*text never?:+text agreement?:own|signed|parent|missing country?
flow = from to what?:+text for?:+text every?
rule = id effect cite?:+text validFrom?:date validTo?:date status?:stated|inferred|proposed text?:%text
rule.permit rule.forbid = who?:+who do:+do what?:+what for?:+for in?:+in flow?:2in key? every?:duration finest?:detail basis?:basis if?:@cond unless?:@cond then?:*@then tenancy?:holder|none
rule.keep rule.cap = what:+what in?:+in for?:+for clock:@clock stages:+@stage if?:@cond unless?:*@branch basis?:basis approximate?:boolean ambiguous?
rule.duty = who?:+who on must to?:+text within?:delay before? every?:duration if?:@cond unless?:@cond
rule.classify = what:+what as:+what if?:@cond
rule.inherit rule.info = from? who?:+text reason
stage = after:duration to:detail deidentified?:boolean
branch = if:@cond stages:+@stage
cond.all = all:+@cond
cond.any = any:+@cond
cond.not = not:@cond
cond.grant = grant:@grant
cond.event = event
cond.state = state
cond.fact = fact op?:eq|ne|in|lt|le|gt|ge|isa|exists|before|after|subsetOf|finerThan|activeAt value?:value
grant = from? to:$actor|$recipient for?:for what?:what state?:active method? kind?:consent|delegation
clock = base unstated?:boolean
clock.age = clock:value-time|event-time
clock.after clock.until = event:@when
clock.while = state:@during
when.latest = latest:+@when
when.earliest = earliest:+@when
during.any = any:+@during
during.all = all:+@during
during.grant = grant:@held
held = to? for? what?
then = do
then.log then.deidentify then.limit-to-order-scope =
then.mask = except:+text
then.coarsen = to:detail
then.substitute = by
then.notify = who
item = …? id what detail:detail start?:number end:number purposes?:*text
fact = …? type at:number seen:number to?:number
fact.grant = grant:@given
fact.tenancy = object party
fact.value = name value:value
fact.event fact.state = name
fact.hold = id what?:+text in?:+text
fact.right = id right subject what?:+text
given = …? id from to what:*text purposes:*text meteringPoints?:*text withdrawn?:*text by? finest:detail span:@span valid:@span
span = start:number|null end:number|null`.split('\n')) {
  const [names, parts] = line.split(' =');
  for (const name of names!.split(' '))
    SHAPES.set(name, [...parts!.matchAll(/([…$\w]+)(\??):?(\S+)?/g)] as never);
}

/** Words that stand for a list of words, and keys whose values tell kinds apart. */
const WORDS = new Map([
  ['basis', 'consent|contract|legal-obligation|vital-interests|public-task|legitimate-interest'],
  ['rule', 'effect'],
  ['clock', 'base'],
  ['then', 'do'],
  ['fact', 'type'],
]);

/** What is needed to judge references, dates and parameters; null while only shapes are looked at. */
export interface Meaning {
  readonly terms: TermsByDimension;
  readonly zone: Zone;
  readonly parameters: Json;
}

/** Tells of what is wrong at a place: what there has to be instead. */
export type Say = (code: PolicyCode | null, at: string, expected: string) => void;

/** A value of a fact: a word, a number, yes or no; a period; or a list of these. */
const isValue = (value: unknown, depth = 2): boolean =>
  isObject(value)
    ? depth > 0 && Object.values(value).every((each) => isValue(each, depth - 1))
    : /^(string|number|boolean)$/.test(typeof value);

/** The kinds of a shape, in words. */
const kindsOf = (shape: string): string =>
  [...SHAPES.keys()].flatMap((each) => each.split(`${shape}.`)[1] ?? []).join('|');

/** Check an object against a shape; `say` hears of everything that is wrong. */
export function checkShape(
  shape: string,
  value: unknown,
  at: string,
  say: Say,
  sense: Meaning | null = null,
): void {
  if (!isObject(value) || Array.isArray(value)) {
    // Of events and states the name alone does.
    if (!/^(when|during)$/.test(shape) || typeof value !== 'string' || value === '')
      say(null, at, shape);
    return;
  }
  const key = WORDS.get(shape);
  const base = SHAPES.get(shape);
  const kind = (key ? [value[key]] : Object.keys(value))
    .map((word) => SHAPES.get(`${shape}.${typeof word === 'string' ? word : ''}`))
    .find((parts) => parts);
  if (!kind && (key || !base)) return say(null, key ? `${at}/${key}` : at, kindsOf(shape));
  const parts = [...(base ?? []), ...(kind ?? [])];
  for (const [, part, optional, type = 'text'] of parts)
    if (value[part] !== undefined) checkType(type, value[part], `${at}/${part}`, say, sense);
    else if (optional === '')
      say(part === 'clock' ? 'policy/no-clock' : null, `${at}/${part}`, 'given');
  for (const more of Object.keys(value))
    if (!parts.some(([, part]) => part === more || part === '…'))
      say(null, pointerTo(at, more), 'left out');
}

/** Check a value against a type of the table; `say` hears of everything that is wrong. */
export function checkType(
  type: string,
  value: unknown,
  at: string,
  say: Say,
  sense: Meaning | null = null,
): void {
  const rest = type.slice(1);
  const words = WORDS.get(type) ?? type;
  const size = Array.isArray(value) ? value.length : -1;
  const text = typeof value === 'string' ? value : '';
  let code: PolicyCode | null = null;
  let right = text !== '';
  switch (type) {
    case 'text':
      break;
    case 'any':
      return;
    case 'value':
      right = isValue(value);
      break;
    case 'boolean':
      right = typeof value === type;
      break;
    case 'number|null':
    case 'number':
      right = Number.isFinite(value) || (value === null && type !== 'number');
      break;
    case 'date':
      right &&= sense === null || parseInstant(text, sense.zone) !== null;
      code = 'policy/bad-date';
      break;
    case 'detail':
      right = rank(text) >= 0;
      code = 'policy/bad-detail';
      break;
    case 'delay':
    case 'duration':
      if (text[0] === '$') {
        right = sense === null || Object.hasOwn(sense.parameters, text.slice(1));
        code = 'policy/unknown-parameter';
      } else {
        right = parseDuration(text) !== null || (type === 'delay' && text === 'undue-delay');
        code = 'policy/bad-duration';
      }
      break;
    case 'who':
    case 'do':
    case 'what':
    case 'for':
    case 'in':
      right &&= sense === null || declares(sense.terms[type], text);
      if (text !== '') code = 'policy/unknown-term';
      break;
    default:
      if (type[0] === '@') return checkShape(rest, value, at, say, sense);
      right =
        type[0] === '*'
          ? size >= 0
          : type[0] === '+'
            ? size > 0
            : type[0] === '2'
              ? size === 2
              : type[0] === '%'
                ? size < 0 && isObject(value)
                : words.split('|').includes(text);
      if (right && text === '')
        for (const key of Object.keys(value as Json))
          checkType(rest, (value as Json)[key], pointerTo(at, key), say, sense);
  }
  if (!right) say(code, at, words.replace(/^[*+2]@?/, 'list of '));
}
