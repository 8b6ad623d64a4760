import capture from '../../../node/capture.txt';
import keys from '../../../node/keys.csv';

export interface Example {
  readonly name: string;
  readonly telegrams: string;
  readonly keys: string;
}

/** Most telegrams of the building's day are like those of its first hours. */
const FIRST_HOURS = 60;

/** What the page can show without anybody's meter. */
export const EXAMPLES: readonly Example[] = [
  {
    name: 'Gas, encrypted',
    telegrams: `# OMS specification, annex N: a gas meter, security mode 5
2E 44 9315 78563412 33 03 7A 2A 00 2025 5923C95AAA26D1B2E7493B013EC4A6F6 D3529B520EDFF0EA6DEFC99D6D69EBF3
`,
    keys: `manufacturer,id,key
ELS,12345678,0102030405060708090A0B0C0D0E0F11
`,
  },
  {
    name: 'Water, with CRCs',
    telegrams: `# a water meter by radio, frame format A: a CRC behind each block
0F44AE0C7856341201074447780B134365871E6D
`,
    keys: '',
  },
  {
    name: 'Damaged on the air',
    telegrams: `# the same water meter, one bit of the last block wrong
0F44AE0C7856341201074447780B134365871E6C
# and a gas meter that was cut short
2E44931578563412330378 0C1427048502 046D3237
`,
    keys: '',
  },
  {
    name: 'A building’s day',
    telegrams: `${capture.split('\n').slice(0, FIRST_HOURS).join('\n')}\n`,
    keys,
  },
];
