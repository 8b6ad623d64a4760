/**
 * `@metergram/policy/register`: the record of processing activities that GDPR Article 30 asks for, with a library of what
 * power companies do, edits, and exports. The Excel export is `@metergram/policy/register/excel`.
 */
export type {
  Activity,
  AtMost,
  Category,
  Contact,
  Controller,
  Erasure,
  LegalBasis,
  ProposableField,
  Register,
  Transfer,
} from './register/activity.ts';
export { PROPOSABLE } from './register/activity.ts';
export type { RegisterCode } from './register/check.ts';
export { RegisterError } from './register/check.ts';
export type { CsvOptions } from './register/csv.ts';
export { toCsv } from './register/csv.ts';
export type { ActivityPatch, Edited, EditOptions } from './register/edit.ts';
export {
  addActivity,
  addCategory,
  changeActivity,
  confirmActivity,
  nameTerm,
  removeActivity,
  removeCategory,
  setController,
} from './register/edit.ts';
export { toHtml } from './register/html.ts';
export type { JsonLdNode } from './register/jsonld.ts';
export { toJsonLd } from './register/jsonld.ts';
export type { ColumnKey } from './register/labels.ts';
export { basisName, columnLabel } from './register/labels.ts';
export type { Layout, LayoutId } from './register/layouts.ts';
export { headings, LAYOUTS } from './register/layouts.ts';
export { norwegianRegister } from './register/library/norwegian.ts';
export type { RegisterPolicyOptions } from './register/link.ts';
export { activityReferences, erasureRules, linkRegister, registerPolicy } from './register/link.ts';
export { momentName } from './register/moments.ts';
export { erasureText, periodName } from './register/period.ts';
export type { TermKind } from './register/terms.ts';
export { termIri, termName, TERMS } from './register/terms.ts';
export { validateRegister } from './register/validate.ts';
