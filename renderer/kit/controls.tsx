import { useState } from 'react';
import { currentTime } from '../app/clock';
import { Button, IconButton } from '../ui/button';
import { CheckList } from '../ui/check-list';
import { Checkbox } from '../ui/checkbox';
import { Chip, Door, FilterChip, StateBadge, Tag } from '../ui/chip';
import { CopyButton } from '../ui/copy-button';
import { Countdown } from '../ui/countdown';
import { Icon } from '../ui/icon';
import { Stack } from '../ui/layout';
import { MenuList } from '../ui/menu-popover';
import { Note } from '../ui/note';
import { Progress } from '../ui/progress';
import { RadioGroup } from '../ui/radio-group';
import { SegmentedControl } from '../ui/segmented-control';
import { Select } from '../ui/select';
import { SureMeter, certainties } from '../ui/sure-meter';
import { Mono } from '../ui/text';
import { CleanedUp, ReadOnlyField, TextArea, TextField } from '../ui/text-field';
import { ToastCard } from '../ui/toast-region';
import { Ring } from '../ui/ring';
import { Cell, nothing, pretendToCopy, Section, Shown } from './section';
import styles from './kit.module.css';

const started = currentTime();
const minute = 60_000;

export function ButtonSection() {
  const [range, setRange] = useState<'1h' | '4h' | '12h'>('4h');
  return (
    <Section title="Buttons">
      <Cell caption="Primary: one a view">
        <Button variant="primary">Start a session</Button>
        <Shown as="hover">
          <Button variant="primary">Hover</Button>
        </Shown>
        <Shown as="focus">
          <Button variant="primary">Focus</Button>
        </Shown>
        <Button variant="primary" busy={{ label: 'Starting', since: started }}>
          Start a session
        </Button>
        <Button disabledReason="Choose a connection first">Disabled</Button>
      </Cell>
      <Cell caption="Secondary">
        <Button icon="refresh">Test</Button>
        <Shown as="hover">
          <Button>Hover</Button>
        </Shown>
        <Shown as="focus">
          <Button>Focus</Button>
        </Shown>
        <IconButton icon="more" label="More" variant="secondary" />
        <Button variant="ghost">Ghost</Button>
        <Button variant="link">Link</Button>
      </Cell>
      <Cell caption="Destructive: opens a dialog, then acts in it">
        <Button variant="danger-quiet" icon="door-shut">
          Revoke…
        </Button>
        <Button variant="danger" size="lg">
          Delete the role
        </Button>
        <Shown as="focus">
          <Button size="lg">Cancel</Button>
        </Shown>
      </Cell>
      <Cell caption="Small, in tables and cards">
        <Button size="sm" icon="external">
          Open console
        </Button>
        <CopyButton label="Copy" what="the account ID" onCopy={pretendToCopy} />
        <Button size="sm" icon="check" iconTone="success">
          Copied
        </Button>
        <Button size="sm" icon="external" disabledReason="The keychain does not answer">
          Open console
        </Button>
        <SegmentedControl
          label="Hours shown"
          value={range}
          onChange={setRange}
          options={[
            { value: '1h', label: '1 h' },
            { value: '4h', label: '4 h' },
            { value: '12h', label: '12 h' },
          ]}
        />
      </Cell>
    </Section>
  );
}

export function FieldSection() {
  const [name, setName] = useState('release-0917');
  const [account, setAccount] = useState<string>('four');
  const [keep, setKeep] = useState(true);
  const [way, setWay] = useState<'one' | 'other'>('one');
  return (
    <Section title="Fields">
      <div className={styles['fields']}>
        <TextField label="Session name" value={name} onChange={setName} />
        <Shown as="focus">
          <TextField label="Duration" value="1 h" onChange={nothing} suffix="role allows 1 h" />
        </Shown>
        <div className={styles['full']}>
          <TextField
            label="Role"
            mono
            value="arn:aws:iam::444455556666:user/ci"
            onChange={nothing}
            error={
              <>
                This is a user. A role’s ARN has <Mono>:role/</Mono> in it; find it at the top of the role’s page.
              </>
            }
          />
        </div>
        <ReadOnlyField
          label="External ID"
          value="9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5"
          help="Made for this role. It cannot be typed."
          onCopy={pretendToCopy}
        />
        <Select
          label="Review"
          value={account}
          onChange={setAccount}
          options={[
            { value: 'one', label: 'In 1 month' },
            { value: 'four', label: 'In 4 months' },
          ]}
        />
        <div className={styles['full']}>
          <div className={styles['row']}>
            <Checkbox isSelected={false} onChange={nothing}>
              Off
            </Checkbox>
            <Checkbox isSelected={keep} onChange={setKeep}>
              On
            </Checkbox>
            <Checkbox isSelected={false} isMixed onChange={nothing}>
              Some
            </Checkbox>
            <RadioGroup
              label="One of"
              hideLabel
              layout="inline"
              value={way}
              onChange={setWay}
              options={[
                { value: 'one', label: 'One of' },
                { value: 'other', label: 'Other' },
              ]}
            />
          </div>
        </div>
        <div className={styles['full']}>
          <TextField
            label="Role"
            mono
            size="lg"
            value="arn:aws:iam::222233334444:role/deploy/SallyportCodeDeploy"
            onChange={nothing}
            suffix={<Icon name="check-circle" tone="success" />}
          />
          <CleanedUp
            found="Found one role in what you pasted."
            leftOut="Left out a label, quotes and a comma."
            segments={[
              { text: 'Role ARN: "', kept: false },
              { text: 'arn:aws:iam::222233334444:role/deploy/SallyportCodeDeploy', kept: true },
              { text: '",', kept: false },
            ]}
            undo={
              <Button variant="link" size="sm">
                Undo
              </Button>
            }
          />
        </div>
        <TextField label="Disabled" value="not now" onChange={nothing} isDisabled />
        <TextField
          label="Search"
          hideLabel
          icon="search"
          placeholder="Name, account ID, role or tag"
          value=""
          onChange={nothing}
        />
        <div className={styles['full']}>
          <TextArea
            label="Paste"
            mono
            rows={2}
            value={'{ "Role": { "Arn": "…" } }'}
            onChange={nothing}
            help="Anything the console, a script or a colleague gave you."
          />
        </div>
      </div>
    </Section>
  );
}

