import { describe, expect, it } from 'vitest';
import { callerOf } from '../../../core/domain/caller';

describe('who carries the right to call', () => {
  it.each([
    ['arn:aws:iam::111122223333:user/deployer', { kind: 'user', name: 'deployer' }],
    ['arn:aws:iam::111122223333:user/teams/one/deployer', { kind: 'user', name: 'deployer' }],
    ['arn:aws:sts::111122223333:assumed-role/Deploy/alice', { kind: 'role', name: 'Deploy' }],
    ['arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/alice', undefined],
    ['arn:aws:sts::111122223333:federated-user/alice', undefined],
    ['arn:aws:iam::111122223333:root', undefined],
    ['', undefined],
  ])('%s', (arn, caller) => {
    expect(callerOf(arn)).toEqual(caller);
  });
});
