import type { EpochMs } from '@metergram/model';
import type { Detail } from './detail.ts';
import type { PlanReason } from './plan.ts';
import type { Term } from './term.ts';

/** Rights of a person under GDPR that are answered item by item. */
export type Right = 'access' | 'erasure' | 'rectification' | 'portability';

/** Answer for one item. */
export interface ItemAnswer {
  readonly item: string;
  readonly answer: 'erase' | 'reduce' | 'refuse' | 'give' | 'withhold' | 'correct';
  /** Reduce: what is left. */
  readonly to?: Detail;
  /** Refusal: until when, where that is known. */
  readonly until?: EpochMs | null;
  /** What is kept may from now on only be read for these. */
  readonly restrictedTo?: readonly Term[];
  /** Ground of a refusal as a term of the Data Privacy Vocabulary 2.2: `eu-gdpr:` or `justifications:`. */
  readonly dpv?: string;
  readonly approximate?: boolean;
  readonly because: readonly PlanReason[];
}

/** When the whole answer is due. */
export interface Deadline {
  readonly due: EpochMs;
  /** Article 12(3): two further months where requests are many or complex, if told within the first. */
  readonly extended: EpochMs;
  readonly because: readonly PlanReason[];
}
