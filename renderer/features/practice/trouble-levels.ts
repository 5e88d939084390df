import type { SandboxTrouble } from '../../../core/domain/practice-trouble';
import { accountFailures } from '../../../core/domain/practice-trouble';

/** One way to make trouble: what it is called, and how much of it there may be. */
export type TroubleControl = {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly levels: readonly TroubleLevel[];
};

export type TroubleLevel = {
  readonly id: string;
  readonly label: string;
  readonly change: Partial<SandboxTrouble>;
};

type Numeric = 'propagationDelayMs' | 'serverClockOffsetMs' | 'accountCreationMs';
type Share = 'throttling' | 'serverErrors' | 'timeouts' | 'tornAnswers';

const second = 1000;
const minute = 60 * second;

function numbers(key: Numeric, entries: readonly (readonly [number, string])[]): readonly TroubleLevel[] {
  return entries.map(([value, label]) => ({ id: String(value), label, change: { [key]: value } }));
}

function shares(key: Share): readonly TroubleLevel[] {
  return [
    { id: 'never', label: 'Never', change: { [key]: 0 } },
    { id: 'eighth', label: 'One request in eight', change: { [key]: 0.125 } },
    { id: 'half', label: 'Every second request', change: { [key]: 0.5 } },
    { id: 'always', label: 'Every request', change: { [key]: 1 } },
  ];
}

/** Where roles are usually called from. US East is left on, so that there is a way out. */
const otherRegions = [
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
];

export const troubleControls: readonly TroubleControl[] = [
  {
    id: 'propagation',
    label: 'Changes spread',
    help: 'How long a new role is not seen yet, and a changed or deleted one is as it was.',
    levels: numbers('propagationDelayMs', [
      [0, 'At once'],
      [5 * second, 'After 5 s'],
      [12 * second, 'After 12 s'],
      [minute, 'After a minute'],
    ]),
  },
  {
    id: 'clock',
    label: 'AWS’s clock',
    help: 'Against this computer’s. AWS refuses what is signed more than 5 minutes off.',
    levels: numbers('serverClockOffsetMs', [
      [0, 'The same'],
      [3 * minute, '3 min ahead'],
      [10 * minute, '10 min ahead'],
      [-10 * minute, '10 min behind'],
      [24 * 60 * minute, 'A day ahead'],
    ]),
  },
  { id: 'throttling', label: 'Throttling', help: '“Rate exceeded”. Nothing is done.', levels: shares('throttling') },
  { id: 'server', label: 'Server errors', help: 'AWS fails. Nothing is done.', levels: shares('serverErrors') },
  { id: 'timeouts', label: 'No answer', help: 'The request is lost on its way.', levels: shares('timeouts') },
  {
    id: 'torn',
    label: 'Torn answers',
    help: 'It is done, and the answer breaks off.',
    levels: shares('tornAnswers'),
  },
  {
    id: 'region',
    label: 'STS by Region',
    help: 'An account’s administrator may switch it off.',
    levels: [
      { id: 'on', label: 'On everywhere', change: { disabledRegions: [] } },
      { id: 'off', label: 'Off but for US East', change: { disabledRegions: otherRegions } },
    ],
  },
  {
    id: 'scp',
    label: 'The organization',
    help: 'A service control policy over both accounts.',
    levels: [
      { id: 'allows', label: 'Denies nothing', change: { serviceControlDenies: [] } },
      { id: 'assume', label: 'Denies sts:AssumeRole', change: { serviceControlDenies: ['sts:AssumeRole'] } },
      { id: 'iam', label: 'Denies changes in IAM', change: { serviceControlDenies: ['iam:*'] } },
    ],
  },
  {
    id: 'keychain',
    label: 'This computer’s keychain',
    help: 'Only pretended, and only while practising.',
    levels: [
      { id: 'answers', label: 'Answers', change: { keychain: 'answers' } },
      { id: 'locked', label: 'Is locked', change: { keychain: 'locked' } },
      { id: 'absent', label: 'Is not there', change: { keychain: 'absent' } },
    ],
  },
  {
    id: 'creation',
    label: 'A new account',
    help: 'How it ends when one is asked for.',
    levels: [
      { id: 'well', label: 'Is created', change: { accountCreationFailure: undefined } },
      ...accountFailures.map((reason) => ({
        id: reason,
        label: `Fails: ${reason.toLowerCase().replaceAll('_', ' ')}`,
        change: { accountCreationFailure: reason },
      })),
    ],
  },
];

/** The level in force; none where a scenario chose one that is not offered here. */
export function levelOf(control: TroubleControl, trouble: SandboxTrouble): TroubleLevel | undefined {
  return control.levels.find(({ change }) =>
    Object.entries(change).every(
      ([key, value]) => JSON.stringify(trouble[key as keyof SandboxTrouble]) === JSON.stringify(value),
    ),
  );
}
