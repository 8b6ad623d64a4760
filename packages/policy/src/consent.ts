export {
  grantOf,
  type Receipt,
  type ReceiptEvent,
  receiptOf,
  type ReceiptOptions,
  type TermReference,
} from './consent/receipt.ts';
export {
  isLive,
  type StateRow,
  type StateScheme,
  STATES,
  stateFrom,
  stateOfElhub,
  stateOfEloverblik,
  stateRow,
  stateTo,
} from './consent/states.ts';
export {
  advance,
  type GrantEvent,
  historyOf,
  type Narrowing,
  stateAt,
  type Transition,
  TRANSITIONS,
} from './consent/transition.ts';
