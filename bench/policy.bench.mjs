// Decisions and plans of @metergram/policy: 200 rules, ten thousand grants, reasons read; plans over stored hours.
import { compile } from '../packages/policy/dist/index.js';
import { grants, items, keeping, NOW, policy, questions } from './policy/workload.mjs';

export default function bench() {
  const engine = compile(policy());
  const known = engine.know(grants());
  const asked = questions();
  const kinds = {
    'the mix': asked,
    'services, by grants': asked.filter(({ actor }) => actor.roles[0].startsWith('service')),
    'tenants, own data': asked.filter(({ actor }) => actor.roles[0] === 'tenant'),
    'staff, four permits each': asked.filter(({ actor }) =>
      actor.roles[0].startsWith('department'),
    ),
  };
  // The least that any answer takes: three words of the question in one map, no meaning.
  const index = new Map(asked.map((q, i) => [`${q.actor.id}|${q.what}|${q.for}`, i]));
  const planner = compile(keeping());
  const nothing = planner.know([]);
  return [
    {
      title: '200 rules, 10 000 grants, reasons read',
      unit: 'decisions',
      contenders: [
        ...Object.entries(kinds).map(([name, list]) => ({
          name,
          run: () => {
            let reasons = 0;
            for (const question of list) reasons += engine.decide(question, known).because.length;
            return reasons < 0 ? 0 : list.length;
          },
        })),
        {
          name: 'a map look-up (the bound)',
          run: () => {
            let sum = 0;
            for (const q of asked) sum += index.get(`${q.actor.id}|${q.what}|${q.for}`) ?? 0;
            return sum < 0 ? 0 : asked.length;
          },
        },
      ],
    },
    {
      title: 'retention of hours: three stages, service end',
      unit: 'items',
      contenders: [
        {
          name: 'plan, streamed',
          run: () => {
            const run = planner.plan(items(10_000), nothing, { now: NOW });
            while (run.next().done !== true);
            return 10_000;
          },
        },
      ],
    },
  ];
}
