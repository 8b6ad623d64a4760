import type { Telegram } from '@metergram/decoder';
import { ReplayGuard, replayIssue } from '@metergram/decoder/replay';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileReason, UsageError } from '../usage.ts';
import type { Job } from './job.ts';

/** The check of `--replay`: counts of its verdicts, and its state in a file where one is given. */
export interface ReplayCheck {
  /** The telegram, with an issue where it is a duplicate or a replay. */
  checked(job: Job, telegram: Telegram): Telegram;
  note(): string;
  save(): Promise<void>;
}

/** @param file where the state is kept; it may not exist yet. */
export async function replayCheck(file: string | undefined): Promise<ReplayCheck> {
  const guard = new ReplayGuard();
  if (file !== undefined) await restore(guard, file);
  const counts = { new: 0, duplicate: 0, replay: 0, unchecked: 0 };
  return {
    checked({ bytes, layer, received }, telegram) {
      if (bytes === undefined || layer !== undefined) return telegram;
      const time = received === undefined ? Number.NaN : Date.parse(received);
      const finding = guard.check(telegram, bytes, Number.isNaN(time) ? undefined : time);
      counts[finding.verdict]++;
      const issue = replayIssue(finding);
      return issue === undefined ? telegram : { ...telegram, issues: [...telegram.issues, issue] };
    },
    note: () =>
      `replay: ${counts.new} new, ${counts.duplicate} duplicates, ${counts.replay} replays, ${counts.unchecked} not checked\n`,
    async save() {
      if (file === undefined) return;
      // Beside it first: a state that is cut short would let replays through.
      const beside = `${file}.new`;
      try {
        await writeFile(beside, `${JSON.stringify(guard.save())}\n`, { mode: 0o600 });
        await rename(beside, file);
      } catch (error) {
        await rm(beside, { force: true });
        throw new UsageError(`cannot write ${file}: ${fileReason(error)}`);
      }
    },
  };
}

async function restore(guard: ReplayGuard, file: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new UsageError(`cannot read ${file}: ${fileReason(error)}`);
  }
  try {
    guard.restore(JSON.parse(text));
  } catch {
    throw new UsageError(
      `${file} is not the state of a replay check`,
      'remove it to begin anew; replays of what came before are then not seen',
    );
  }
}
