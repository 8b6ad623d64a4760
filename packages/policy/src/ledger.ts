export { audit, type Audit, auditLedger, recordOf } from './ledger/audit.ts';
export { type Excerpt, excerptOf, type ProvedEntry, verifyExcerpt } from './ledger/excerpt.ts';
export {
  type DecisionRecord,
  Ledger,
  type LedgerBody,
  type LedgerEntry,
  type LedgerHead,
  openLedger,
  type Tampering,
  verifyLedger,
} from './ledger/ledger.ts';
export { sha256 } from './ledger/sha256.ts';
