export { answerRight, deadlineOf, type RightQuestion } from './rights/answer.ts';
export { duties } from './rights/duties.ts';
