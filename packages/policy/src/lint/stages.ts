import type { RetentionRule, Stage } from '../types/index.ts';
import { type CalendarDuration, parseDuration } from '../duration.ts';
import { rank } from '../lattice.ts';

const DAY = 86_400_000;

/** Shortest and longest that a calendar duration can be, in milliseconds: a month has 28 to 31 days, a day up to 25 hours. */
const lengths = ({ months, days, ms }: CalendarDuration): readonly [number, number] => [
  (months * 28 + days) * DAY + ms,
  (months * 31 + days) * DAY + ms,
];

/** Whether a stage surely comes before the one that it stands behind, or is finer: the engine goes from stage to stage. */
const isBehind = (before: Stage, stage: Stage): boolean => {
  if (rank(stage.to) < rank(before.to)) return true;
  const [a, b] = [parseDuration(before.after), parseDuration(stage.after)];
  return a !== null && b !== null && lengths(b)[1] < lengths(a)[0];
};

/** Whether the stages of a rule, those of its exceptions too, stand out of order; a period that is a parameter fits anywhere. */
export const outOfOrder = ({ stages, unless = [] }: RetentionRule): boolean =>
  [stages, ...unless.map((branch) => branch.stages)].some((list) =>
    list.some((stage, place) => place > 0 && isBehind(list[place - 1]!, stage)),
  );
