import { describe, expect, it } from 'vitest';
import { proofEntries, recordText } from '../../../../renderer/features/revocations/proof-entries';
import { noon, refusalAt, revocationWith, second, stepAt } from './revocations-made';

const callsOf = (change: Parameters<typeof revocationWith>[0]) =>
  proofEntries(revocationWith(change)).map(({ at, call }) => `${String((at - noon) / second)} ${call}`);

describe('the log of the proof', () => {
  it('begins with what closed the door, and not with what was read or detached before', () => {
    expect(
      callsOf({
        way: 'quarantine',
        steps: [stepAt(noon, 'iam:UpdateAssumeRolePolicy'), stepAt(noon + second, 'iam:PutRolePolicy')],
        proof: [refusalAt(noon + 5 * second)],
      }),
    ).toEqual(['1 iam:PutRolePolicy', '5 sts:AssumeRole']);
  });

  it('has the deletion after the refusals that it waited for, though AWS’s time of it has no milliseconds', () => {
    expect(
      callsOf({
        steps: [
          stepAt(noon, 'iam:UpdateAssumeRolePolicy'),
          stepAt(noon, 'iam:PutRolePolicy'),
          stepAt(noon + 10 * second, 'iam:DetachRolePolicy'),
          stepAt(noon + 10 * second, 'iam:DeleteRole'),
        ],
        proof: [refusalAt(noon + 5 * second), refusalAt(noon + 10 * second + 600)],
      }),
    ).toEqual(['0 iam:PutRolePolicy', '5 sts:AssumeRole', '10.6 sts:AssumeRole', '10 iam:DeleteRole']);
  });

  it('leaves out what failed, and what was done to take it back', () => {
    expect(
      callsOf({
        way: 'close-trust',
        steps: [
          stepAt(noon, 'iam:UpdateAssumeRolePolicy'),
          stepAt(noon + second, 'iam:PutRolePolicy', 'failed'),
          stepAt(noon + 60 * second, 'iam:UpdateAssumeRolePolicy'),
        ],
        undo: { at: noon + 60 * second, afterSteps: 2 },
      }),
    ).toEqual(['0 iam:UpdateAssumeRolePolicy']);
  });
});

describe('the record as text', () => {
  it('carries both clocks, each request ID, what was not seen and who signed', () => {
    const text = recordText(
      revocationWith({
        blockedSince: noon,
        deadBy: { at: noon + 3660 * second, basis: 'bound', reason: 'The role’s maximum of 1 h.' },
        steps: [stepAt(noon, 'iam:UpdateAssumeRolePolicy')],
        proof: [refusalAt(noon + 5 * second)],
        unobserved: ['Sallyport was closed for a while.'],
        signOff: { by: 'Mara Lindqvist', note: 'Seen.', at: noon + 90 * second },
      }),
    );
    for (const part of [
      '2026-11-22T12:00:00.000Z',
      '2026-11-22T13:01:00.000Z (The role’s maximum of 1 h.)',
      'request-iam:UpdateAssumeRolePolicy',
      `refusal-${String(noon + 5 * second)}`,
      'Sallyport was closed for a while.',
      'Signed off by Mara Lindqvist, 2026-11-22T12:01:30.000Z. Seen.',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('says that new sessions are possible, and the end unknown, where that is so', () => {
    const text = recordText(revocationWith());
    expect(text).toContain('New sessions blocked since: still possible');
    expect(text).toContain('Last credential dead by: not known');
  });
});
