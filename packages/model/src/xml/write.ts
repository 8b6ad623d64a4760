/** An element to be written: name, attributes, and either text or children. Null and undefined children are left out. */
export interface Written {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string | readonly (Written | null)[];
}

/** XML 1.0 has no place for control characters and lone surrogates, not even as references. */
function allowed(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, (character) =>
    '\t\n\r'.includes(character) || (character >= '\u007f' && character <= '\u009f')
      ? character
      : '\ufffd',
  );
}

function escaped(text: string): string {
  return allowed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\t', '&#9;');
}

/** An element with attributes. */
export function element(
  name: string,
  content: string | readonly (Written | null)[],
  attributes: Readonly<Record<string, string>> = {},
): Written {
  return { name, attributes, content };
}

/** An element of text, or null when there is none. */
export function field(name: string, text: string | null | undefined): Written | null {
  return text === null || text === undefined ? null : element(name, text);
}

function write(node: Written, indent: string, lines: string[]): void {
  const attributes = Object.entries(node.attributes)
    .map(([key, value]) => ` ${key}="${escaped(value)}"`)
    .join('');
  const open = `${indent}<${node.name}${attributes}`;
  if (typeof node.content === 'string') {
    lines.push(
      node.content === '' ? `${open}/>` : `${open}>${escaped(node.content)}</${node.name}>`,
    );
    return;
  }
  const children = node.content.filter((child) => child !== null);
  if (children.length === 0) {
    lines.push(`${open}/>`);
    return;
  }
  lines.push(`${open}>`);
  for (const child of children) write(child, `${indent}  `, lines);
  lines.push(`${indent}</${node.name}>`);
}

/** XML text of a document, UTF-8, two blanks an indent. */
export function writeXml(root: Written): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  write(root, '', lines);
  return `${lines.join('\n')}\n`;
}
