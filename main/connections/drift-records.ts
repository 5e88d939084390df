import { mostConnections } from '../../core/domain/connection';
import { agreementSchema, type Agreement } from '../../core/domain/drift/agreement';
import { driftLookSchema, type DriftLook } from '../../core/domain/drift/difference';
import { putBackSchema, type PutBack } from '../../core/domain/drift/put-back';
import type { CollectionSpec } from '../store/collection';

/** What was agreed of each connection's role. */
export const agreementsCollection: CollectionSpec<Agreement> = {
  ...{ name: 'agreements', record: agreementSchema, most: mostConnections, version: 1, migrations: [] },
};

/** The last look at each. */
export const driftLooksCollection: CollectionSpec<DriftLook> = {
  ...{ name: 'drift-looks', record: driftLookSchema, most: mostConnections, version: 1, migrations: [] },
};

export const mostPutBacks = 2000;

/** The journals of what was put back; the oldest that are over go first. */
export const putBacksCollection: CollectionSpec<PutBack> = {
  ...{ name: 'put-backs', record: putBackSchema, most: mostPutBacks, version: 1, migrations: [] },
};
