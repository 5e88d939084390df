import { describe, expect, it } from 'vitest';
import {
  authorizationPage,
  isIdentityCenterHost,
  mayBeVerificationPage,
  portalName,
  readStartUrl,
} from '../../../core/domain/identity-center';
import { mfaDeviceSchema } from '../../../core/domain/mfa-device';
import { mayOpen } from '../../../main/security/external-links';

describe('the start URL of an access portal', () => {
  it.each([
    ['https://d-1234567890.awsapps.com/start', 'eu-west-1', 'https://d-1234567890.awsapps.com/start'],
    ['  https://Acme.awsapps.com/start/#/  ', 'us-east-1', 'https://acme.awsapps.com/start'],
    [
      'https://ssoins-0123abcd.portal.eu-west-1.app.aws/',
      'eu-west-1',
      'https://ssoins-0123abcd.portal.eu-west-1.app.aws',
    ],
    [
      'https://ssoins-0123abcd.eu-west-1.portal.amazonaws.com',
      'eu-west-1',
      'https://ssoins-0123abcd.eu-west-1.portal.amazonaws.com',
    ],
    [
      'https://identitycenter.amazonaws.com/ssoins-0123abcd',
      'eu-west-1',
      'https://identitycenter.amazonaws.com/ssoins-0123abcd',
    ],
    [
      'https://start.us-gov-home.awsapps.com/directory/acme',
      'us-gov-west-1',
      'https://start.us-gov-home.awsapps.com/directory/acme',
    ],
    [
      'https://start.cn-north-1.home.awsapps.cn/directory/d-1',
      'cn-north-1',
      'https://start.cn-north-1.home.awsapps.cn/directory/d-1',
    ],
    [
      'https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu',
      'eusc-de-east-1',
      'https://ssoins-1.eusc-de-east-1.portal.amazonaws.eu',
    ],
  ])('%s in %s', (text, region, expected) => {
    expect(readStartUrl(text, region)).toBe(expected);
  });

  it.each([
    ['http://acme.awsapps.com/start'],
    ['https://acme.awsapps.com:8443/start'],
    ['https://ann:word@acme.awsapps.com/start'],
    ['https://acme.awsapps.com@evil.example/start'],
    ['https://evil.example\\@acme.awsapps.com/start'],
    ['https://evil.example/acme.awsapps.com/start'],
    ['https://acme.awsapps.com.evil.example/start'],
    ['https://a.b.awsapps.com/start'],
    ['https://awsapps.com/start'],
    ['https://-.awsapps.com/start'],
    ['https://acme.awsapps.com/start?next=https://evil.example'],
    ['https://acme.awsapps.com/elsewhere'],
    ['https://identitycenter.amazonaws.com/elsewhere'],
    ['https://start.us-gov-home.awsapps.com/directory/acme'],
    ['https://ssoins-1.portal.us-east-1.app.aws'],
    ['javascript:alert(1)'],
    [''],
  ])('not %s', (text) => {
    expect(readStartUrl(text, 'eu-west-1')).toBeUndefined();
  });

  it('is told apart by its first name', () => {
    expect(portalName('https://acme.awsapps.com/start')).toBe('acme');
    expect(portalName('https://identitycenter.amazonaws.com/ssoins-1')).toBe('ssoins-1');
    expect(portalName('https://start.us-gov-home.awsapps.com/directory/acme')).toBe('acme');
  });
});

describe('S-14 pages of Identity Center', () => {
  const classic = 'https://acme.awsapps.com/start';
  const issuer = 'https://identitycenter.amazonaws.com/ssoins-1';

  it.each([
    ['https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH', classic, true],
    ['https://acme.awsapps.com/start/#/device?user_code=ABCD-EFGH', classic, true],
    ['https://other.awsapps.com/start/#/device', classic, false],
    ['https://other.awsapps.com/start/#/device', issuer, true],
    ['https://a.other.awsapps.com/start/#/device', issuer, false],
    ['https://device.sso.us-east-1.amazonaws.com/', classic, false],
    ['https://evil.example/?x=acme.awsapps.com', classic, false],
    ['https://device.sso.eu-west-1.amazonaws.com.cn/', classic, false],
  ])('%s for %s: %s', (page, startUrl, isOne) => {
    expect(mayBeVerificationPage(page, startUrl, 'eu-west-1')).toBe(isOne);
  });

  it.each([
    ['https://oidc.eu-west-1.amazonaws.com/authorize?x=1', true],
    ['https://oidc.cn-north-1.amazonaws.com.cn/authorize', true],
    ['https://device.sso.us-gov-west-1.amazonaws.com/', true],
    ['https://acme.awsapps.com/start', true],
    ['https://start.home.awsapps.cn/directory/x', true],
    ['https://ssoins-1.portal.eu-west-1.app.aws/', true],
    ['https://oidc.eu-west-1.amazonaws.com:8443/', false],
    ['http://oidc.eu-west-1.amazonaws.com/', false],
    ['https://oidc.eu-west-1.amazonaws.com.evil.example/', false],
    ['https://oidc.nowhere.amazonaws.com/', false],
    ['https://s3.eu-west-1.amazonaws.com/evil', false],
    ['https://evil.eu-west-1.amazonaws.com/', false],
    ['https://evil.portal.eu-west-1.app.aws/', false],
    ['https://xawsapps.com/', false],
    ['https://a.b.awsapps.com/', false],
    ['https://user@acme.awsapps.com/', false],
  ])('%s may be opened: %s', (address, isOne) => {
    expect(mayOpen(address)).toBe(isOne);
  });

  it('the page where signing in begins is of the Region’s partition, and may be opened', () => {
    for (const region of ['eu-west-1', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1']) {
      expect(mayOpen(authorizationPage(region) ?? '')).toBe(true);
    }
    expect(authorizationPage('nowhere')).toBeUndefined();
    expect(isIdentityCenterHost('')).toBe(false);
  });
});

describe('an MFA device', () => {
  it.each(['arn:aws:iam::111122223333:mfa/ann', 'arn:aws-us-gov:iam::111122223333:mfa/phones/ann', 'GAHT12345678'])(
    '%s',
    (text) => {
      expect(mfaDeviceSchema.safeParse(text).success).toBe(true);
    },
  );
  it.each([
    'arn:aws:iam::111122223333:user/ann',
    'arn:aws:iam:::mfa/ann',
    'arn:aws:sts::111122223333:mfa/ann',
    'arn:aws:iam::111122223333:mfa/',
    'ann',
    '123456',
    '',
  ])('not %s', (text) => {
    expect(mfaDeviceSchema.safeParse(text).success).toBe(false);
  });
});
