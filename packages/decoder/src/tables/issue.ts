import type { Layer } from '../telegram.ts';

export interface IssueRow {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly layer: Layer;
  /** What it says to a person. */
  readonly message: string;
  /**
   * How the number of the place is printed behind it, in parentheses: `d` in decimal digits, `m` the same where it is not 0,
   * `x` and `s` in two and four hexadecimal digits. `''`: not.
   */
  readonly detail: IssueDetail;
}

export type IssueDetail = '' | 'd' | 'm' | 'x' | 's';

const row = (
  code: string,
  severity: IssueRow['severity'],
  layer: Layer,
  message: string,
  detail: IssueDetail = '',
): IssueRow => ({ code, severity, layer, message, detail });

/** Every issue that a telegram can have. The order is the number in WebAssembly: append, never insert. */
export const ISSUES: readonly IssueRow[] = [
  row('input/empty', 'error', 'input', 'no bytes'),
  row('input/too-long', 'error', 'input', 'too many bytes'),
  row('link/unrecognised', 'error', 'link', 'neither a wired nor a wireless telegram'),
  row('link/truncated', 'error', 'link', 'fewer bytes than the length field counts', 'm'),
  row('link/checksum', 'error', 'link', 'the checksum is wrong'),
  row('link/crc', 'error', 'link', 'a CRC is wrong'),
  row('link/trailing-bytes', 'warning', 'link', 'bytes behind its end', 'd'),
  row('link/leading-bytes', 'warning', 'link', 'bytes before its start', 'd'),
  row('link/stop', 'error', 'link', 'the stop character 16 is missing'),
  row('link/length', 'warning', 'link', 'the length field does not fit'),
  row('tpl/truncated', 'error', 'tpl', 'bytes of the header are missing', 'm'),
  row('tpl/ci-unknown', 'error', 'tpl', 'a CI field of unknown layout', 'x'),
  row('tpl/application-error', 'warning', 'tpl', 'the meter reports an application error', 'x'),
  row('security/key-missing', 'error', 'tpl', 'encrypted, and no key is given for this meter'),
  row('security/key-wrong', 'error', 'tpl', 'the key for this meter gives no telegram'),
  row('security/unsupported', 'error', 'tpl', 'mode not supported; 8-10: experimental', 'd'),
  row('security/plain', 'info', 'tpl', 'marked as encrypted, but readable as sent', 'd'),
  row('security/length', 'warning', 'tpl', 'fewer bytes than the header counts as encrypted'),
  row('ell/truncated', 'error', 'ell', 'bytes of the header are missing'),
  row('ell/crc', 'error', 'ell', 'the payload CRC is wrong'),
  row('ell/key-missing', 'error', 'ell', 'encrypted, and no key is given for this meter'),
  row('ell/key-wrong', 'error', 'ell', 'the payload CRC is wrong after decryption'),
  row('ell/unsupported', 'error', 'ell', 'the layer is not supported'),
  row('afl/truncated', 'error', 'afl', 'bytes of the header are missing'),
  row('afl/mac', 'error', 'afl', 'the MAC is wrong'),
  row('transport/incomplete', 'info', 'afl', 'more telegrams are needed'),
  row('record/truncated', 'error', 'records', 'bytes of the record are missing', 'm'),
  row('record/too-many-difes', 'error', 'records', 'more than ten DIFEs'),
  row('record/too-many-vifes', 'error', 'records', 'more than ten VIFEs'),
  row('record/reserved-dif', 'error', 'records', 'a reserved DIF: its length is not known', 'x'),
  row('record/reserved-lvar', 'error', 'records', 'a reserved LVAR: its length is not known', 'x'),
  row('record/reserved-vif', 'warning', 'records', 'a reserved VIF: its meaning is not known', 'x'),
  row('record/invalid-bcd', 'warning', 'records', 'digits that are none'),
  row('record/invalid-time', 'warning', 'records', 'impossible, or marked invalid'),
  row('record/more-follow', 'info', 'records', 'more records follow in another telegram'),
  row('record/overflow', 'warning', 'records', 'more digits than a record holds'),
  row('record/time-type', 'warning', 'records', 'no time is defined for this data field'),
  row('compact/format-unknown', 'error', 'tpl', 'its format is not known', 's'),
  row('compact/crc', 'error', 'tpl', 'the CRC of the full frame is wrong'),
  row('security/mac', 'error', 'afl', 'the MAC is wrong'),
  row('vendor/invalid', 'warning', 'vendor', 'does not fit the format of its manufacturer'),
  row('tpl/alarm', 'warning', 'tpl', 'the meter reports an alarm', 'x'),
  row('transport/fragment-lost', 'error', 'afl', 'not the next fragment'),
  row('afl/length', 'warning', 'afl', 'the length field does not fit'),
  row('security/sender-key', 'warning', 'tpl', 'opened with the key of its adapter'),
  row('security/sender-address', 'warning', 'tpl', 'encrypted under the address of its adapter'),
  row('security/date-missing', 'error', 'tpl', 'mode 3 needs a date'),
  row('tpl/not-records', 'error', 'tpl', 'DLMS or SML, no records', 'x'),
];