export function StateSection() {
  const lives = [33 * minute + 23_000, 8 * minute + 51_000, 4 * minute + 12_000, 0];
  return (
    <Section title="States and chips">
      <Cell caption="Well: no fill">
        <StateBadge state="working" />
        <StateBadge state="not-tested" />
        <StateBadge state="revoked" />
      </Cell>
      <Cell caption="Someone should look: filled">
        <StateBadge state="drift" />
        <StateBadge state="failing" />
        <StateBadge state="closing" />
        <StateBadge state="proved" />
        <StateBadge state="review-due" />
        <Chip>plain</Chip>
        <Tag>prod</Tag>
        <FilterChip field="Tag is" value="prod" onRemove={nothing} />
      </Cell>
      <Cell caption="Doors: open, half (powerless), shut">
        <Door state="open" word="Open" />
        <Door state="half" word="Powerless" />
        <Door state="shut" word="Shut" />
      </Cell>
      <Cell caption="Countdown: over 15 min, under 15, under 5, ended">
        {lives.map((left) => (
          <Countdown key={left} issuedAt={started + left - 60 * minute} expiresAt={started + left} detail={false} />
        ))}
        <Countdown issuedAt={started - 20 * minute} expiresAt={started + 97 * minute + 54_000} />
      </Cell>
      <Cell caption="How sure: guess, likely, very likely, certain">
        {certainties.map((certainty) => (
          <SureMeter key={certainty} certainty={certainty} />
        ))}
      </Cell>
      <Cell caption="A wait without a known end">
        <Progress label="Reading the role" since={started} onCancel={nothing} />
      </Cell>
    </Section>
  );
}

export function CheckSection() {
  return (
    <Section title="Check list" bare>
      <div className={styles['menu']}>
        <CheckList
          label="Every state"
          rows={[
            { id: '1', name: 'Passed', state: 'passed', reason: 'deployer in 111122223333', takenMs: 210 },
            { id: '2', name: 'Running', state: 'running', reason: 'asking STS', takenMs: 400 },
            { id: '3', name: 'Waiting', state: 'waiting', reason: '14 s of 60 s at most', takenMs: 14_200 },
            {
              id: '4',
              name: 'Waiting for AWS to spread the change',
              state: 'waiting',
              reason: 'New roles answer within 30 s as a rule',
              takenMs: 14_200,
              wait: {
                elapsedMs: 14_200,
                limitMs: 60_000,
                detail: 'asked 5 times · next in 3 s',
                onAskNow: nothing,
                onCancel: nothing,
              },
            },
            { id: '5', name: 'Passed with a warning', state: 'warning', reason: 'no MFA asked', takenMs: 300 },
            { id: '6', name: 'Failed', state: 'failed', reason: 'AccessDenied', takenMs: 310 },
            { id: '7', name: 'Inconclusive', state: 'inconclusive', reason: 'throttled, try again', takenMs: 8000 },
            { id: '8', name: 'Cancelled', state: 'cancelled', reason: 'by you' },
            { id: '9', name: 'Skipped', state: 'skipped', reason: 'needs a session' },
            { id: '10', name: 'Not run yet', state: 'not-run' },
          ]}
        />
      </div>
    </Section>
  );
}

export function NoteSection() {
  return (
    <Section title="Notes, toast, menu">
      <Stack gap="sm">
        <Note tone="info" title="Roles reached through a role last 1 h at most.">
          AWS sets this limit.
        </Note>
        <Note
          tone="warning"
          title="AWS is slowing calls down."
          action={
            <Button variant="link" size="md">
              Show queue
            </Button>
          }
        >
          Tests take longer; nothing is lost.
        </Note>
        <Note
          tone="danger"
          title="The role was not created."
          action={<Button variant="link">Show what happened</Button>}
        >
          Two steps were undone.
        </Note>
        <Note tone="success" title="Both doors are shut.">
          AWS refused the old credential four times.
        </Note>
        <div className={styles['pair']} data-side>
          <ToastCard
            message={{
              title: 'Brightline ends in 5 min',
              detail: 'at 14:36:20. Renewal is off.',
              picture: <Ring share={0.07} tone="danger" size="xs" />,
              action: { label: 'Renew', onAction: nothing },
            }}
            onDismiss={nothing}
          />
          <div className={styles['menu']}>
            <MenuList
              label="Copy environment for"
              groups={[
                {
                  id: 'shells',
                  heading: 'Copy environment for',
                  entries: [
                    { id: 'bash', label: 'bash, zsh', keys: 'Ctrl ⇧ C', onAction: nothing },
                    { id: 'fish', label: 'fish', onAction: nothing },
                    { id: 'powershell', label: 'PowerShell', onAction: nothing },
                    { id: 'cmd', label: 'cmd', onAction: nothing },
                  ],
                },
                {
                  id: 'end',
                  entries: [{ id: 'revoke', label: 'Revoke…', icon: 'door-shut', tone: 'danger', onAction: nothing }],
                },
              ]}
            />
          </div>
        </div>
      </Stack>
    </Section>
  );
}
