// Asks hosts in C and the one in JavaScript the same, and finds the first answer that differs.
import { run } from './build.mjs';

/** Answers of a host in C: `command` is the program, or what runs it and then the program. */
export function hostAnswers([program, ...args], lines) {
  const output = run(program, args, { input: `${lines.join('\n')}\n` });
  // A telegram's answer ends with an empty line.
  return output === ''
    ? []
    : output
        .split('\n\n')
        .slice(0, -1)
        .map((answer) => `${answer}\n`);
}

/** The first difference as a sentence, or undefined. */
export function difference(name, lines, expected, actual) {
  const asked = lines.filter((line) => !/^(key |tick$|forget$|wipe$)/.test(line));
  if (asked.length !== expected.length || expected.length !== actual.length)
    return `${name}: ${asked.length} telegrams, ${expected.length} and ${actual.length} answers`;
  const at = expected.findIndex((answer, i) => answer !== actual[i]);
  return at < 0
    ? undefined
    : `${name}: telegram ${at + 1}, ${asked[at]}\nJavaScript:\n${expected[at]}${name}:\n${actual[at]}`;
}
