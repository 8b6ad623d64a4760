// Builds the firmware module, its host in C for three machines and for a microcontroller, and holds them to what
// docs/firmware.md promises: the JavaScript host's answers to the byte, bounded work, no trace of a key. What a missing
// tool keeps from being done is said. `node check.mjs` prints what it has measured.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createDecoderSync } from '@metergram/decoder';
import { buildFirmware, brokenPromises } from '../../../scripts/build-firmware.mjs';
import { MACHINES, has, hostFor, sizeOf, translate } from './build.mjs';
import { answers } from './columns.mjs';
import { difference, hostAnswers } from './compare.mjs';
import { cortex, instructions, keyLines, traces } from './measure.mjs';
import { captureLines, damagedLines, vectorLines, worstLines } from './telegrams.mjs';

/** Instructions of decode() on x86-64 at most: so many for a telegram, and so many for each of its bytes. */
const LIMITS = {
  plain: { telegram: 2000, byte: 350 },
  secured: { telegram: 400_000, byte: 3600 },
};
/** States of security in which a key was tried: decrypted, readable as it stands, wrong key. */
const TRIES_KEYS = new Set(['1', '2', '4']);
/** The state in which the meter has no key; its adapter's was tried all the same where one sends for it. */
const KEY_MISSING = '3';
const HAS_SENDER = 2;
/** Columns `flags`, `security` and `mac` in a T line; the letter T is column 0. */
const FLAGS = 11;
const SECURITY = 23;
const MAC = 25;

const say = (text) => process.stdout.write(`${text}\n`);
const isTelegram = (line) => !/^(key |tick$|forget$|wipe$)/.test(line);

const golden = [...vectorLines(), ...captureLines()];
const worst = worstLines();
const lines = [...golden, ...damagedLines(golden, 1500), ...worst];
const asked = lines.filter(isTelegram);
const expected = answers(lines);
say(`${asked.length} telegrams, ${golden.filter(isTelegram).length} of them as they should be`);

// ---- the module, without any tool ---------------------------------------------------------------------------------

const wasm = readFileSync(buildFirmware());
assert.deepEqual(brokenPromises(wasm), []);
say(`module: ${wasm.length} bytes, no imports, one page of memory`);
const module = new WebAssembly.Module(wasm);
assert.equal(
  difference('the module in JavaScript', lines, expected, answers(lines, { module })),
  undefined,
);

const { exports: core } = new WebAssembly.Instance(module);
for (const room of [
  [0xffffffff, 1, 1, 1],
  [64, 0xffffffff, 1, 1],
  [64, 1, 0x7fffffff, 1],
  [64, 1, 1, 0xaaaaaaab],
  [40_000, 1, 1, 1],
  [1024, 1, 2000, 1],
])
  assert.equal(core.reserve(...room), 0, `there is no room for ${room}`);
for (const keys of [0xffffffff, 0x80000000, 0x2aaaaaaa, 5000])
  assert.equal(core.reserveKeys(keys), 0, `there is no room for ${keys} keys`);
assert.equal(core.decode(1, 0), 0, 'nothing is decoded where nothing is reserved');
assert.equal(core.reserveKeys(4), 1);
assert.equal(core.reserve(512, 1, 256, 64), 1);
assert.equal(core.memory.buffer.byteLength, 65536);
assert.throws(
  () => createDecoderSync({ module }).decode(new Uint8Array(20_000)),
  /memory\/exhausted/,
);

// ---- compiled -----------------------------------------------------------------------------------------------------

const missing = new Set();
const needs = (...programs) => {
  const absent = programs.filter((program) => !has(program));
  for (const program of absent) missing.add(program);
  return absent.length === 0;
};
const report = { module: wasm.length, machines: {} };

if (needs('wasm2c')) {
  const folder = translate();
  for (const machine of MACHINES) {
    const { name, prefix, run, only } = machine;
    if (only !== undefined && only !== process.arch) continue;
    if (!needs(`${prefix}gcc`, ...run.slice(0, 1))) continue;
    const program = hostFor(folder, machine);
    const command = [...run, program];
    const actual = hostAnswers(command, lines);
    assert.equal(difference(name, lines, expected, actual), undefined);
    assert.equal(actual.filter((answer) => answer.startsWith('full')).length, 0);
    keysAreGone(command);
    const size = sizeOf(prefix, `${folder}/firmware-${name}.o`).text;
    report.machines[name] = size;
    say(`${name}: every answer is the JavaScript host's; ${size} bytes of code and constants`);
    if (name === 'x86-64') {
      const [memory] = hostAnswers(command, ['memory', '00'])[0].split('\n');
      const [, used, all] = memory.split(' ').map(Number);
      assert.ok(used <= all);
      report.memory = used;
      say(`memory: ${used} of ${all} bytes for telegrams of up to 1024`);
      if (needs('valgrind')) work(folder, program);
      constantTime(folder);
    }
  }
  if (needs('arm-none-eabi-gcc')) {
    report.cortex = cortex(folder);
    for (const [level, { module: alone, whole }] of Object.entries(report.cortex)) {
      // Code and constants in 96 kB of flash and memory in 28 kB of RAM, beside the stack.
      assert.ok(whole.text + whole.data <= 96 * 1024 && whole.data + whole.bss <= 28 * 1024);
      say(
        `cortex-m4 ${level}: module ${alone.text} bytes; whole program ${whole.text} in flash, ` +
          `${whole.data + whole.bss} in RAM`,
      );
    }
  }
  writeFileSync(`${folder}/report.json`, `${JSON.stringify(report, undefined, 2)}\n`);
}
if (missing.size > 0) say(`not done for want of ${[...missing].join(', ')} (see .ci/packages.txt)`);

