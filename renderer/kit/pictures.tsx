import { useState } from 'react';
import { currentTime } from '../app/clock';
import { BlockedSinceClock, DiesByClock, SessionClock } from '../ui/big-clock';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { ClosingPicture } from '../ui/closing-picture';
import { CopyButton } from '../ui/copy-button';
import { Columns, Row } from '../ui/layout';
import { PermissionMap } from '../ui/permission-map';
import type { PermissionRow } from '../ui/permission-order';
import { PolicyView } from '../ui/policy-view';
import { SessionTimeline } from '../ui/session-timeline';
import { Tabs } from '../ui/tabs';
import type { TimelineRange } from '../ui/timeline-geometry';
import { TrustDiagram } from '../ui/trust-diagram';
import { nothing, pretendToCopy, Section } from './section';
import styles from './kit.module.css';

const started = currentTime();
const minute = 60_000;

const rows: readonly PermissionRow[] = [
  { service: 'CodeDeploy', list: 'all', read: 'all', write: 'all', grant: 'none' },
  { service: 'S3, one bucket', list: 'some', read: 'some', write: 'none', grant: 'none' },
  { service: 'SNS topics', list: 'all', read: 'none', write: 'some', grant: 'none' },
  { service: 'IAM PassRole', list: 'none', read: 'none', write: 'none', grant: 'risky' },
];

const policy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReadRevisions",
      "Effect": "Allow",
      "Action": ["s3:GetObject", "s3:GetObjectVersion"],
      "Resource": "arn:aws:s3:::tidewater-revisions/*"
    },
    {
      "Sid": "PassServiceRole",
      "Effect": "Allow",
      "Action": "iam:PassRole",
      "Resource": "*",
      "Condition": { "StringEquals": {
        "iam:PassedToService": "codedeploy.amazonaws.com" } }
    }
  ]
}`;

export function PictureSections() {
  const [range, setRange] = useState<TimelineRange>('4h');
  const [tab, setTab] = useState<'trust' | 'deploy'>('deploy');
  return (
    <>
      <Section title="Trust diagram" wide bare>
        <TrustDiagram
          label="Role deployer in 111122223333 enters through the trust policy and becomes SallyportCodeDeploy in 444455556666"
          who={{ name: 'role/deployer', accountId: '111122223333', detail: 'Tidewater Tooling' }}
          how={[
            { state: 'set', text: 'External ID required' },
            { state: 'set', text: 'Only role/deployer' },
            { state: 'unset', text: 'No MFA asked' },
          ]}
          role={{ name: 'SallyportCodeDeploy', accountId: '444455556666', detail: 'Sessions of 1 h at most' }}
          what={rows}
        />
      </Section>
      <Section title="Two clocks" wide bare>
        <Columns layout="even">
          <BlockedSinceClock
            title="New sessions blocked since"
            since={started - 281_000}
            evidence="Proved: AssumeRole refused twice, last at 14:35:41"
          />
          <DiesByClock
            title="Last credential dies, at the latest, by"
            from={started - 281_000}
            diesAt={started + 56 * minute + 19_000}
            evidence="The role’s 1 h and 60 s to spread. CloudTrail may shorten it."
          />
          <BlockedSinceClock
            title="New sessions blocked since"
            since={undefined}
            evidence="Asked 3 times; AWS still lets in. Next in 4 s"
          />
          <DiesByClock
            title="Last credential died by"
            from={started - 3_700_000}
            diesAt={started - 90_000}
            evidence="Nothing opened before can act any more."
          />
          <SessionClock title="Session open" issuedAt={started - 53_000} expiresAt={started + 59 * minute + 7000} />
        </Columns>
      </Section>
      <Section title="Timeline" wide bare>
        <SessionTimeline
          range={range}
          onRangeChange={setRange}
          sessions={[
            { id: '1', name: 'Brightline Clinics', issuedAt: started - 56 * minute, expiresAt: started + 4.2 * minute },
            {
              id: '2',
              name: 'Tidewater Production',
              issuedAt: started - 51 * minute,
              expiresAt: started + 8.85 * minute,
              renewedUntil: started + 60 * minute,
            },
            {
              id: '3',
              name: 'Osprey Maps staging',
              issuedAt: started - 27 * minute,
              expiresAt: started + 33.4 * minute,
            },
            { id: '4', name: 'Fernhill Bakery', issuedAt: started - 142 * minute, expiresAt: started + 98 * minute },
            { id: '5', name: 'Lumen Rail audit', issuedAt: started - 329 * minute, expiresAt: started + 151 * minute },
            {
              id: '6',
              name: 'Tidewater Data Lab',
              issuedAt: started - 377 * minute,
              expiresAt: started + 343 * minute,
            },
          ]}
        />
      </Section>
      <Section title="Closing" wide bare>
        <ClosingPicture
          label="Closed 4 minutes ago. The session this app opened was refused since then. Unknown sessions end within 56 minutes at the latest."
          closedAt={started - 281_000}
          rows={[
            {
              id: 'ours',
              name: 'Opened here',
              couldActFrom: started - 19 * minute,
              couldActUntil: started - 254_000,
              refusedUntil: started + 76_000,
              note: '14:40:59, refused since 14:35:29',
            },
            {
              id: 'unknown',
              name: 'Unknown, if any',
              couldActFrom: started - 19 * minute,
              couldActUntil: started - 281_000,
              boundUntil: started + 56 * minute,
              note: '15:36:02 at the latest',
            },
          ]}
        />
      </Section>
      <Section title="Policies" bare>
        <div className={styles['code']}>
          <Card fill>
            <Tabs
              label="Policies"
              selected={tab}
              onSelect={setTab}
              actions={<CopyButton what="the policy" onCopy={pretendToCopy} variant="ghost" />}
              tabs={[
                { id: 'trust', label: 'Trust policy', content: <PolicyView label="Trust policy" text={policy} fill /> },
                {
                  id: 'deploy',
                  label: 'DeployRevisions',
                  mark: { icon: 'alert', tone: 'warning', label: '1 thing to watch' },
                  content: (
                    <PolicyView
                      label="DeployRevisions"
                      text={policy}
                      fill
                      findings={[
                        {
                          id: 'pass',
                          line: 14,
                          severity: 'warning',
                          message: 'Any role can be passed. One is enough for this recipe.',
                          fix: { label: 'Limit to CodeDeployServiceRole', onFix: nothing },
                        },
                      ]}
                    />
                  ),
                },
              ]}
            />
          </Card>
        </div>
      </Section>
      <Section title="Permission map" bare>
        <Card
          title="What it can do now"
          actions={
            <Row>
              <Button variant="link" size="sm">
                Edit
              </Button>
            </Row>
          }
          padding="sm"
        >
          <PermissionMap
            label="What it can do now"
            rows={[...rows, { service: 'S3', list: 'extra', read: 'extra', write: 'extra', grant: 'none' }]}
            hasKey
          />
        </Card>
      </Section>
    </>
  );
}
