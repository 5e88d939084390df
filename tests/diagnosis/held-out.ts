import { heldOutAnswers } from './held-out-answers';
import { heldOutCallers } from './held-out-callers';
import { heldOutIdentities } from './held-out-identities';
import { heldOutTrusts } from './held-out-trusts';
import type { Labelled } from './broken';

/**
 * A second set, written by somebody who had not read the engine, and labelled before it was run. Left out, because the
 * practice sandbox cannot do what AWS does: resource control policies that are really attached, role chains over three
 * accounts, a role in the caller's own account, sessions of a role that was deleted meanwhile.
 */
export const heldOut: Readonly<Record<string, readonly Labelled[]>> = {
  ...heldOutTrusts,
  ...heldOutIdentities,
  ...heldOutCallers,
  ...heldOutAnswers,
};
