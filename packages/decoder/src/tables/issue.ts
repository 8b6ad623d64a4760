import type { Layer } from '../telegram.ts';

export interface IssueRow {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly layer: Layer;
  /** What it says to a person; the detail of the place is added by the host. */
  readonly message: string;
}

const row = (
  code: string,
  severity: IssueRow['severity'],
  layer: Layer,
  message: string,
): IssueRow => ({ code, severity, layer, message });

/** Every issue that a telegram can have. The order is the number in WebAssembly: append, never insert. */
export const ISSUES: readonly IssueRow[] = [
  row('input/empty', 'error', 'input', 'there are no bytes'),
  row('input/too-long', 'error', 'input', 'more bytes than any telegram has'),
  row(
    'link/unrecognised',
    'error',
    'link',
    'the bytes are neither a wired nor a wireless telegram',
  ),
  row('link/truncated', 'error', 'link', 'the telegram ends before its length field says'),
  row('link/checksum', 'error', 'link', 'the checksum is wrong'),
  row('link/crc', 'error', 'link', 'a CRC is wrong'),
  row('link/trailing-bytes', 'warning', 'link', 'bytes stand behind the end of the telegram'),
  row('link/leading-bytes', 'warning', 'link', 'bytes stand before the start of the telegram'),
  row('link/stop', 'error', 'link', 'the stop character 16 is missing'),
  row('link/length', 'warning', 'link', 'the length field does not fit the number of bytes'),
  row('tpl/truncated', 'error', 'tpl', 'the header is cut short'),
  row('tpl/ci-unknown', 'error', 'tpl', 'no layout is known for this CI field'),
  row('tpl/application-error', 'warning', 'tpl', 'the meter reports an application error'),
  row('security/key-missing', 'error', 'tpl', 'encrypted, and no key is given for this meter'),
  row(
    'security/key-wrong',
    'error',
    'tpl',
    'decryption with the key for this meter gives no telegram',
  ),
  row('security/unsupported', 'error', 'tpl', 'the security mode is not supported'),
  row('security/plain', 'info', 'tpl', 'marked as encrypted, but readable as it stands'),
  row(
    'security/length',
    'warning',
    'tpl',
    'fewer bytes than the configuration field counts as encrypted',
  ),
  row('ell/truncated', 'error', 'ell', 'the extended link layer is cut short'),
  row('ell/crc', 'error', 'ell', 'the payload CRC is wrong'),
  row('ell/key-missing', 'error', 'ell', 'encrypted, and no key is given for this meter'),
  row('ell/key-wrong', 'error', 'ell', 'the payload CRC does not fit after decryption'),
  row('ell/unsupported', 'error', 'ell', 'this form of the extended link layer is not supported'),
  row('afl/truncated', 'error', 'afl', 'the authentication and fragmentation layer is cut short'),
  row('afl/mac', 'error', 'afl', 'the message authentication code is wrong'),
  row('transport/incomplete', 'info', 'afl', 'more telegrams are needed to complete this one'),
  row('record/truncated', 'error', 'records', 'the record is cut short'),
  row('record/too-many-difes', 'error', 'records', 'more than ten DIFEs'),
  row('record/too-many-vifes', 'error', 'records', 'more than ten VIFEs'),
  row('record/reserved-dif', 'error', 'records', 'a reserved DIF: its length is not known'),
  row('record/reserved-lvar', 'error', 'records', 'a reserved LVAR: its length is not known'),
  row('record/reserved-vif', 'warning', 'records', 'a VIF that no table defines'),
  row('record/invalid-bcd', 'warning', 'records', 'digits that are none in a BCD value'),
  row(
    'record/invalid-time',
    'warning',
    'records',
    'a date or time that is impossible or marked invalid',
  ),
  row('record/more-follow', 'info', 'records', 'more records follow in another telegram'),
  row('record/overflow', 'warning', 'records', 'a value of more digits than a record holds'),
  row(
    'record/time-type',
    'warning',
    'records',
    'a time point in a data field that none is defined for',
  ),
  row(
    'compact/format-unknown',
    'error',
    'tpl',
    'the format of this compact frame is not known yet',
  ),
  row('compact/crc', 'error', 'tpl', 'the rebuilt records do not fit the CRC of the full frame'),
  row('security/mac', 'error', 'afl', 'decrypted, but the message authentication code is wrong'),
  row('vendor/invalid', 'warning', 'vendor', 'the vendor format does not fit its own description'),
  row('tpl/alarm', 'warning', 'tpl', 'the meter reports an alarm'),
  row(
    'transport/fragment-lost',
    'error',
    'afl',
    'not the next fragment of its message: what came before is forgotten',
  ),
  row('afl/length', 'warning', 'afl', 'the message has another length than it says'),
  row(
    'security/sender-key',
    'warning',
    'tpl',
    'opened with the key of the adapter that sends, not of the meter',
  ),
  row(
    'security/sender-address',
    'warning',
    'tpl',
    "encrypted under the adapter's address, not the meter's",
  ),
  row('security/date-missing', 'error', 'tpl', "security mode 3 needs the meter's date"),
];
