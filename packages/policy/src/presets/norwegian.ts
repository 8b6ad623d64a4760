import { norwegianRegister } from '../register/library/norwegian.ts';
import { registerPolicy } from '../register/link.ts';
import type { Policy } from '../types/index.ts';

/**
 * The Norwegian register of processing activities as a policy: a kind of data for each of the 50 activities, its time limit as a
 * retention rule, its purposes and bases as activities. All of it is proposed. Not legal advice.
 */
export const norwegian: Policy = registerPolicy(norwegianRegister, {
  version: '1',
  validFrom: '2018-07-20',
});
