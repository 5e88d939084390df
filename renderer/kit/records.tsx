import { useState } from 'react';
import type { AppError } from '../../core/app-error';
import { currentTime } from '../app/clock';
import { Button, IconButton } from '../ui/button';
import { Card, Facts } from '../ui/card';
import { PickList } from '../ui/pick-list';
import { Door } from '../ui/chip';
import { Countdown } from '../ui/countdown';
import { DataTable, type TableColumn } from '../ui/data-table';
import { EmptyState, Tour } from '../ui/empty-state';
import { ErrorPanel } from '../ui/error-panel';
import { Icon } from '../ui/icon';
import { Row } from '../ui/layout';
import { RadioGroup, RadioTable } from '../ui/radio-group';
import { DoneList, ReceiptList } from '../ui/receipt';
import { ReachMeter } from '../ui/sure-meter';
import { AccountId, Mono, TwoLine } from '../ui/text';
import { nothing, pretendToCopy, Section } from './section';
import styles from './kit.module.css';

const started = currentTime();
const minute = 60_000;

const keychainError: AppError = {
  kind: 'keychain-absent',
  message:
    'Sallyport keeps credentials in this computer’s keyring. It asked for 2 sessions at 14:31:46 and no keyring service was running.',
  whatDidNotChange:
    'Nothing was deleted, and nothing was written to disk in plain text. Connections and reviews still work.',
  whatToDo:
    'Unlock or start the keyring, then try again. Until then a new session can live in memory: it is lost when Sallyport quits.',
  retryable: true,
  remedies: [{ kind: 'retry' }, { kind: 'use-memory' }, { kind: 'open-link', linkId: 'keyring' }],
  detail: 'Cannot autolaunch D-Bus without X11 $DISPLAY',
};

interface Line {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly left: number;
}

const lines: readonly Line[] = [
  { id: '1', name: 'Brightline Clinics', account: '210987654321', left: 4.2 },
  { id: '2', name: 'Tidewater Production', account: '444455556666', left: 8.85 },
  { id: '3', name: 'Osprey Maps staging', account: '777788889999', left: 33.4 },
];

const columns: readonly TableColumn<Line>[] = [
  {
    id: 'left',
    header: 'Time left',
    width: 9,
    isSortable: true,
    render: (line) => (
      <Countdown issuedAt={started + (line.left - 60) * minute} expiresAt={started + line.left * minute} />
    ),
  },
  {
    id: 'connection',
    header: 'Connection',
    isRowHeader: true,
    render: (line) => (
      <TwoLine
        title={<b>{line.name}</b>}
        detail={
          <>
            <AccountId id={line.account} /> · SallyportCodeDeploy
          </>
        }
      />
    ),
  },
  {
    id: 'use',
    header: 'In use by',
    width: 10,
    render: () => <TwoLine icon={<Icon name="console" />} title="AWS console" detail="last used 13:58" />,
  },
  {
    id: 'acts',
    header: 'Actions',
    hidesHeader: true,
    align: 'end',
    width: 21,
    render: (line) => (
      <Row justify="end">
        <Button size="sm" icon="external">
          Open console
        </Button>
        <Button size="sm" icon="copy">
          Copy environment
        </Button>
        <IconButton size="sm" icon="more" label={`More for ${line.name}`} />
      </Row>
    ),
  },
];

const many: readonly Line[] = Array.from({ length: 2000 }, (_, index) => ({
  id: String(index),
  name: `Connection ${String(index + 1)}`,
  account: '444455556666',
  left: 60,
}));
const manyColumns: readonly TableColumn<Line>[] = [
  { id: 'name', header: 'Connection', isRowHeader: true, render: (line) => line.name },
  { id: 'account', header: 'Account', width: 12, render: (line) => <AccountId id={line.account} /> },
];

