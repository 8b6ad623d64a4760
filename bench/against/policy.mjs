// npm install && npm run policy [-- --save], in this folder; build the packages first (npm run build in the root).
// Cedar and casbin beside @metergram/policy, on the workload of bench/policy. Cedar gets our export of the same access rules
// (grants worked out by us before, outside the clock); casbin what it can say: roles, words and one attribute. Neither gives
// limits, obligations or a horizon.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { newEnforcer, newModelFromString, StringAdapter } from 'casbin';
import { toCedar } from '../../packages/policy/dist/cedar.js';
import { compile } from '../../packages/policy/dist/index.js';
import { measure } from '../measure.mjs';
import { grants, NOW, policy, questions } from '../policy/workload.mjs';

const quick = process.argv.includes('--quick');
const rules = policy();
const engine = compile(rules);
const known = engine.know(grants());
const asked = questions(1024);

const exported = toCedar(engine, NOW);
cedar.preparsePolicySet('rules', { staticPolicies: exported.policies });
const calls = asked.map((question) => {
  const [{ entities, ...request }] = exported.requests(question, known);
  return { ...request, entities, preparsedPolicySetId: 'rules', preparsedSchemaName: null };
});

const MODEL = `
[request_definition]
r = role, act, kind, purpose, own
[policy_definition]
p = role, act, kind, purpose, own, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = g(r.role, p.role) && r.act == p.act && r.kind == p.kind && (p.purpose == "*" || r.purpose == p.purpose) && (p.own == "*" || r.own == p.own)
`;
const lines = [];
for (const {
  effect,
  who = ['*'],
  do: acts,
  what,
  for: purposes = ['*'],
  if: condition,
} of rules.rules)
  for (const role of who)
    for (const act of acts)
      for (const kind of what)
        for (const purpose of purposes)
          lines.push(
            `p, ${role}, ${act}, ${kind}, ${purpose}, ${condition ? 'yes' : '*'}, ${effect === 'permit' ? 'allow' : 'deny'}`,
          );
for (const [name, { is = [] }] of Object.entries(rules.vocab.who))
  for (const broader of is) lines.push(`g, ${name}, ${broader}`);
const enforcer = await newEnforcer(newModelFromString(MODEL), new StringAdapter(lines.join('\n')));

let agree = 0;
for (const [i, question] of asked.entries()) {
  const answer = cedar.statefulIsAuthorized(calls[i]);
  if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors));
  const ours = engine.decide({ ...question }, known).outcome !== 'deny';
  if ((answer.response.decision === 'allow') === ours) agree += 1;
}
process.stdout.write(`Cedar and we agree on ${agree} of ${asked.length} questions\n\n`);

let place = 0;
const next = () => asked[place++ % asked.length];
const results = await measure(
  [
    {
      name: '@metergram/policy',
      run: () => {
        for (const q of asked) if (engine.decide(q, known).because.length < 0) return 0;
        return asked.length;
      },
    },
    {
      name: 'cedar-wasm, policies parsed before',
      run: () => {
        for (let i = 0; i < 20; i++) cedar.statefulIsAuthorized(calls[(place += 1) % calls.length]);
        return 20;
      },
    },
    {
      name: 'casbin, without grants and limits',
      run: () => {
        for (let i = 0; i < 50; i++) {
          const q = next();
          enforcer.enforceSync(q.actor.roles[0], q.do, q.what, q.for, 'yes');
        }
        return 50;
      },
    },
  ],
  quick ? { rounds: 3, sliceMs: 100 } : { rounds: 11, sliceMs: 300 },
);
const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
for (const { name, median, low, high } of results)
  process.stdout.write(
    `${name.padEnd(38)} ${number.format(median).padStart(10)} decisions/s  (${number.format(low)} to ${number.format(high)})\n`,
  );

if (process.argv.includes('--save')) {
  const saved = {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    node: process.versions.node,
    asked: asked.length,
    agree,
    results,
  };
  const file = new URL('../results/against/policy.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(saved, null, 2)}\n`);
}

const wasm = createRequire(import.meta.url)
  .resolve('@cedar-policy/cedar-wasm/nodejs')
  .replace(/\.js$/, '_bg.wasm');
process.stdout.write(
  `\ncedar-wasm: ${Math.round(gzipSync(readFileSync(wasm)).length / 1000)} kB gzip of WebAssembly\n`,
);
