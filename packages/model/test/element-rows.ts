import { XMLParser } from 'fast-xml-parser';

// Sequences of a published XML schema as rows of our own, and what of a document is not as they say.

export const MANY: number = Infinity;

/** A whole number from `least` to `most`, in the lexical form that XML Schema calls canonical. */
export interface Range {
  readonly least: bigint;
  readonly most: bigint;
}

interface Codes {
  readonly codes: readonly (number | string)[];
}

/** What an element holds: a number, one of some codes, a text of some form, nothing, or elements in this order. */
export type Content = Range | Codes | RegExp | 'empty' | readonly Row[];
export type Row = readonly [name: string, least: number, most: number, holds: Content];

export const oneOf = (...codes: readonly (number | string)[]): Codes => ({ codes });

export interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly Node[];
}

/** The document as it stands, order kept; written here anew, as the package's reader forgets the order. */
export function parse(text: string): Node {
  const read = (raw: Readonly<Record<string, unknown>>): Node => {
    const name = Object.keys(raw).find((key) => key !== ':@')!;
    const inside = raw[name] as readonly Readonly<Record<string, unknown>>[];
    return {
      name,
      attributes: (raw[':@'] ?? {}) as Record<string, string>,
      text: inside.map((one) => ('#text' in one ? String(one['#text']) : '')).join(''),
      children: inside.filter((one) => !('#text' in one)).map(read),
    };
  };
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
  });
  const roots = parser.parse(text) as Readonly<Record<string, unknown>>[];
  return read(roots.find((one) => !Object.keys(one)[0]!.startsWith('?'))!);
}

function plain(text: string, content: Range | Codes | RegExp): boolean {
  if (content instanceof RegExp) return content.test(text);
  if ('codes' in content) return content.codes.map(String).includes(text);
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) return false;
  return BigInt(text) >= content.least && BigInt(text) <= content.most;
}

/** What of a node is not as its content says. */
export function faults(node: Node, content: Content, path: string): string[] {
  const here = `${path}/${node.name}`;
  if (content === 'empty') return node.children.length + node.text.length === 0 ? [] : [here];
  if (content instanceof RegExp || 'least' in content || 'codes' in content) {
    const good = node.children.length === 0 && plain(node.text, content);
    return good ? [] : [`${here}: ${node.text}`];
  }
  const found: string[] = node.text.trim() === '' ? [] : [`${here}: text`];
  let at = 0;
  for (const [name, least, most, inside] of content) {
    let count = 0;
    for (; node.children[at]?.name === name; at++, count++)
      found.push(...faults(node.children[at]!, inside, here));
    if (count < least || count > most) found.push(`${here}: ${name} ${count} times`);
  }
  if (at < node.children.length) found.push(`${here}: ${node.children[at]!.name} in this place`);
  return found;
}
