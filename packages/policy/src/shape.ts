import type { PolicyCode, PolicyIssue } from './types/issue.ts';
import type { Dimension } from './types/term.ts';
import type { TermsByDimension } from './context.ts';
import { parseDuration } from './duration.ts';
import { fault, pointerTo } from './intake.ts';
import { rank } from './lattice.ts';
import { DIMENSIONS, meaning } from './vocabulary.ts';
import { parseInstant, type Zone } from './zone.ts';

/**
 * Shapes of everything in a policy, a line each: `name` or `name?` (may be absent), with `:type` where it is no text.
 * Types: `who do what for in` a reference to terms, `a|b` one of these words, `@shape`, `*type` a list, `+type` a list of
 * one or more, `2type` of two, `%type` a map. A shape that holds `…` may have more than it lists. `x.y` is the shape `x`
 * that has the key `y`, or `y` as its kind.
 */
const SHAPES = new Map<string, string>();
for (const line of `policy = $schema? id version validFrom:date validTo?:date noticed?:date tz vocab:@vocab parameters?:%@parameter facts?:%@factInfo cites?:%@cite rules:*@rule activities?:*@activity systems?:*@system flows?:*@flow tenancy?:required|when-known
vocab = who?:%@term do?:%@term what?:%@term for?:%@term in?:%@term
term = is?:+text personal?:boolean identifier?:direct|indirect dpv? label?:%text
parameter = type:duration|number|text|terms default?:any label?:%text status?:stated|proposed
factInfo = label?:%text type?
cite = title uri? clause? quote? lang?
activity = … id purposes:*text basis:*basis what?:+text rules?:+text status?:stated|proposed
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
basis = consent|contract|legal-obligation|vital-interests|public-task|legitimate-interest`.split(
  '\n',
)) {
  const [names, tokens] = line.split(' =');
  for (const name of names!.split(' ')) SHAPES.set(name, tokens!.trim());
}

/** Keys whose values tell kinds apart. */
const KIND_KEYS = new Map([
  ['rule', 'effect'],
  ['clock', 'base'],
  ['then', 'do'],
]);

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

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
  const say = (at: string, expected: string, code: PolicyCode = 'policy/bad-shape'): void => {
    issues.push(fault(code, at, expected));
  };

  const record = (shape: string, value: unknown, at: string): void => {
    if (!isObject(value)) {
      const named = typeof value === 'string' && value !== '' && /^(when|during)$/.test(shape);
      return named ? undefined : say(at, shape);
    }
    const key = KIND_KEYS.get(shape);
    const kinds = (key === undefined ? Object.keys(value) : [String(value[key])]).map((kind) =>
      SHAPES.get(`${shape}.${kind}`),
    );
    const base = SHAPES.get(shape);
    const kind = kinds.find((tokens) => tokens !== undefined);
    if (kind === undefined && (key !== undefined || base === undefined))
      return say(key === undefined ? at : `${at}/${key}`, shape);
    const left = new Set(Object.keys(value));
    for (const token of `${base ?? ''} ${kind ?? ''}`.split(' ')) {
      if (token === '…') left.clear();
      const [, part, optional, type = 'text'] = /^([$\w]+)(\??):?(.+)?$/.exec(token) ?? [];
      if (part === undefined) continue;
      const place = `${at}/${part}`;
      if (Object.hasOwn(value, part)) check(type, value[part], place);
      else if (optional === '')
        say(place, 'given', part === 'clock' ? 'policy/no-clock' : 'policy/bad-shape');
      left.delete(part);
    }
    for (const more of left) say(pointerTo(at, more), 'left out');
  };

  const check = (type: string, value: unknown, at: string): void => {
    const rest = type.slice(1);
    const how = type[0]!;
    if (how === '@') return record(rest, value, at);
    if (/[*+2%]/.test(how)) {
      const list = Array.isArray(value);
      const size = list ? value.length : 0;
      if (
        how === '%'
          ? !isObject(value)
          : !list || (how === '+' ? size < 1 : how === '2' && size !== 2)
      )
        return say(at, how === '%' ? 'a map' : `a list, ${type}`);
      for (const key of Object.keys(value as Json))
        check(rest, (value as Json)[key], pointerTo(at, key));
      return;
    }
    const text = typeof value === 'string' ? value : '';
    let right = text !== '';
    let code: PolicyCode = 'policy/bad-shape';
    switch (type) {
      case 'text':
        break;
      case 'any':
        return;
      case 'value':
        right = value !== null;
        break;
      case 'boolean':
        right = typeof value === type;
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
      default: {
        const dimension = type as Dimension;
        if (DIMENSIONS.includes(dimension)) {
          if (sense !== null && meaning(sense.terms[dimension], text) === null)
            say(at, `a declared term of ${type}`, 'policy/unknown-term');
        } else right = (SHAPES.get(type) ?? type).split('|').includes(text);
      }
    }
    if (!right) say(at, type, code);
  };

  record(name, given, root);
}
