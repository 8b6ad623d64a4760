/**
 * Record headers of full frames whose compact frames are on the air, so that these can be decoded before a full frame has
 * been heard: DIF to VIFE of all records, hexadecimal. Their signature is the CRC over them; the generator computes it
 * and refuses a row whose signature is another.
 */
export interface FormatRow {
  readonly signature: number;
  readonly headers: string;
  readonly seen: string;
}

const row = (signature: number, headers: string, seen: string): FormatRow => ({
  signature,
  headers: headers.replaceAll(' ', '').toLowerCase(),
  seen,
});

export const FORMATS: readonly FormatRow[] = [
  row(0xa8ed, '02FF20 0413 4413 615B 6167', 'MULTICAL 21'),
  row(0xc412, '02FF20 0413 92013B A1015B 8101E7FF0F', 'MULTICAL 21, flowIQ'),
  row(0x0905, '04FF23 4413 523B 06FF1B 426C 6167 5167 023B 0413 8101E7FF0F', 'flowIQ'),
  row(0x36d4, '02FF20 0413 4413 426C 523B 615B 6167 5167 8101E7FF0F 06FF1B', 'flowIQ'),
  row(0x61eb, '02FF20 0413 4413 A1015B 8101E7FF0F', 'water'),
  row(0xd2f7, '02FF20 0413 4413 615B 5167', 'water'),
  row(0xdd34, '02FF20 0413 4413', 'water'),
  row(0x7c0e, '02FF20 0413 523B', 'water'),
  row(0xa9f3, '04FF23 0413 4413 426C 023B 92013B A2013B 06FF1B A1015B 91015B A10167', 'KWM 2231'),
  row(
    0x8400,
    '02F9FF15 0406 04EEFF07 04EEFF08 0414 844014 84804014 02FD17 026C 426C 4406 4414 C44014 C4804014 043B 0259 025D',
    'MULTICAL 602',
  ),
  row(0xf1e7, '0306 4306 0314 426C 022D 01FF21', 'MULTICAL 302'),
  row(0x52c2, '030E 430E 0313 426C 022D 01FF21', 'MULTICAL 302'),
  row(0x6de2, '030F 430F 0314 426C 022D 01FF21', 'MULTICAL 302'),
  row(0xb34d, '0406 04FF07 04FF08 0414 043B 0259 025D 04FF22 026C 4406 4414 426C', 'MULTICAL 403'),
  row(
    0x1434,
    '040E 04FF07 04FF08 0413 844014 84804014 043B 0259 025D 142D 84100E 84200E 04FF22 026C 440E 4413 C44014 C4804014 426C',
    'MULTICAL 603',
  ),
  row(
    0xe7a2,
    '040F 04FF07 04FF08 0414 844014 84804014 043B 0259 025D 142D 84100F 84200F 04FF22 026C 440F 4414 C44014 C4804014 426C',
    'MULTICAL 603',
  ),
  row(0xae5a, '0406 0414 04FF07 04FF08 0259 025D 023B 02FF22 026C 4406 4414 426C', 'MULTICAL 303'),
  row(0x73de, '2269 1269 0269 05FF09 05FF0A 02FD17', 'pressure'),
  row(0x8c13, '0404 04843C 042B 04AB3C', 'OMNIPOWER'),
  row(0x2274, '0405 04FB8275 04853C 04FB82F53C 01FD17', 'EM24'),
];
