/**
 * The workload of the decision benches: 200 rules of a utility with many parties, ten thousand grants of ten thousand
 * households to twenty services, and questions of all kinds that rules permit, limit and deny.
 */
const DAY = 86_400_000;
export const NOW = Date.UTC(2026, 5, 1);

const list = (count, make) => Array.from({ length: count }, (_, i) => make(i));
const named = (names, is) =>
  Object.fromEntries(names.map((name) => [name, is ? { is: [is] } : {}]));

const departments = list(20, (i) => `department-${i}`);
const services = list(20, (i) => `service-${i}`);
const kinds = list(20, (i) => `kind-${i}`);
const purposes = list(20, (i) => `purpose-${i}`);
const systems = list(10, (i) => `system-${i}`);

/** 200 rules: half of them about staff, the others about services, tenants, and what is forbidden. */
export function policy() {
  const rules = [];
  const add = (rule) =>
    rules.push({ id: `rule-${String(rules.length).padStart(3, '0')}`, ...rule });
  for (let i = 0; i < 110; i++)
    add({
      effect: 'permit',
      who: [departments[i % 20]],
      do: ['read'],
      what: [kinds[i % 20], kinds[(i * 7) % 20]],
      for: [purposes[(i * 3) % 20]],
      in: [systems[i % 10]],
      basis: 'contract',
      if: { fact: 'actor.dutyNeed' },
      then: [{ do: 'log' }],
    });
  for (let i = 0; i < 40; i++)
    add({
      effect: 'permit',
      who: ['service'],
      do: ['read'],
      what: [kinds[i % 20]],
      for: [purposes[i % 20]],
      if: { grant: { from: 'household', to: '$actor' } },
    });
  for (let i = 0; i < 10; i++)
    add({
      effect: 'permit',
      who: ['tenant'],
      do: ['read'],
      what: [kinds[i * 2], kinds[i * 2 + 1]],
      basis: 'contract',
      if: { fact: 'resource.household', value: '$actor.household' },
    });
  for (let i = 0; i < 20; i++)
    add({
      effect: 'forbid',
      who: ['service'],
      do: ['read'],
      what: [kinds[i]],
      unless: { fact: 'recipient.securityCommitment', value: 'same-level' },
    });
  for (let i = 0; i < 20; i++) add({ effect: 'forbid', do: ['sell'], what: [kinds[i]] });
  return {
    id: 'bench',
    version: '1',
    validFrom: '2020-01-01',
    tz: 'Europe/Oslo',
    vocab: {
      who: {
        ...named(['staff', 'service', 'tenant']),
        ...named(departments, 'staff'),
        ...named(services, 'service'),
      },
      do: named(['read', 'sell']),
      what: { data: {}, ...named(kinds, 'data') },
      for: named(purposes),
      in: named(systems),
    },
    rules,
  };
}

/** Ten thousand grants: household i to service i mod 20, for one purpose, for days, for a year. */
export function grants(count = 10_000) {
  return list(count, (i) => ({
    type: 'grant',
    at: NOW - 100 * DAY,
    seen: NOW - 100 * DAY,
    grant: {
      id: `grant-${i}`,
      from: `household-${i}`,
      to: `party-${i % 20}`,
      what: ['data'],
      purposes: [purposes[i % 20]],
      finest: i % 3 === 0 ? 'PT1H' : 'P1D',
      span: { start: null, end: null },
      valid: { start: NOW - 100 * DAY, end: NOW + (i % 300) * DAY },
      state: 'active',
    },
  }));
}

/** Questions in a fixed mix: services with grants (half), tenants (a quarter), staff, and some that are denied. */
export function questions(count = 4096) {
  return list(count, (i) => {
    const at = NOW + (i % 1000);
    const household = `household-${(i * 37) % 10_000}`;
    const place = ((i * 37) % 10_000) % 20;
    if (i % 4 < 2)
      return {
        at,
        actor: { id: `party-${place}`, roles: [services[place]] },
        do: 'read',
        what: kinds[place],
        for: purposes[i % 8 === 0 ? (place + 1) % 20 : place],
        in: systems[i % 10],
        subject: household,
        detail: 'PT1H',
        facts: { 'recipient.securityCommitment': i % 16 === 1 ? 'none' : 'same-level' },
      };
    if (i % 4 === 2)
      return {
        at,
        actor: { id: household, roles: ['tenant'] },
        do: 'read',
        what: kinds[i % 20],
        for: purposes[i % 20],
        subject: household,
        detail: 'PT1H',
        facts: {
          'resource.household': household,
          'actor.household': i % 8 === 2 ? 'other' : household,
        },
      };
    const rule = (i * 13) % 110;
    return {
      at,
      actor: { id: `staff-${i}`, roles: [departments[rule % 20]] },
      do: 'read',
      what: kinds[rule % 20],
      for: purposes[(rule * 3) % 20],
      in: systems[rule % 10],
      detail: 'PT1H',
      facts: { 'actor.dutyNeed': true },
    };
  });
}

/** Stored hours of one meter after another. */
export function* items(count) {
  const start = NOW - 400 * DAY;
  for (let i = 0; i < count; i++)
    yield {
      id: `v${i}`,
      what: kinds[i % 20],
      subject: `household-${i % 10_000}`,
      detail: 'PT1H',
      start: start + (i % 9600) * 3_600_000,
      end: start + (i % 9600) * 3_600_000 + 3_600_000,
    };
}

/** The policy with retention: hours to days after three months, to months after thirteen, deleted after three years. */
export function keeping() {
  return {
    ...policy(),
    rules: [
      {
        id: 'downsample',
        effect: 'cap',
        what: ['data'],
        clock: { base: 'age', clock: 'value-time' },
        stages: [
          { after: 'P3M', to: 'P1D' },
          { after: 'P13M', to: 'P1M' },
          { after: 'P3Y', to: 'deleted' },
        ],
      },
      {
        id: 'service-end',
        effect: 'cap',
        what: ['*'],
        clock: { base: 'after', event: 'service-ended' },
        stages: [{ after: 'P0D', to: 'deleted' }],
      },
    ],
  };
}
