import { expect, it } from 'vitest';
import { ok } from '../../../core/result';
import type { IamApi } from '../../../main/aws/aws-api';
import { readLastAccess } from '../../../main/narrowing/last-access';
import { ManualClock } from '../../support/manual-clock';

it('a report that AWS could not make is said at once, in its words', async () => {
  let asked = 0;
  const iam = {
    generateServiceLastAccessedDetails: () => Promise.resolve(ok({ value: 'job' })),
    getServiceLastAccessedDetails: () => {
      asked += 1;
      return Promise.resolve(ok({ value: { state: 'failed', message: 'It is in pieces.' } }));
    },
  } as unknown as IamApi;
  const { signal } = new AbortController();
  const wait = () => Promise.resolve();
  const clock = Object.assign(new ManualClock(), { wait });
  expect(await readLastAccess(iam, 'arn:aws:iam::222233334444:role/R', { clock, signal })).toMatchObject({
    error: { message: 'AWS did not make the report of what was used. It is in pieces.', retryable: true },
  });
  expect(asked).toBe(1);
});
