import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCloudTrail } from '../../core/domain/cloudtrail-sessions';
import { lookupCommand, tightenedClock } from '../../core/domain/narrowed-clock';
import { at, closedAt, event, minute, role } from '../unit/domain/cloudtrail-events';
import { findPeer, freePort, runProgram } from './support';

const cli = await findPeer('aws-cli', 'aws', ['--version'], 'the program “aws” is not there');
const bash = await findPeer('bash', 'bash', ['--version'], 'the program “bash” is not there');

/** Two pages of AssumeRole, of this role and another; none of the other kinds. Answers as CloudTrail's JSON 1.1 does. */
function answerTo(body: string): unknown {
  const asked = JSON.parse(body) as { LookupAttributes: { AttributeValue: string }[]; NextToken?: string };
  const [attribute] = asked.LookupAttributes;
  if (attribute?.AttributeValue !== 'AssumeRole') return { Events: [] };
  const other = event({
    resources: null,
    responseElements: null,
    requestParameters: { roleArn: 'arn:aws:iam::1:role/Other' },
  });
  const events = asked.NextToken === undefined ? [other, event()] : [event({}, 'Nov 22, 2026, 2:20:00 PM')];
  return {
    Events: events.map((one) => ({
      ...{ EventId: one.eventID, EventName: 'AssumeRole', EventTime: 1_795_354_202.5, Resources: [] },
      CloudTrailEvent: JSON.stringify(one),
    })),
    ...(asked.NextToken === undefined ? { NextToken: 'second' } : {}),
  };
}

describe.skipIf(!cli.present || !bash.present)('the commands for CloudTrail, run by the AWS CLI', () => {
  let server: Server;
  let endpoint = '';
  beforeAll(async () => {
    const port = await freePort();
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.setHeader('Content-Type', 'application/x-amz-json-1.1');
        response.end(JSON.stringify(answerTo(body)));
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    endpoint = `http://127.0.0.1:${String(port)}`;
  });
  afterAll(() => {
    server.close();
  });

  test('what they print is read: all pages, this role alone, and what was looked up', async () => {
    const outcome = await runProgram('bash', ['-c', lookupCommand(role.roleName, closedAt, 3600, 'eu-west-1')], {
      env: { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' },
    });
    expect(outcome).toMatchObject({ status: 0, stderr: '' });
    const findings = readCloudTrail(outcome.stdout, role);
    expect(findings).toMatchObject({
      ok: true,
      value: {
        ...{ events: 2, otherRoles: 0, hasMorePages: false, regions: ['eu-west-1'] },
        sessions: [{ expiresAt: at('14:30:02') }, { expiresAt: at('14:20:00') }],
        lookups: [
          { eventName: 'AssumeRole' },
          { eventName: 'AssumeRoleWithSAML' },
          { eventName: 'AssumeRoleWithWebIdentity' },
        ],
      },
    });
    if (!findings.ok) return;
    const ground = { closedAt, maxSessionDuration: 3600, findings: findings.value, ownSessions: [], isDoorShut: true };
    const clock = tightenedClock({ ...ground, readAt: closedAt + 15 * minute, regions: ['eu-west-1'] });
    expect(clock).toMatchObject({ isNarrowed: true, at: at('14:30:02') });
  });
});
