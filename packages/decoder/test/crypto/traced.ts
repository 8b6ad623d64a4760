// A module that tells what it does: every address that it loads from or stores to, and every condition that it branches by.
// Binaryen prints the module; each operand of interest is wrapped in a call of the host.

import binaryen from 'binaryen';

type Node = string | Node[];

function read(text: string): Node[] {
  const root: Node[] = [];
  const stack: Node[][] = [root];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|;;[^\n]*|\(;.*?;\)|[()]|[^\s()"]+/gs)) {
    if (token.startsWith(';;') || token.startsWith('(;')) continue;
    if (token === '(') {
      const list: Node[] = [];
      stack.at(-1)!.push(list);
      stack.push(list);
    } else if (token === ')') stack.pop();
    else stack.at(-1)!.push(token);
  }
  return root;
}

const print = (node: Node): string =>
  typeof node === 'string' ? node : `(${node.map(print).join(' ')})`;

const isOperand = (node: Node): node is Node[] =>
  typeof node !== 'string' &&
  !['result', 'then', 'else', 'type', 'param'].includes(String(node[0]));

const ACCESS = /^(i32|i64|f32|f64|v128)\.(load|store)|^memory\.(fill|copy)$/;

function wrap(node: Node): Node {
  if (typeof node === 'string') return node;
  const out = node.map(wrap);
  const [name] = out;
  const operands = out.flatMap((one, i) => (isOperand(one) ? [i] : []));
  const told = (i: number | undefined, by: string): void => {
    if (i !== undefined) out[i] = ['call', by, out[i]!];
  };
  if (typeof name !== 'string') return out;
  if (ACCESS.test(name)) told(operands[0], '$address');
  // A block without a value may stand before the condition in neither of these.
  if (name === 'if') told(operands[0], '$condition');
  if (name === 'br_if' || name === 'br_table') told(operands.at(-1), '$condition');
  return out;
}

/** Everything that a run let somebody see who watches the cache and the branch predictor, as two hashes and their lengths. */
export interface Trace {
  readonly addresses: string;
  readonly branches: string;
}

export class Traced {
  readonly instance: WebAssembly.Instance;
  #addresses = 0;
  #branches = 0;
  #loads = 0;
  #jumps = 0;

  constructor(bytes: Uint8Array) {
    const module = binaryen.readBinary(bytes);
    module.setFeatures(binaryen.Features.All);
    const [root] = read(module.emitText()) as [Node[]];
    const kept = root.map(wrap);
    const at = kept.findIndex((node) => Array.isArray(node) && node[0] === 'type');
    for (const name of ['address', 'condition'])
      kept.splice(Math.max(at, 1), 0, [
        'import',
        '"host"',
        `"${name}"`,
        ['func', `$${name}`, ['param', 'i32'], ['result', 'i32']],
      ]);
    const traced = binaryen.parseText(print(kept));
    traced.setFeatures(binaryen.Features.All);
    const mixed = (hash: number, value: number): number =>
      Math.imul(hash ^ value, 0x01000193) ^ (hash >>> 15);
    this.instance = new WebAssembly.Instance(
      new WebAssembly.Module(traced.emitBinary() as Uint8Array<ArrayBuffer>),
      {
        host: {
          address: (value: number) => {
            this.#addresses = mixed(this.#addresses, value);
            this.#loads++;
            return value;
          },
          condition: (value: number) => {
            this.#branches = mixed(this.#branches, value);
            this.#jumps++;
            return value;
          },
        },
      },
    );
    module.dispose();
    traced.dispose();
  }

  /** What a piece of work lets be seen. */
  watch(work: () => void): Trace {
    this.#addresses = 0;
    this.#branches = 0;
    this.#loads = 0;
    this.#jumps = 0;
    work();
    return {
      addresses: `${this.#loads}:${this.#addresses >>> 0}`,
      branches: `${this.#jumps}:${this.#branches >>> 0}`,
    };
  }
}
