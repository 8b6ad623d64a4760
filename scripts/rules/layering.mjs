// What may import what, and what may not be touched at all: the table of docs/architecture.md, as code.
// Pure: a path and a text in, sentences out. scripts/check-layering.mjs runs it over the repository.
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path/posix';
import ts from 'typescript';

const LONGEST = 500;

/** Rooms of assembly/ by folder, or by file for what lies at the top. Everything may import itself. */
const LEAVES = ['cursor', 'status', 'generated'];
const ROOMS = {
  link: LEAVES,
  ell: [...LEAVES, 'crypto'],
  afl: [...LEAVES, 'crypto'],
  tpl: [...LEAVES, 'crypto'],
  records: [...LEAVES, 'batch'],
  vendor: [...LEAVES, 'crypto', 'batch', 'records'],
  keys: [...LEAVES, 'crypto'],
  crypto: ['status'],
  batch: LEAVES,
  aggregate: LEAVES,
  cursor: ['status'],
  status: [],
  generated: [],
  aggregator: ['aggregate', ...LEAVES],
  primitives: ['crypto'],
};
/** Composition: these know every room but the aggregator's. */
const COMPOSERS = new Set([
  'pipeline',
  'transport',
  'security',
  'opening',
  'owner',
  'manufacturer',
  'compact',
  'frame',
  'decoder',
]);

/** What a package's sources may import of ours. */
const PACKAGES = {
  model: [],
  decoder: ['model'],
  aggregate: ['model'],
  policy: ['model'],
  datahub: ['model'],
  cli: ['model', 'decoder', 'aggregate', 'policy', 'datahub'],
};
/** No Node, no clock, no chance, no network, not the machine's time zone or locale: all that is an argument. */
const PURE = new Set(['model', 'decoder', 'aggregate', 'policy']);

const BUILTIN = new Set(builtinModules);

/**
 * Everything in one file that breaks the rules.
 * @param {string} path from the root of the repository, with slashes
 * @param {string} text
 * @returns {string[]} sentences that begin with `path:line`
 */
export function violations(path, text) {
  const found = [];
  const generated = /(^|\/)generated\//.test(path);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (!generated && lines > LONGEST)
    found.push(`${path}:${lines} is longer than ${LONGEST} lines; split it by noun`);
  if (!/\.tsx?$/.test(path)) return found;

  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const at = (position) => `${path}:${source.getLineAndCharacterOfPosition(position).line + 1}`;
  const place = placeOf(path);
  for (const { fileName, pos } of ts.preProcessFile(text, true, true).importedFiles) {
    const reason = place && refusal(place, path, fileName);
    if (reason) found.push(`${at(pos)} imports ${fileName}: ${reason}`);
  }
  const zoneMatters =
    place?.kind === 'package' && (PURE.has(place.name) || place.name === 'datahub');
  if (zoneMatters) {
    const clockFile = place.name === 'datahub' && /(^|\/)(clock|testing)(\.ts|\/)/.test(path);
    visit(source, (node) => {
      const touched = world(node);
      if (!touched) return;
      if (
        touched.kind !== 'zone' &&
        place.name === 'datahub' &&
        (touched.kind !== 'clock' || clockFile)
      )
        return;
      found.push(`${at(node.getStart())} ${touched.what}: ${place.name} takes it as an argument`);
    });
  }
  return found;
}

/** Where a file lives: a room of assembly/, or a package's sources. Tests and scripts are free. */
function placeOf(path) {
  const room = /^assembly\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(path);
  if (room) return { kind: 'room', name: room[1] };
  const source = /^packages\/([^/]+)\/src\//.exec(path);
  if (source) return { kind: 'package', name: source[1] };
  return undefined;
}

function refusal(place, path, specifier) {
  const target = specifier.startsWith('.') ? normalize(join(dirname(path), specifier)) : undefined;
  return place.kind === 'room'
    ? roomRefusal(place.name, target, specifier)
    : packageRefusal(place.name, target, specifier);
}

