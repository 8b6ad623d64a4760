import { HubError, type HubFault } from '../src/index.ts';

/** What went wrong with work that has to fail. */
export async function faultOf(work: Promise<unknown>): Promise<HubFault> {
  try {
    await work;
  } catch (error) {
    if (error instanceof HubError) return error.fault;
    throw error;
  }
  throw new Error('it did not fail');
}
