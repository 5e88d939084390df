import { describe, expect, it } from 'vitest';
import { linkIds } from '../../core/domain/links';
import { linkAddress, mayOpen, openExternal } from '../../main/security/external-links';

describe('S-14 links by their id', () => {
  it.each([
    ['iam-console-roles', {}, 'https://console.aws.amazon.com/iam/home#/roles'],
    ['iam-create-role', { partition: 'aws-us-gov' }, 'https://console.amazonaws-us-gov.com/iam/home#/roles/create'],
    [
      'iam-role-page',
      { partition: 'aws-cn', roleName: 'Deploy+Access,=.@-_' },
      'https://console.amazonaws.cn/iam/home#/roles/details/Deploy%2BAccess%2C%3D.%40-_?section=permissions',
    ],
    ['iam-create-policy', {}, 'https://console.aws.amazon.com/iam/home#/policies/create'],
    ['s3-create-bucket', { partition: 'aws-cn' }, 'https://console.amazonaws.cn/s3/bucket/create'],
    ['iam-console-roles', { partition: 'aws-eusc' }, 'https://console.amazonaws-eusc.eu/iam/home#/roles'],
  ] as const)('%s %j → %s', (linkId, details, address) => {
    expect(linkAddress(linkId, details)).toEqual({ ok: true, value: address });
  });

  it('every id of the contract leads somewhere that may be opened, in every partition with a console', () => {
    for (const linkId of linkIds) {
      for (const partition of ['aws', 'aws-us-gov', 'aws-cn', 'aws-eusc']) {
        const link = linkAddress(linkId, { partition, roleName: 'Deploy' });
        expect(link.ok && mayOpen(link.value), linkId).toBe(true);
      }
    }
  });

  it.each([
    [{ partition: 'aws-iso' }],
    [{ partition: 'constructor' }],
    [{ partition: '__proto__' }],
    [{ partition: 'evil.example' }],
    [{}],
    [{ roleName: '' }],
    [{ roleName: 'a/b' }],
    [{ roleName: '../../x' }],
    [{ roleName: 'a#b' }],
    [{ roleName: 'x'.repeat(65) }],
  ])('no role page for %j', (details) => {
    const link = linkAddress('iam-role-page', details);
    expect(!link.ok && link.error.kind).toBe('not-possible');
  });
});

describe('S-14 what the system may be asked to open', () => {
  it.each([
    ['https://console.aws.amazon.com/iam/home#/roles', true],
    ['https://signin.aws.amazon.com/federation?Action=login', true],
    ['https://docs.aws.amazon.com/IAM/', true],
    ['http://console.aws.amazon.com/', false],
    ['https://console.aws.amazon.com.evil.example/', false],
    ['https://evil.example/console.aws.amazon.com', false],
    ['https://console.aws.amazon.com@evil.example/', false],
    ['https://user:pass@console.aws.amazon.com/', false],
    ['https://console.aws.amazon.com:8443/', false],
    ['https://xconsole.aws.amazon.com/', false],
    ['https://sub.console.aws.amazon.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['smb://console.aws.amazon.com/', false],
    ['ms-settings:', false],
    ['', false],
    ['not an address', false],
  ])('%s: %s', async (address, allowed) => {
    const opened: string[] = [];
    const answer = await openExternal({ openExternal: async (url) => void opened.push(url) }, address);
    expect(mayOpen(address)).toBe(allowed);
    expect(answer.ok).toBe(allowed);
    expect(opened).toEqual(allowed ? [address] : []);
  });

  it('says when there is no browser', async () => {
    const shell = { openExternal: () => Promise.reject(new Error('no')) };
    const answer = await openExternal(shell, 'https://docs.aws.amazon.com/');
    expect(!answer.ok && answer.error.kind).toBe('not-possible');
  });
});
