/**
 * `@metergram/policy/presets`: the rules of four organisations and the Norwegian register, in our words, each rule under the id of
 * its statement. Each is also a subpath of its own (`@metergram/policy/presets/ktc`).
 */
export { albertslund } from './presets/albertslund.ts';
export type { ElhubItem } from './presets/elhub.ts';
export { elhub, ELHUB_ITEMS } from './presets/elhub.ts';
export { karleby } from './presets/karleby.ts';
export { ktc } from './presets/ktc.ts';
export { norwegian } from './presets/norwegian.ts';
export type { Undecided } from './presets/statements.ts';
export { undecided } from './presets/statements.ts';
