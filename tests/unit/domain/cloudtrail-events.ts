import type { RoleArn } from '../../../core/domain/arn';
import { readCloudTrail, type CloudTrailFindings } from '../../../core/domain/cloudtrail-sessions';

export const role: RoleArn = {
  arn: 'arn:aws:iam::444455556666:role/deploy/TidewaterDeploy',
  partition: 'aws',
  accountId: '444455556666',
  path: '/deploy/',
  roleName: 'TidewaterDeploy',
};
export const closedAt = Date.UTC(2026, 10, 22, 14, 0, 0);
export const minute = 60_000;
export const hour = 60 * minute;
/** Stands for a session token. */
export const canary =
  'IQoJb3JpZ2luX2VjCanaryCanaryCanary//////////wEaDmFwLW5vcnRoZWFzdC0xIkgwRgIhAI0rYq7jFE4RD7eydUUZAYOC8wS';

let keys = 0;
/** One event of CloudTrail: a session of the role that begins at 13:30:02 UTC. */
export function event(patch: Readonly<Record<string, unknown>> = {}, expiration = 'Nov 22, 2026, 2:30:02 PM') {
  keys += 1;
  return {
    eventVersion: '1.11',
    userIdentity: { type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: '111122223333' },
    eventTime: '2026-11-22T13:30:02Z',
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    awsRegion: 'eu-west-1',
    requestParameters: { roleArn: role.arn, roleSessionName: 'nightly', externalId: 'secret-looking' },
    responseElements: {
      credentials: { accessKeyId: `ASIA${String(keys).padStart(16, '0')}`, sessionToken: canary, expiration },
      assumedRoleUser: {
        assumedRoleId: 'AROAEXAMPLE:nightly',
        arn: 'arn:aws:sts::444455556666:assumed-role/TidewaterDeploy/nightly',
      },
    },
    eventID: '3d66d270-9a3c-3693-82ed-4f2230bfa68f',
    sharedEventID: 'aa3bf71e-7679-41a2-861f-811b8b638ac9',
    resources: [{ accountId: '444455556666', type: 'AWS::IAM::Role', ARN: role.arn }],
    ...patch,
  };
}

/** What the AWS CLI prints of it. */
export const cli = (events: readonly unknown[], more: object = {}) =>
  JSON.stringify(
    {
      Events: events.map((one) => ({
        EventName: 'AssumeRole',
        EventTime: '2026-11-22T14:30:02+01:00',
        Resources: [],
        CloudTrailEvent: JSON.stringify(one),
      })),
      ...more,
    },
    null,
    4,
  );

export function read(text: string): CloudTrailFindings {
  const answer = readCloudTrail(text, role);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

/** A time of that day. */
export const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);
