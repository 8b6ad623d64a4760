import type { Rule } from '../types/index.ts';

const BILLING = ['albertslund-forsyning.billing'];
const UTILITY = ['albertslund-forsyning'];

/** What the utility does with whose data. */
export const ALBERTSLUND_DATA: readonly Rule[] = [
  {
    id: 'alb.01.municipal-rules',
    effect: 'inherit',
    from: 'policy:albertslund-kommune',
    who: ['albertslund-forsyning.staff'],
    cite: ['alb:L11'],
    reason:
      "The municipality's own guidelines are not in the document. Compile them beside this policy under the id albertslund-kommune: a forbid there then binds the utility's staff, who are staff of the municipality too.",
    text: {
      da: 'Kommunens retningslinjer gælder også forsyningens medarbejdere.',
      en: "The municipality's guidelines bind the utility's staff too.",
    },
  },
  {
    id: 'alb.02.data-kinds',
    effect: 'permit',
    who: UTILITY,
    do: ['collect'],
    what: ['meter-number', 'heat-consumption', 'temperature', 'water-flow'],
    for: ['heat-supply'],
    cite: ['alb:L13'],
    text: {
      da: 'Målernummer, varmeforbrug, temperaturer og vandgennemstrømning må indsamles.',
      en: 'Meter number, heat consumption, temperatures and water flow may be collected.',
    },
  },
  {
    id: 'alb.03.continuous-collection',
    effect: 'permit',
    who: UTILITY,
    do: ['collect-continuously'],
    what: ['heat-meter-data'],
    for: ['optimise-consumption'],
    cite: ['alb:L13'],
    text: {
      da: 'Løbende indsamling tjener til at optimere varmeforbruget.',
      en: 'Continuous collection serves to optimise heat consumption.',
    },
  },
  {
    id: 'alb.04.optimise-both',
    effect: 'permit',
    who: UTILITY,
    do: ['analyse'],
    what: ['heat-meter-data'],
    for: ['lower-heat-bill', 'efficient-operation'],
    cite: ['alb:L13'],
    text: {
      da: 'Analysen skal give brugeren en lavere regning og forsyningen en bedre drift.',
      en: 'The analysis is for a lower bill and for better operation.',
    },
  },
  {
    id: 'alb.05.easy-energy-register',
    effect: 'permit',
    who: UTILITY,
    do: ['store'],
    what: ['name', 'address', 'cpr'],
    for: ['billing', 'communication'],
    in: ['kmd-easy-energy'],
    cite: ['alb:L17'],
    text: {
      da: 'Navn, adresse og CPR-nummer står i afregningssystemet.',
      en: 'Name, address and civil registration number are in the billing system.',
    },
  },
  {
    id: 'alb.06.cpr-nemkonto',
    effect: 'permit',
    who: BILLING,
    do: ['use'],
    what: ['cpr'],
    for: ['payout-nemkonto'],
    in: ['kmd-easy-energy'],
    cite: ['alb:L17'],
    text: {
      da: 'CPR-nummeret bruges til at udbetale via NemKonto.',
      en: 'The number is used to pay out through NemKonto.',
    },
  },
  {
    id: 'alb.07.bank-change',
    effect: 'info',
    cite: ['alb:L17'],
    reason:
      'It tells the customer that a change of bank asks for nothing. It grants and forbids nothing; that no bank account needs storing is an argument for minimisation.',
    text: {
      da: 'Ved skift af bank skal brugeren intet gøre.',
      en: 'When changing bank the user has nothing to do.',
    },
  },
  {
    id: 'alb.08.cpr-subsidy',
    effect: 'permit',
    who: BILLING,
    do: ['use'],
    what: ['cpr'],
    for: ['payout-energy-saving-subsidy'],
    basis: 'legal-obligation',
    cite: ['alb:L17'],
    text: {
      da: 'CPR-nummeret bruges til at udbetale tilskud til energibesparelser.',
      en: 'The number is used to pay out subsidies for energy savings.',
    },
  },
  {
    id: 'alb.09.cpr-arrears',
    effect: 'permit',
    who: BILLING,
    do: ['use'],
    what: ['cpr'],
    for: ['collect-arrears'],
    cite: ['alb:L17'],
    text: {
      da: 'CPR-nummeret bruges til at inddrive restancer.',
      en: 'The number is used to collect arrears.',
    },
  },
  {
    id: 'alb.10.eboks',
    effect: 'permit',
    who: BILLING,
    do: ['use', 'send'],
    what: ['cpr', 'invoice'],
    for: ['deliver-bill-eboks'],
    cite: ['alb:L19'],
    text: {
      da: 'Regninger og opgørelser sendes til e-Boks ved hjælp af CPR-nummeret.',
      en: 'Bills and statements are sent to e-Boks by the number.',
    },
  },
  {
    id: 'alb.11.eboks-exempt',
    effect: 'duty',
    who: ['kmd-easy-energy'],
    on: 'send-message',
    must: 'send-by-post',
    if: { fact: 'recipient.eboksExempt', op: 'eq', value: true },
    cite: ['alb:L19'],
    text: {
      da: 'Er modtageren fritaget fra e-Boks, går beskeden med posten.',
      en: 'If the recipient is exempt from e-Boks, the message goes by post.',
    },
  },
  {
    id: 'alb.12.cpr-other-messages',
    effect: 'permit',
    who: UTILITY,
    do: ['use'],
    what: ['cpr'],
    for: ['important-message-eboks', 'energy-saving-campaign'],
    cite: ['alb:L21'],
    text: {
      da: 'CPR-nummeret bruges som adresse for vigtige beskeder og kampagner, ikke som nøgle til analyse.',
      en: 'The number is the address of important messages and campaigns, not a key for analysis.',
    },
  },
  {
    id: 'alb.13.red-consumers',
    effect: 'permit',
    who: UTILITY,
    do: ['profile', 'send'],
    what: ['heat-consumption', 'cpr'],
    for: ['energy-saving-campaign'],
    if: { fact: 'subject.heatUse', op: 'gt', value: '$threshold.red' },
    cite: ['alb:L21', 'gdpr:A21'],
    text: {
      da: 'Den, der bruger særlig meget varme, må få et brev; retten til indsigelse gælder.',
      en: 'Who uses very much heat may get a letter; the right to object applies.',
    },
  },
];
