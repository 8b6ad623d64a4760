/** A field of RFC 4180: quoted where it needs to be; nothing is an empty field. */
export function csvField(value: string | number | null | undefined): string {
  const text = `${value ?? ''}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
