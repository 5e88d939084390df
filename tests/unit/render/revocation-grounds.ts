import fc from 'fast-check';
import { revocationWays } from '../../../core/domain/revocation-ways';
import type { RevocationGround } from '../../../core/render/revocation-acts';

export const targetAccount = '444455556666';
export const sourceAccount = '111122223333';
export const managementAccount = '333344445555';

const name = fc
  .array(fc.constantFrom(...Array.from('abcXYZ019_+=,.@-')), { minLength: 1, maxLength: 24 })
  .map((letters) => letters.join(''));
const path = fc
  .array(fc.oneof(fc.stringMatching(/^[\x21-\x2e\x30-\x7e]{1,12}$/), fc.constantFrom("$(touch${IFS}x)'", '"`id`"')), {
    maxLength: 2,
  })
  .map((parts) => (parts.length === 0 ? '/' : `/${parts.join('/')}/`));

/** Every way, of a role whose name and path are as awkward as IAM lets them be. */
export const hostileGround: fc.Arbitrary<RevocationGround> = fc.record({
  roleArn: fc.tuple(path, name).map(([before, last]) => `arn:aws:iam::${targetAccount}:role${before}${last}`),
  way: fc.constantFrom(...revocationWays),
  region: fc.constant('eu-west-1'),
  stack: fc.constant({ name: 'Tidewater-Deploy', region: 'eu-central-1' }),
  caller: fc.record({
    accountId: fc.constant(sourceAccount),
    kind: fc.constantFrom('user' as const, 'role' as const),
    name,
  }),
  managementAccountId: fc.constant(managementAccount),
});
