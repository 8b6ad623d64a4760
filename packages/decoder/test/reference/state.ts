import type {
  DataRecord,
  Link,
  MeterAddress,
  Security,
  Telegram,
  TelegramIssue,
} from '../../src/index.ts';
import type { Formats } from './compact.ts';

/** What one telegram becomes on its way through the layers. */
export interface State {
  link: Link;
  meter: MeterAddress | null;
  sender: MeterAddress | undefined;
  security: Security;
  accessNumber: number | null;
  messageCounter?: number;
  status: Telegram['status'];
  records: DataRecord[];
  issues: TelegramIssue[];
  key: number[] | null;
  /** The date that the meter had, type G, for mode 3. */
  date: number[] | null;
  formats: Formats;
  /** M, ID, version and type as transmitted. */
  linkAddress: number[] | null;
  /** The same of the receiver, from the extended link layer. */
  partner: number[] | null;
  /** Whether the message goes to the meter. */
  toMeter: boolean;
  /** AFL's message counter and what its MAC is over. */
  counter: number[] | null;
  mac: { sent: number[]; prefix: number[] } | null;
}

/** The address that initialization vectors begin with; by wire, a short header names nobody. */
export function addressIn({ linkAddress }: State): readonly number[] {
  return linkAddress ?? Array<number>(8).fill(0);
}