export function RecordSections() {
  const [recipe, setRecipe] = useState<'codedeploy' | 'audit' | 'service'>('codedeploy');
  const [way, setWay] = useState<'auto' | 'console' | 'cli' | 'stack' | 'terraform'>('auto');
  return (
    <>
      <Section title="Error" wide bare>
        <ErrorPanel error={keychainError} onRemedy={nothing} onCopyDetail={pretendToCopy} isDetailOpen />
      </Section>
      <Section title="Table" wide bare>
        <Card>
          <DataTable
            label="Live sessions, soonest to end first"
            columns={columns}
            items={lines}
            keyOf={(line) => line.id}
            rowHeight="tall"
            sort={{ column: 'left', direction: 'ascending' }}
          />
        </Card>
      </Section>
      <Section title="Create it" wide>
        <RadioGroup
          label="Create it"
          layout="cards"
          help={
            <>
              Five ways, one plan. The policies are the same to the byte: <Mono>sha256 4c1e…9a07</Mono>
            </>
          }
          value={way}
          onChange={setWay}
          options={[
            { value: 'auto', label: 'Automatically', icon: 'bolt', detail: 'tidewater-prod-admin' },
            { value: 'console', label: 'In the console', icon: 'console', detail: '9 guided clicks' },
            { value: 'cli', label: 'AWS CLI', icon: 'terminal', detail: 'a bash script' },
            { value: 'stack', label: 'CloudFormation', icon: 'stack', detail: 'one stack, or many' },
            { value: 'terraform', label: 'Terraform', icon: 'cube', detail: '3 resources' },
          ]}
        />
      </Section>
      <Section title="Pick list" bare>
        <PickList
          label="Recipes"
          selected={recipe}
          onSelect={setRecipe}
          entries={[
            {
              id: 'service',
              icon: 'send',
              title: 'Deployment service',
              detail: 'A service deploys anything into the account',
              end: <ReachMeter level={4} label="Everything" />,
            },
            {
              id: 'codedeploy',
              icon: 'refresh',
              title: 'Cross-account CodeDeploy',
              detail: 'Deploy revisions from another account',
              end: <ReachMeter level={2} label="Some services" />,
            },
            {
              id: 'audit',
              icon: 'eye',
              title: 'Read-only audit',
              detail: 'Look at settings, change nothing',
              tag: 'new',
              end: <ReachMeter level={1} label="Reading only" />,
            },
          ]}
        />
      </Section>
      <Section title="Choices with effects" bare>
        <RadioTable
          label="How to revoke"
          tone="danger"
          columns={['How', 'Outer door', 'Inner door']}
          value="delete"
          onChange={nothing}
          rows={[
            {
              value: 'close',
              label: 'Close the trust',
              detail: 'Nobody may assume the role',
              cells: [
                <Door key="1" state="shut" word="Blocked" size="md" />,
                <Door key="2" state="open" word="Untouched" size="md" />,
              ],
            },
            {
              value: 'quarantine',
              label: 'Quarantine',
              tag: 'for an incident',
              cells: [
                <Door key="1" state="shut" word="Blocked" size="md" />,
                <Door key="2" state="shut" word="Denied" size="md" />,
              ],
            },
            {
              value: 'delete',
              label: 'Delete the role',
              detail: 'With its policies, for good',
              cells: [
                <Door key="1" state="shut" word="Blocked" size="md" />,
                <Door key="2" state="half" word="Powerless" size="md" />,
              ],
            },
          ]}
        />
      </Section>
      <Section title="Undo receipt" wide bare>
        <Card
          title="Undo receipt"
          subtitle={
            <>
              All that was made in <AccountId id="444455556666" />, newest first
            </>
          }
          actions={
            <Row>
              <Button size="sm" icon="download">
                Save
              </Button>
              <Button size="sm" variant="danger-quiet">
                Undo everything…
              </Button>
            </Row>
          }
        >
          <ReceiptList
            label="Undo receipt"
            entries={[
              {
                id: '1',
                icon: 'shield',
                title: 'Attached AWSCodeDeployFullAccess',
                detail: 'arn:aws:iam::aws:policy/AWSCodeDeployFullAccess',
                madeAt: started,
                onUndo: nothing,
              },
              {
                id: '2',
                icon: 'role',
                title: 'Role SallyportCodeDeploy',
                detail: 'arn:aws:iam::444455556666:role/deploy/SallyportCodeDeploy',
                madeAt: started - 3000,
                onUndo: nothing,
                undoDisabledReason: 'Its policy must go first',
              },
            ]}
          />
        </Card>
      </Section>
      <Section title="Removed" bare>
        <Card title="Removed">
          <DoneList
            label="Removed"
            groups={[
              {
                id: 'aws',
                entries: [
                  { id: '1', text: 'Detached IAMReadOnlyAccess', at: started },
                  { id: '2', text: 'Deleted role SallyportCodeDeploy', at: started + 4000 },
                ],
              },
              {
                id: 'here',
                heading: 'On this computer, read back empty',
                entries: [
                  { id: '3', text: 'Keychain, 1 session', at: started + 5000 },
                  { id: '4', text: 'Profile tidewater-prod', state: 'left' },
                ],
              },
            ]}
          />
        </Card>
      </Section>
      <Section title="Facts" bare>
        <Card title="Details" padding="sm">
          <Facts
            facts={[
              { term: 'Account', value: <AccountId id="444455556666" /> },
              { term: 'Recipe', value: 'Cross-account CodeDeploy' },
              { term: 'External ID', value: <Mono>9f6c2f0e-5b1d-4c7a-8e43-d21a77b0c6f5</Mono> },
            ]}
          />
        </Card>
      </Section>
      <Section title="Two thousand rows" bare>
        <div className={styles['tall']}>
          <DataTable label="Connections" columns={manyColumns} items={many} keyOf={(line) => line.id} isVirtual />
        </div>
      </Section>
      <Section title="Empty" bare>
        <EmptyState
          title="No session is open"
          action={
            <Tour
              steps={[
                {
                  id: '1',
                  title: 'Connect “Practice production”',
                  detail: 'Make a role and test it. About a minute.',
                  state: 'next',
                  action: <Button variant="primary">Connect</Button>,
                },
                {
                  id: '2',
                  title: 'Open a 15-minute session',
                  detail: 'Sign in to a console page, or hand it to a shell.',
                  state: 'later',
                },
                {
                  id: '3',
                  title: 'Take it back, with proof',
                  detail: 'Revoke the role and see the old credential refused.',
                  state: 'later',
                },
              ]}
            />
          }
        >
          A session is a set of temporary credentials for one role. It ends by itself, and you can watch it do so here.
        </EmptyState>
      </Section>
    </>
  );
}
