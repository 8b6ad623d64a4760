/** Which header follows a CI field: `fixed` is the old structure's of eight bytes, `layer` a layer below the application. */
export type CiHeader = 'none' | 'short' | 'long' | 'fixed' | 'layer';

/** What stands behind the header. `other`: a message that is not made of records. */
export type CiBody =
  | 'none'
  | 'records'
  | 'application-error'
  | 'alarm'
  | 'fixed'
  | 'other'
  | 'compact'
  | 'format'
  | 'clock';

/** A CI field, or a run of them. */
export interface CiRow {
  readonly code: number;
  readonly span: number;
  readonly header: CiHeader;
  readonly body: CiBody;
  /** The message goes to a meter. */
  readonly toMeter: boolean;
  readonly name: string;
}

/** Numbers in the module's table, by place: header in bits 0–2, bit 3 for messages to a meter, body in bits 4–7. */
export const CI_HEADERS = ['none', 'short', 'long', 'fixed'] as const;
export const CI_BODIES = [
  'none',
  'records',
  'application-error',
  'alarm',
  'fixed',
  'other',
  'compact',
  'format',
  'clock',
] as const;

const row = (
  code: number,
  header: CiHeader,
  body: CiBody,
  name: string,
  toMeter = false,
  span = 1,
): CiRow => ({ code, span, header, body, toMeter, name });
const command = (code: number, header: CiHeader, body: CiBody, name: string): CiRow =>
  row(code, header, body, name, true);
const layer = (code: number, name: string): CiRow => row(code, 'layer', 'none', name);

/**
 * CI fields of EN 13757-7 table 2, and what EN 13757-2, 13757-3 and EN 1434-3 have beside it. What is not listed is
 * reserved; A0 to B7 are the manufacturers'. 7E and 7F carry SML in practice; public sources differ on their headers, and
 * these are those of the table.
 */
export const CI_FIELDS: readonly CiRow[] = [
  row(0x00, 'none', 'other', 'DLMS application', false, 32),
  command(0x50, 'none', 'other', 'application reset or select'),
  command(0x51, 'none', 'records', 'command to a meter'),
  command(0x52, 'none', 'other', 'selection of meters by their secondary address'),
  command(0x53, 'long', 'other', 'application reset or select, long header'),
  command(0x54, 'none', 'other', 'request for the selected application'),
  command(0x55, 'long', 'other', 'request for the selected application, long header'),
  command(0x56, 'short', 'other', 'request for the selected application, short header'),
  command(0x57, 'short', 'other', 'application reset or select, short header'),
  command(0x5a, 'short', 'records', 'command to a meter, short header'),
  command(0x5b, 'long', 'records', 'command to a meter, long header'),
  command(0x5c, 'none', 'other', 'synchronise action'),
  command(0x5f, 'long', 'other', 'security management (TLS) to a meter, long header'),
  command(0x60, 'long', 'other', 'DLMS/COSEM with OBIS to a meter, long header'),
  command(0x61, 'short', 'other', 'DLMS/COSEM with OBIS to a meter, short header'),
  command(0x64, 'long', 'other', 'OBIS value descriptors to a meter, long header'),
  command(0x65, 'short', 'other', 'OBIS value descriptors to a meter, short header'),
  row(0x66, 'none', 'other', 'answer about the selected application'),
  row(0x67, 'short', 'other', 'answer about the selected application, short header'),
  row(0x68, 'long', 'other', 'answer about the selected application, long header'),
  row(0x69, 'none', 'format', 'format frame'),
  row(0x6a, 'short', 'format', 'format frame, short header'),
  row(0x6b, 'long', 'format', 'format frame, long header'),
  command(0x6c, 'long', 'clock', 'clock: set date and time, long header'),
  command(0x6d, 'long', 'clock', 'clock: add or subtract a difference, long header'),
  row(0x6e, 'short', 'application-error', 'application error, short header'),
  row(0x6f, 'long', 'application-error', 'application error, long header'),
  row(0x70, 'none', 'application-error', 'application error'),
  row(0x71, 'none', 'alarm', 'alarm'),
  row(0x72, 'long', 'records', 'response of a meter, long header'),
  row(0x73, 'fixed', 'fixed', 'fixed data structure, or compact frame with a long header'),
  row(0x74, 'short', 'alarm', 'alarm, short header'),
  row(0x75, 'long', 'alarm', 'alarm, long header'),
  row(0x76, 'long', 'records', 'response of a meter, most significant byte first'),
  row(0x77, 'fixed', 'fixed', 'fixed data structure, most significant byte first'),
  row(0x78, 'none', 'records', 'response of a meter, no header'),
  row(0x79, 'none', 'compact', 'compact frame'),
  row(0x7a, 'short', 'records', 'response of a meter, short header'),
  row(0x7b, 'short', 'compact', 'compact frame, short header'),
  row(0x7c, 'long', 'other', 'DLMS/COSEM with OBIS, long header'),
  row(0x7d, 'short', 'other', 'DLMS/COSEM with OBIS, short header'),
  row(0x7e, 'long', 'other', 'OBIS value descriptors (SML), long header'),
  row(0x7f, 'short', 'other', 'OBIS value descriptors (SML), short header'),
  command(0x80, 'long', 'none', 'transport layer without application data to a meter, long header'),
  row(0x81, 'none', 'other', 'network layer'),
  command(0x82, 'long', 'other', 'network management to a meter, long header'),
  command(0x83, 'none', 'other', 'network management to a meter'),
  command(0x84, 'long', 'none', 'transport layer to a meter, compact frame expected, long header'),
  command(0x85, 'long', 'none', 'transport layer to a meter, format frame expected, long header'),
  layer(0x86, 'extended link layer V'),
  row(0x87, 'long', 'other', 'network management, long header'),
  row(0x88, 'short', 'other', 'network management, short header'),
  row(0x89, 'none', 'other', 'network management'),
  row(0x8a, 'short', 'none', 'transport layer without application data, short header'),
  row(0x8b, 'long', 'none', 'transport layer without application data, long header'),
  layer(0x8c, 'extended link layer I'),
  layer(0x8d, 'extended link layer II'),
  layer(0x8e, 'extended link layer III'),
  layer(0x8f, 'extended link layer IV'),
  layer(0x90, 'authentication and fragmentation layer'),
  row(0x9e, 'short', 'other', 'security management (TLS), short header'),
  row(0x9f, 'long', 'other', 'security management (TLS), long header'),
  row(0xb8, 'none', 'none', 'set baud rate 300'),
  row(0xb9, 'none', 'none', 'set baud rate 600'),
  row(0xba, 'none', 'none', 'set baud rate 1200'),
  row(0xbb, 'none', 'none', 'set baud rate 2400'),
  row(0xbc, 'none', 'none', 'set baud rate 4800'),
  row(0xbd, 'none', 'none', 'set baud rate 9600'),
  row(0xbe, 'none', 'none', 'set baud rate 19200'),
  row(0xbf, 'none', 'none', 'set baud rate 38400'),
  command(0xc0, 'long', 'other', 'image transfer to a meter, long header'),
  row(0xc1, 'short', 'other', 'image transfer, short header'),
  row(0xc2, 'long', 'other', 'image transfer, long header'),
  command(0xc3, 'long', 'other', 'security information to a meter, long header'),
  row(0xc4, 'short', 'other', 'security information, short header'),
  row(0xc5, 'long', 'other', 'security information, long header'),
];

/** The row of a CI field; undefined for one that is reserved or a manufacturer's. */
export function ciRow(ci: number): CiRow | undefined {
  return CI_FIELDS.find(({ code, span }) => ci >= code && ci < code + span);
}
