import type { Category, Register } from '../activity.ts';
import { COMMERCIAL } from './commercial.ts';
import { COMMON } from './common.ts';
import { CUSTOMER_RELATIONSHIP } from './customer-relationship.ts';
import { DLE } from './dle.ts';
import { EMPLOYEES } from './employees.ts';
import { GRID_PLANNING } from './grid-planning.ts';
import { MARKETING } from './marketing.ts';
import { METERING_BILLING } from './metering-billing.ts';
import { OPERATIONS_SUPPORT } from './operations-support.ts';

const CATEGORIES: readonly Category[] = [
  {
    id: 'employees',
    name: { nb: 'Ansatte', sv: 'Anställda', da: 'Ansatte', fi: 'Työntekijät', en: 'Employees' },
  },
  {
    id: 'common',
    name: {
      nb: 'Felles for alle avdelinger',
      sv: 'Gemensamt för alla avdelningar',
      da: 'Fælles for alle afdelinger',
      fi: 'Kaikille osastoille yhteiset',
      en: 'Common to all departments',
    },
  },
  {
    id: 'customer-relationship',
    name: {
      nb: 'Administrere kundeforhold',
      sv: 'Administrera kundförhållanden',
      da: 'Administrere kundeforhold',
      fi: 'Asiakkuuksien hoito',
      en: 'Administering customer relationships',
    },
  },
  {
    id: 'metering-billing',
    name: {
      nb: 'Måling, avregning og fakturering',
      sv: 'Mätning, avräkning och fakturering',
      da: 'Måling, afregning og fakturering',
      fi: 'Mittaus, taseselvitys ja laskutus',
      en: 'Metering, settlement and invoicing',
    },
  },
  {
    id: 'operations-support',
    name: {
      nb: 'Teknisk drift og kundestøtte',
      sv: 'Teknisk drift och kundstöd',
      da: 'Teknisk drift og kundesupport',
      fi: 'Tekninen käyttö ja asiakastuki',
      en: 'Technical operation and customer support',
    },
  },
  {
    id: 'marketing',
    name: {
      nb: 'Markedsføring',
      sv: 'Marknadsföring',
      da: 'Markedsføring',
      fi: 'Markkinointi',
      en: 'Marketing',
    },
  },
  {
    id: 'grid-planning',
    name: {
      nb: 'Planlegge, bygge ut og endre nettet',
      sv: 'Planera, bygga ut och ändra nätet',
      da: 'Planlægge, udbygge og ændre nettet',
      fi: 'Verkon suunnittelu, rakentaminen ja muutokset',
      en: 'Planning, building and changing the grid',
    },
  },
  {
    id: 'dle',
    name: {
      nb: 'Det lokale eltilsyn (DLE)',
      sv: 'Den lokala eltillsynen (DLE)',
      da: 'Det lokale eltilsyn (DLE)',
      fi: 'Paikallinen sähkötarkastus (DLE)',
      en: 'The local electricity inspectorate (DLE)',
    },
  },
  {
    id: 'commercial',
    name: {
      nb: 'Kommersielle behandlinger',
      sv: 'Kommersiella behandlingar',
      da: 'Kommercielle behandlinger',
      fi: 'Kaupalliset käsittelytoimet',
      en: 'Commercial processing activities',
    },
  },
];

/**
 * The library of processing activities of Norwegian power companies: 9 categories, 50 activities. Categories and activities
 * stand in the source document; purposes, bases, periods and the rest are our proposals and marked so in every row
 * (`proposed`) until a lawyer or data protection officer of the company has confirmed them. Not legal advice. Who answers for
 * the processing is left empty for the company to fill in.
 *
 * @example
 *   const edited = changeActivity(norwegianRegister, 'no-kraft.metering-billing.1', { recipients: ['elhub'] });
 *   edited.register.activities.length;   // 50
 */
export const norwegianRegister: Register = {
  id: 'no-kraft',
  title: {
    nb: 'Protokoll over behandlingsaktiviteter, kraftselskap',
    sv: 'Register över behandling, elbolag',
    da: 'Fortegnelse over behandlingsaktiviteter, elselskab',
    fi: 'Seloste käsittelytoimista, sähköyhtiö',
    en: 'Record of processing activities, power company',
  },
  controller: {},
  categories: CATEGORIES,
  activities: [
    ...EMPLOYEES,
    ...COMMON,
    ...CUSTOMER_RELATIONSHIP,
    ...METERING_BILLING,
    ...OPERATIONS_SUPPORT,
    ...MARKETING,
    ...GRID_PLANNING,
    ...DLE,
    ...COMMERCIAL,
  ],
};
