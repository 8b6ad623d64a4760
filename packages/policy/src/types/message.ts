/**
 * Keys of every sentence that the engine can say: a closed list, one text for each in each language. `{name}` stands for
 * a parameter; those of each key are named here.
 */
export type MessageKey =
  // why a decision permits: {rule}, {grant}, {activity}, {basis}, {party}
  | 'permit.rule'
  | 'permit.grant'
  | 'permit.basis-rule'
  | 'permit.basis-grant'
  | 'permit.basis-activity'
  | 'permit.basis-proposed'
  | 'permit.delegation'
  | 'permit.not-personal'
  // what stood in the way and was lifted: {rule}
  | 'permit.exception'
  // why it is limited: {detail}, {from}, {to}, {fields}, {grant}, {party}
  | 'limit.detail'
  | 'limit.period'
  | 'limit.fields'
  | 'limit.deidentified'
  | 'limit.tenancy'
  | 'limit.order'
  // why it denies: {term}, {dimension}, {rule}, {fact}, {purpose}, {object}, {code}
  | 'deny.bad-request'
  | 'deny.no-policy'
  | 'deny.unknown-term'
  | 'deny.no-permit'
  | 'deny.condition'
  | 'deny.forbid'
  | 'deny.forbid-unknown'
  | 'deny.no-basis'
  | 'deny.no-tenancy'
  | 'deny.no-delegation'
  | 'deny.restricted'
  | 'deny.out-of-scope'
  // the nearest thing that would change it: {fact}, {op}, {value}, {from}, {purpose}, {role}, {detail}, {fields}, {at}
  | 'nearest.fact'
  | 'nearest.grant'
  | 'nearest.delegation'
  | 'nearest.purpose'
  | 'nearest.role'
  | 'nearest.system'
  | 'nearest.basis'
  | 'nearest.detail'
  | 'nearest.mask'
  | 'nearest.deidentify'
  | 'nearest.substitute'
  | 'nearest.tenancy'
  | 'nearest.wait'
  | 'nearest.none'
  // obligations: {fields}, {detail}, {term}, {who}
  | 'obligation.log'
  | 'obligation.mask'
  | 'obligation.coarsen'
  | 'obligation.deidentify'
  | 'obligation.substitute'
  | 'obligation.notify'
  | 'obligation.limit-to-order-scope'
  // retention: {rule}, {detail}, {at}, {hold}, {purpose}, {request}
  | 'plan.keep'
  | 'plan.rollup'
  | 'plan.delete'
  | 'plan.hold'
  | 'plan.restrict'
  | 'plan.floor'
  | 'plan.cap'
  | 'plan.not-started'
  | 'plan.no-purpose'
  | 'plan.purpose'
  | 'plan.erasure'
  | 'plan.waits'
  | 'plan.approximate'
  | 'plan.ambiguous'
  | 'plan.proposed'
  | 'plan.no-rule'
  // a period is a parameter that nobody has set: {rule}, {parameter}
  | 'plan.no-parameter'
  // answers to persons: {rule}, {at}, {cite}, {purpose}, {basis}, {article}
  | 'right.erase'
  | 'right.reduce'
  | 'right.refuse-law'
  | 'right.refuse-hold'
  | 'right.refuse-needed'
  | 'right.restrict'
  | 'right.give'
  | 'right.give-restricted'
  | 'right.withhold'
  | 'right.correct'
  | 'right.portable'
  | 'right.not-portable'
  | 'right.deadline'
  | 'right.deadline-extended'
  | 'right.approximate'
  // duties: {duty}, {to}, {at}, {event}
  | 'duty.open'
  | 'duty.overdue'
  | 'duty.met'
  | 'duty.met-late'
  | 'duty.undue-delay'
  | 'duty.not-required'
  | 'duty.unknown'
  // consent states: no parameters
  | 'state.draft'
  | 'state.requested'
  | 'state.lapsed-request'
  | 'state.refused'
  | 'state.active'
  | 'state.expired'
  | 'state.exhausted'
  | 'state.withdrawn'
  | 'state.terminated'
  | 'state.invalidated'
  | 'state.winding-down'
  // was an access lawful, by what was known then and by what is known now: {at}, {seen}, {outcome}
  | 'audit.lawful-then'
  | 'audit.unlawful-then'
  | 'audit.lawful-now'
  | 'audit.unlawful-now'
  // lint: {rule}, {other}, {term}, {policy}, {purpose}, {system}, {path}, {fact}, {at}
  | 'lint.invalid'
  | 'lint.no-clock'
  | 'lint.unstated-clock'
  | 'lint.approximate'
  | 'lint.ambiguous'
  | 'lint.contradiction'
  | 'lint.floor-over-cap'
  | 'lint.never-applies'
  | 'lint.shadowed'
  | 'lint.no-retention'
  | 'lint.purpose-not-registered'
  | 'lint.no-basis'
  | 'lint.no-agreement'
  | 'lint.before-notice'
  | 'lint.unknown-term'
  | 'lint.unknown-cite'
  | 'lint.unknown-parameter'
  | 'lint.undeclared-fact'
  | 'lint.inherit-missing'
  | 'lint.duplicate-rule'
  | 'lint.no-tenancy'
  | 'lint.flow-reaches'
  | 'lint.flow-proved'
  | 'lint.unused-term'
  // outcomes: no parameters
  | 'outcome.permit'
  | 'outcome.permit-with'
  | 'outcome.deny';

/** Values for a sentence. */
export type MessageParameters = Readonly<
  Record<string, string | number | boolean | readonly string[] | undefined>
>;

/** A sentence as data; `@metergram/policy/lang` puts it into words. */
export interface Message {
  readonly key: MessageKey;
  readonly params?: MessageParameters;
}
