import type { Detail } from './detail.ts';
import type { Term } from './term.ts';

/**
 * What whoever gets a permit must do with it. Those that change the data (`mask`, `coarsen`, `deidentify`, `substitute`)
 * are also the remedies that a forbid offers: with them the forbid no longer stands in the way.
 */
export type Obligation =
  | { readonly do: 'log' }
  /** Show no other fields than these. */
  | { readonly do: 'mask'; readonly except: readonly Term[] }
  | { readonly do: 'coarsen'; readonly to: Detail }
  | { readonly do: 'deidentify' }
  /** Store this instead of the identifier. */
  | { readonly do: 'substitute'; readonly by: Term }
  | { readonly do: 'notify'; readonly who: Term }
  /** Not beyond the scope of the order in the fact `legal.order`: its `from`, `to` and `finest`. */
  | { readonly do: 'limit-to-order-scope' };

/** The word of an obligation. */
export type ObligationKind = Obligation['do'];