function roomRefusal(room, target, specifier) {
  const other =
    target === undefined ? undefined : placeOf(target.endsWith('.ts') ? target : `${target}.ts`);
  if (other?.kind !== 'room')
    return `the core imports nothing from outside assembly/ (${specifier})`;
  if (other.name === room) return undefined;
  if (COMPOSERS.has(room)) {
    if (other.name === 'aggregate' || other.name === 'aggregator')
      return 'the decoder module holds nothing of the aggregator';
    return other.name === 'decoder' ? 'nothing imports the ABI' : undefined;
  }
  const allowed = ROOMS[room];
  if (allowed === undefined)
    return `the room ${room} is not in the table; add it to scripts/rules/layering.mjs`;
  return allowed.includes(other.name)
    ? undefined
    : `${room} may import ${allowed.length ? allowed.join(', ') : 'nothing'}, not ${other.name}`;
}

function packageRefusal(name, target, specifier) {
  if (target !== undefined)
    return target.startsWith(`packages/${name}/`) ? undefined : 'a path that leaves its package';
  const ours = /^@metergram\/([^/]+)/.exec(specifier)?.[1];
  if (ours !== undefined)
    return PACKAGES[name]?.includes(ours) || ours === name
      ? undefined
      : `${name} may not know ${ours}`;
  if (specifier === 'metergram') return 'no library knows the command line';
  const builtin = specifier.startsWith('node:') || BUILTIN.has(specifier);
  return builtin && PURE.has(name) ? `${name} runs everywhere, so it has no Node` : undefined;
}

const LOCAL_TIME =
  /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|Year)$|^getTimezoneOffset$|^to(Date|Time)String$|^toLocale(Date|Time)String$/;
const NETWORK = new Set(['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource']);

/** What a node touches of the world, if anything. */
function world(node) {
  if (ts.isPropertyAccessExpression(node)) {
    const whole = node.getText().replaceAll(/\s+/g, '');
    if (whole === 'Date.now' || whole === 'performance.now') return { kind: 'clock', what: whole };
    if (whole === 'Math.random') return { kind: 'chance', what: whole };
    if (whole === 'crypto.getRandomValues' || whole === 'crypto.randomUUID')
      return { kind: 'chance', what: whole };
    return undefined;
  }
  if (ts.isCallExpression(node)) {
    const called = node.expression;
    if (ts.isIdentifier(called) && NETWORK.has(called.text))
      return { kind: 'network', what: `${called.text}()` };
    if (ts.isIdentifier(called) && called.text === 'Date') return { kind: 'clock', what: 'Date()' };
    if (ts.isPropertyAccessExpression(called) && LOCAL_TIME.test(called.name.text))
      return { kind: 'zone', what: `.${called.name.text}() reads the machine's time zone` };
    if (zonelessFormat(node)) return { kind: 'zone', what: 'Intl.DateTimeFormat without timeZone' };
    return undefined;
  }
  if (!ts.isNewExpression(node)) return undefined;
  if (ts.isIdentifier(node.expression)) {
    const name = node.expression.text;
    const given = node.arguments?.length ?? 0;
    if (name === 'Date' && given === 0) return { kind: 'clock', what: 'new Date()' };
    if (name === 'Date' && given > 1)
      return { kind: 'zone', what: 'new Date(year, month, …) reads the machine’s time zone' };
    if (NETWORK.has(name)) return { kind: 'network', what: `new ${name}()` };
  }
  if (zonelessFormat(node)) return { kind: 'zone', what: 'Intl.DateTimeFormat without timeZone' };
  return undefined;
}

/** `Intl.DateTimeFormat` where no time zone is given, as far as the text shows. */
function zonelessFormat(node) {
  if (node.expression.getText().replaceAll(/\s+/g, '') !== 'Intl.DateTimeFormat') return false;
  const options = node.arguments?.[1];
  if (options === undefined) return true;
  return (
    ts.isObjectLiteralExpression(options) &&
    !options.properties.some(
      (property) => ts.isSpreadAssignment(property) || property.name?.getText() === 'timeZone',
    )
  );
}

function visit(node, each) {
  each(node);
  ts.forEachChild(node, (child) => visit(child, each));
}
