/** One legal basis of GDPR Article 6(1). */
export interface LegalBasis {
  readonly basis:
    | 'consent'
    | 'contract'
    | 'legal-obligation'
    | 'vital-interest'
    | 'public-task'
    | 'legitimate-interest';
  /** Article or act, as a lawyer would cite it. */
  readonly reference?: string;
}

/** A transfer out of the EEA, and what protects the data there. */
export interface ThirdCountryTransfer {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly recipient?: string;
  readonly safeguard: string;
}

/**
 * One entry of the record of processing activities (GDPR Article 30(1)); the letters are its items. Texts may be given in
 * several languages, keyed by tag (`nb`, `sv`).
 */
export interface ProcessingActivity {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  /** `proposed` until a person who may do so has adopted it. */
  readonly status: 'proposed' | 'adopted' | 'ended';
  /** (a) Controller, joint controllers, representative, data protection officer. */
  readonly controllers: readonly {
    readonly name: string;
    readonly role: 'controller' | 'joint-controller' | 'representative' | 'dpo';
    readonly contact?: string;
  }[];
  /** (b) Terms of the policy vocabulary. */
  readonly purposes: readonly string[];
  readonly legalBases: readonly LegalBasis[];
  /** (c) Whose and which data. */
  readonly dataSubjects: readonly string[];
  readonly dataCategories: readonly string[];
  /** True when special categories (Article 9) are among them. */
  readonly special: boolean;
  /** (d) Categories of recipients. */
  readonly recipients: readonly string[];
  /** (e) */
  readonly transfers: readonly ThirdCountryTransfer[];
  /** (f) In words; rules that a machine follows belong to the policy package. */
  readonly retention: string;
  /** (g) Technical and organisational security measures. */
  readonly measures: readonly string[];
  readonly note?: string;
}