/** A key stands in memory while it is kept, its expansion never, and nothing of either after it was wiped. */
function keysAreGone(command) {
  // FIPS 197 appendix A.1: a key and the first round key made from it.
  const key = '2b7e151628aed2a6abf7158809cf4f3c';
  const expanded = 'a0fafe1788542cb123a339392a6c7605';
  const telegram = keyLines(5)
    .find((line) => line.includes(key))
    .split(' ')
    .at(-1);
  const count = (...before) => {
    const output = hostAnswers(command, [...before, `find ${key}`, `find ${expanded}`, '00']).at(
      -1,
    );
    return [...output.matchAll(/^found (\d+)$/gm)].map(([, number]) => Number(number));
  };
  assert.deepEqual(count(`key 1593 12345678 ${key}`, telegram), [1, 0], 'only in its slot');
  assert.deepEqual(count(`key 1593 12345678 ${key}`, telegram, 'wipe'), [0, 0]);
  assert.deepEqual(count(`with ${key} ${telegram}`), [0, 0]);
}

/** Instructions for each telegram, and their bounds. */
function work(folder, program) {
  const counts = instructions(folder, program, lines);
  assert.equal(counts.length, asked.length);
  const rows = counts.map((count, i) => {
    const columns = expected[i].split('\n')[0].split(' ');
    const secured =
      TRIES_KEYS.has(columns[SECURITY]) ||
      columns[MAC] !== '0' ||
      (columns[SECURITY] === KEY_MISSING && (Number(columns[FLAGS]) & HAS_SENDER) !== 0);
    const bytes = asked[i].split(' ').at(-1).length / 2;
    return { count, bytes, limit: secured ? LIMITS.secured : LIMITS.plain, line: asked[i] };
  });
  for (const { count, bytes, limit, line } of rows)
    assert.ok(
      count <= limit.telegram + limit.byte * bytes,
      `${count} instructions for ${bytes} bytes: ${line}`,
    );
  const captured = rows.slice(0, golden.filter(isTelegram).length);
  report.instructions = {};
  for (const [name, limit] of Object.entries(LIMITS)) {
    const of = captured
      .filter((row) => row.limit === limit)
      .map(({ count }) => count)
      .sort((a, b) => a - b);
    const all = rows.filter((row) => row.limit === limit);
    const perByte = Math.max(...all.map(({ count, bytes }) => (count - limit.telegram) / bytes));
    report.instructions[name] = {
      median: of[of.length >> 1],
      most: Math.max(...all.map(({ count }) => count)),
      perByte: Math.ceil(perByte),
    };
    say(
      `instructions, ${name}: ${of[of.length >> 1]} for the median telegram, ` +
        `at most ${limit.telegram} + ${Math.ceil(perByte)} a byte`,
    );
  }
  // The call before leaves rows that the next one cleans: the first call of all has none.
  const [, first, ...others] = instructions(folder, program, keyLines(5));
  assert.deepEqual(
    others,
    others.map(() => first),
    'as many instructions whatever the key',
  );
  report.instructions.mode5 = first;
}

/** Which addresses and which blocks of code decryption touches must not depend on the key. */
function constantTime(folder) {
  const [, first, ...others] = traces(folder, keyLines(5));
  assert.ok(first.accesses > 1000 && first.blocks > 1000, 'the trace sees the module');
  for (const other of others) assert.deepEqual(other, first, 'the same loads, stores and branches');
  // A wireless frame is tried for CRCs, by a table that ciphertext indexes: there only the branches are compared.
  const [, authentic, ...alike] = traces(folder, keyLines(7));
  assert.ok(authentic.blocks > first.blocks);
  for (const { path, blocks, accesses } of alike)
    assert.deepEqual(
      [path, blocks, accesses],
      [authentic.path, authentic.blocks, authentic.accesses],
    );
  // What the trace can tell apart: another plaintext goes another way.
  const [shorter] = traces(folder, keyLines(0));
  assert.notEqual(shorter.path, first.path);
  report.trace = { accesses: first.accesses, blocks: first.blocks };
  say(
    `keys: ${others.length + 1} of them, one trace of ${first.accesses} accesses, ${first.blocks} blocks`,
  );
}
