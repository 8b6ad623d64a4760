import type { Language } from '../lang/language.ts';
import type { ColumnKey } from './labels.ts';
import { columnLabel } from './labels.ts';

/** Whose order of columns: NO and DK Datatilsynet, SE IMY, FI the ombudsman, FR CNIL, or that of Article 30 itself. */
export type LayoutId = 'article-30' | 'no' | 'dk' | 'se' | 'fi' | 'fr';

/** The order in which an authority asks for the contents of a record. */
export interface Layout {
  readonly id: LayoutId;
  readonly authority: string;
  /** Language of the headings; `fr` only has headings, its cells are in the language asked for. */
  readonly language: Language | 'fr';
  readonly columns: readonly ColumnKey[];
  /**
   * What the order stands on. `list`: the authority's published guidance lists the contents in this order, its
   * spreadsheet was not compared. `unverified`: by the order of the law or second-hand descriptions; the authority's own
   * template was not seen. Nothing here was checked against a template file itself.
   */
  readonly evidence: 'law' | 'list' | 'unverified';
  /** What was read. */
  readonly source: string;
}

const WHO: readonly ColumnKey[] = ['controller', 'jointControllers', 'representative', 'dpo'];
const B_TO_G: readonly ColumnKey[] = [
  'purposes',
  'subjects',
  'data',
  'recipients',
  'transfers',
  'erasure',
  'measures',
];

/** Every order of columns, by id. Each ends with `status`, which tells what is only proposed. */
export const LAYOUTS: Readonly<Record<LayoutId, Layout>> = {
  'article-30': {
    id: 'article-30',
    authority: 'GDPR',
    language: 'en',
    columns: ['name', ...WHO, ...B_TO_G, 'status'],
    evidence: 'law',
    source: 'Regulation (EU) 2016/679, Article 30(1)(a) to (g)',
  },
  no: {
    id: 'no',
    authority: 'Datatilsynet (Norge)',
    language: 'nb',
    columns: ['name', ...WHO, ...B_TO_G, 'bases', 'special', 'category', 'note', 'status'],
    evidence: 'list',
    source:
      'datatilsynet.no, «Protokoll over behandlingsaktiviteter»: seven points in this order; what the law does not ask for stands after them',
  },
  dk: {
    id: 'dk',
    authority: 'Datatilsynet (Danmark)',
    language: 'da',
    columns: ['name', ...WHO, ...B_TO_G, 'bases', 'special', 'category', 'note', 'status'],
    evidence: 'unverified',
    source: 'order of Article 30(1); the example in Datatilsynet’s guide on records was not seen',
  },
  se: {
    id: 'se',
    authority: 'Integritetsskyddsmyndigheten (IMY)',
    language: 'sv',
    columns: ['name', ...WHO, ...B_TO_G, 'bases', 'special', 'category', 'note', 'status'],
    evidence: 'unverified',
    source: 'order of Article 30(1), as Swedish guides repeat it; no template of IMY was seen',
  },
  fi: {
    id: 'fi',
    authority: 'Tietosuojavaltuutetun toimisto',
    language: 'fi',
    columns: [
      ...WHO,
      'name',
      'purposes',
      'bases',
      ...B_TO_G.slice(1),
      'special',
      'category',
      'status',
    ],
    evidence: 'unverified',
    source:
      'tietosuoja.fi, “Seloste käsittelytoimista”, and a published model by it: controller and data protection officer first; the ombudsman’s spreadsheet was not seen',
  },
  fr: {
    id: 'fr',
    authority: 'CNIL',
    language: 'fr',
    columns: [
      'name',
      'id',
      'updated',
      'controller',
      'dpo',
      'representative',
      'jointControllers',
      'purposes',
      'bases',
      'subjects',
      'data',
      'special',
      'erasure',
      'recipients',
      'transfers',
      'measures',
      'status',
    ],
    evidence: 'unverified',
    source:
      'descriptions of CNIL’s model record (parties, aims, persons, data, periods, recipients, transfers, security); the .ods file was not seen',
  },
};

const FRENCH: Readonly<Record<ColumnKey, string>> = {
  id: 'N° / référence',
  category: 'Domaine',
  name: 'Activité de traitement',
  summary: 'Description',
  controller: 'Responsable du traitement',
  jointControllers: 'Responsable(s) conjoint(s)',
  representative: 'Représentant',
  dpo: 'Délégué à la protection des données',
  purposes: 'Finalités',
  bases: 'Base juridique',
  subjects: 'Catégories de personnes concernées',
  data: 'Catégories de données personnelles',
  special: 'Données sensibles (art. 9)',
  recipients: 'Catégories de destinataires',
  transfers: 'Transferts hors UE et garanties',
  erasure: "Délais d'effacement",
  measures: 'Mesures de sécurité',
  rules: 'Règles',
  note: 'Remarque',
  status: 'Statut',
  updated: 'Mise à jour',
};

/** Headings of a layout, in its own language. */
export function headings(layout: Layout): readonly string[] {
  const { language } = layout;
  return layout.columns.map((key) =>
    language === 'fr' ? FRENCH[key] : columnLabel(key, language),
  );
}
