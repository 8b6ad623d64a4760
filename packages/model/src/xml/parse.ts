import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Report } from '../conversion.ts';

/** One element: its attributes, its text, and its children by local name, in order. */
export interface Element {
  readonly attributes: ReadonlyMap<string, string>;
  readonly text: string;
  readonly children: ReadonlyMap<string, readonly Element[]>;
}

/** Longest document that is read, in UTF-16 units. */
export const MAX_XML_LENGTH: number = 64 * 1024 * 1024;
/** Deepest nesting that is read. */
const MAX_DEPTH = 64;

const NONE: Element = { attributes: new Map(), text: '', children: new Map() };

const PREDEFINED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** Text with the five entities that XML has by itself, and character references, written out. */
function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#([0-9]{1,7})|#x([0-9a-fA-F]{1,6})|([a-z]{2,4}));/g,
    (whole, dec, hex, name) => {
      if (typeof name === 'string')
        return Object.hasOwn(PREDEFINED, name) ? (PREDEFINED[name] ?? whole) : whole;
      const code = typeof dec === 'string' ? Number(dec) : Number.parseInt(String(hex), 16);
      return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
    },
  );
}

type Ordered = readonly Readonly<Record<string, unknown>>[];

function build(nodes: Ordered, attributes: ReadonlyMap<string, string>, depth: number): Element {
  const children = new Map<string, Element[]>();
  let text = '';
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== ':@') ?? '';
    const value = node[name];
    if (name === '#text') {
      text += unescaped(String(value));
    } else if (Array.isArray(value) && depth < MAX_DEPTH && !name.startsWith('?')) {
      const found = children.get(name) ?? [];
      found.push(build(value as Ordered, attributesOf(node), depth + 1));
      children.set(name, found);
    }
  }
  return { attributes, text: text.trim(), children };
}

function attributesOf(node: Readonly<Record<string, unknown>>): ReadonlyMap<string, string> {
  const raw = node[':@'];
  if (typeof raw !== 'object' || raw === null) return new Map();
  return new Map(Object.entries(raw).map(([key, value]) => [key, unescaped(String(value))]));
}

/** Where a piece of markup that begins at `at` ends; the end of the text when it never does. */
function endOf(text: string, at: number): number {
  let close = '>';
  if (text.startsWith('<!--', at)) close = '-->';
  else if (text.startsWith('<![CDATA[', at)) close = ']]>';
  else if (text[at + 1] === '?') close = '?>';
  const end = text.indexOf(close, at + 1);
  return end < 0 ? text.length : end + close.length;
}

/** Deepest nesting of elements; one look at each character, whatever the text is. */
function deepest(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = text.indexOf('<'); at >= 0;) {
    const next = text[at + 1];
    const end = endOf(text, at);
    if (next === '/') depth--;
    else if (next !== '!' && next !== '?' && text[end - 2] !== '/') depth++;
    if (depth > most) most = depth;
    at = text.indexOf('<', end);
  }
  return most;
}

/**
 * The document element of XML text of unknown origin, namespace prefixes dropped, every value a text; null (and an issue)
 * when it is no well-formed XML, has a document type declaration, or is beyond the bounds.
 */
export function parseXml(text: string, report: Report): { name: string; root: Element } | null {
  if (text.length > MAX_XML_LENGTH) {
    report.error('xml/too-big', '', `has more than ${MAX_XML_LENGTH} characters`);
    return null;
  }
  if (/<!DOCTYPE/i.test(text)) {
    report.error('xml/document-type', '', 'declares a document type: entities are not expanded');
    return null;
  }
  if (deepest(text) > MAX_DEPTH) {
    report.error('xml/too-deep', '', `is nested more than ${MAX_DEPTH} deep`);
    return null;
  }
  try {
    const verdict = XMLValidator.validate(text);
    if (verdict !== true) {
      report.error(
        'xml/not-well-formed',
        '',
        `line ${verdict.err.line}: ${verdict.err.msg.slice(0, 200)}`,
      );
      return null;
    }
    const nodes = new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      removeNSPrefix: true,
      parseTagValue: false,
      parseAttributeValue: false,
      processEntities: false,
      trimValues: false,
    }).parse(text) as Ordered;
    for (const node of nodes) {
      const name = Object.keys(node).find(
        (key) => key !== ':@' && key !== '#text' && !key.startsWith('?'),
      );
      const value = name === undefined ? undefined : node[name];
      if (name !== undefined && Array.isArray(value)) {
        return { name, root: build(value as Ordered, attributesOf(node), 1) };
      }
    }
    report.error('xml/not-well-formed', '', 'has no element');
  } catch {
    report.error('xml/not-well-formed', '', 'cannot be read');
  }
  return null;
}

/** Children of a name, none when there are none. */
export function all(element: Element, name: string): readonly Element[] {
  return element.children.get(name) ?? [];
}

/** First child along a path; an empty element where there is none. */
export function first(element: Element, ...path: readonly string[]): Element {
  let at = element;
  for (const name of path) at = at.children.get(name)?.[0] ?? NONE;
  return at;
}

/** Text of the first child along a path; null when it is not there or empty. */
export function textAt(element: Element, ...path: readonly string[]): string | null {
  const { text } = first(element, ...path);
  return text === '' ? null : text;
}
