import type { Activity } from '../activity.ts';
import { libraryRows } from './row.ts';

export const DLE: readonly Activity[] = libraryRows('dle', [
  {
    line: 109,
    name: {
      nb: 'Utøvelse av tilsynet (avtale, tilsyn, rapport og oppfølging)',
      sv: 'Utövande av tillsynen (bokning, tillsyn, rapport och uppföljning)',
      da: 'Udøvelse af tilsynet (aftale, tilsyn, rapport og opfølgning)',
      fi: 'Tarkastustoiminta (ajanvaraus, tarkastus, raportti ja seuranta)',
      en: 'Conduct of the inspection (booking, inspection, report and follow-up)',
    },
    summary: {
      nb: 'Kontrollere elektriske anlegg i hjem og følge opp avvik til de er rettet.',
      en: 'Inspect electrical installations in homes and follow up until deviations are mended.',
    },
    purposes: ['dpv:LegalCompliance', 'dpv:FulfilmentOfObligation'],
    bases: ['legal-obligation', 'public-task'],
    subjects: ['dpv:Customer', 'dpv:DataSubject'],
    data: ['pd:Name', 'pd:PhysicalAddress', 'pd:TelephoneNumber', 'pd:Picture', 'pd:Ownership'],
    recipients: ['safety-authority', 'contractor'],
    erasure: { base: 'after', event: 'deviation-closed', after: 'P10Y' },
    note: {
      nb: 'Tilsynet er uavhengig av salget: opplysningene skal ikke dit.',
      en: 'The inspectorate is independent of sales: the data must not go there.',
    },
  },
]);
