/**
 * What the Access API v0 sends and takes, field by field as its description names them. Statuses and permission types
 * are open: a value that is new stays as sent.
 */

export type ElhubPermission =
  | 'ChangeOfBalanceSupplierForPerson'
  | 'MoveInAndChangeOfBalanceSupplierForPerson'
  | (string & {});
export type ElhubRequestStatus = 'Pending' | 'Accepted' | 'Rejected' | 'Expired' | (string & {});
export type ElhubDocumentStatus = 'Pending' | 'Signed' | 'Rejected' | 'Expired' | (string & {});
export type ElhubGrantStatus = 'Active' | 'Exhausted' | 'Revoked' | 'Expired' | (string & {});
export type ElhubLanguage = 'nb' | 'nn' | 'en';

/** How a party is named when something is asked for. A national identity number goes to Elhub and nowhere else. */
export interface PartyIdentifier {
  readonly idType: 'NationalIdentityNumber' | 'OrganizationNumber' | 'GlobalLocationNumber';
  readonly idValue: string;
}

/** JSON:API resource identifier. */
export interface ResourceRef {
  readonly type: string;
  readonly id: string;
}

export interface Relationship {
  readonly data?: ResourceRef;
  readonly links?: { readonly self?: string };
}

/** Links of a document; in a collection the way to the pages. */
export interface DocumentLinks {
  readonly self?: string;
  readonly first?: string;
  readonly last?: string;
  readonly prev?: string;
  readonly next?: string;
}

export interface AuthorizationRequest {
  readonly id: string;
  readonly type: 'AuthorizationRequest';
  readonly attributes: {
    readonly requestType: ElhubPermission;
    readonly status: ElhubRequestStatus;
    readonly createdAt: string;
    readonly updatedAt: string;
    readonly validTo: string;
  };
  readonly relationships: {
    readonly requestedBy?: Relationship;
    readonly requestedFrom?: Relationship;
    readonly requestedTo?: Relationship;
    readonly approvedBy?: Relationship;
    readonly authorizationGrant?: Relationship;
  };
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly links?: DocumentLinks;
}

export interface AuthorizationDocument {
  readonly id: string;
  readonly type: 'AuthorizationDocument';
  readonly attributes: {
    readonly documentType: ElhubPermission;
    readonly status: ElhubDocumentStatus;
    readonly createdAt: string;
    readonly updatedAt: string;
    readonly validTo: string;
  };
  readonly relationships: {
    readonly requestedBy?: Relationship;
    readonly requestedFrom?: Relationship;
    readonly requestedTo?: Relationship;
    readonly signedBy?: Relationship;
    readonly authorizationGrant?: Relationship;
  };
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly links?: { readonly self?: string; readonly file?: string };
}

export interface AuthorizationGrant {
  readonly id: string;
  readonly type: 'AuthorizationGrant';
  readonly attributes: {
    readonly status: ElhubGrantStatus;
    readonly createdAt: string;
    readonly updatedAt: string;
    readonly grantedAt?: string;
    readonly validFrom: string;
    readonly validTo: string;
  };
  readonly relationships: {
    readonly grantedFor?: Relationship;
    readonly grantedBy?: Relationship;
    readonly grantedTo?: Relationship;
    readonly source?: Relationship;
    readonly scopes?: { readonly data?: readonly ResourceRef[] };
  };
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly links?: DocumentLinks;
}

export interface AuthorizationScope {
  readonly id: string;
  readonly type: 'AuthorizationScope';
  readonly attributes: { readonly permissionType?: ElhubPermission; readonly createdAt?: string };
  readonly relationships: {
    readonly authorizedResources?: { readonly data?: readonly ResourceRef[] };
  };
}

/** What a request or document says about itself when it is made. */
export interface SubmissionMeta {
  readonly requestedBy: PartyIdentifier;
  readonly requestedFrom: PartyIdentifier;
  readonly requestedTo: PartyIdentifier;
  readonly requestedFromName?: string;
  readonly requestedForMeteringPointId?: string;
  readonly requestedForMeteringPointAddress?: string;
  readonly balanceSupplierName?: string;
  readonly balanceSupplierContractName?: string;
  /** Civil date, today or earlier. */
  readonly moveInDate?: string;
}

/** Body of `POST /authorization-requests`. */
export interface RequestSubmission {
  readonly requestType: ElhubPermission;
  readonly meta: SubmissionMeta & { readonly redirectURI?: string };
}

/** Body of `POST /authorization-documents`; every field of the meta but the move-in date and language is required. */
export interface DocumentSubmission {
  readonly documentType: ElhubPermission;
  readonly meta: SubmissionMeta & { readonly language?: ElhubLanguage };
}

/** One page of a collection. */
export interface Page<Resource> {
  readonly items: readonly Resource[];
  /** As counted by Elhub; null where it does not say. */
  readonly totalItems: number | null;
  readonly totalPages: number | null;
  readonly page: number;
  readonly next: string | null;
}
