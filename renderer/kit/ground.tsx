import type { CSSProperties } from 'react';
import { SandboxBand } from '../app/sandbox-band';
import { Icon } from '../ui/icon';
import { iconNames } from '../ui/icon-names';
import { Stack } from '../ui/layout';
import { PermissionKey } from '../ui/permission-map';
import { PolicyDiff } from '../ui/policy-view';
import { Mono, Text } from '../ui/text';
import { nothing, pretendToCopy, Section } from './section';
import styles from './kit.module.css';

const swatches = [
  'chrome',
  'surface',
  'raised',
  'sunken',
  'border-strong',
  'border-control',
  'muted',
  'text-soft',
  'text',
  'accent',
  'accent-soft',
  'accent-text',
  'success',
  'success-soft',
  'warning',
  'warning-soft',
  'warning-fill',
  'danger',
  'danger-soft',
  'danger-mark',
  'info',
  'info-soft',
  'sandbox-soft',
  'sandbox',
  'chart-live',
  'chart-spent',
] as const;

export function ColourSection() {
  return (
    <Section title="Colour" wide>
      <div className={styles['swatches']}>
        {swatches.map((name) => (
          <div key={name} className={styles['swatch']}>
            <i style={{ '--swatch': `var(--${name})` } as CSSProperties} />
            <span>{name}</span>
          </div>
        ))}
      </div>
    </Section>
  );
}

export function TypeSection() {
  return (
    <Section title="Type">
      <Stack gap="sm">
        <p className={styles['large']}>Where do you want to start?</p>
        <h1>Review what will be created</h1>
        <h2>Test connection</h2>
        <p>Nothing was deleted, and nothing was written to disk.</p>
        <Text as="p" size="sm" tone="muted">
          External ID enforced, checked 13:40
        </Text>
        <Mono>arn:aws:iam::444455556666:role/deploy/SallyportCodeDeploy</Mono>
        <p className={styles['clock']}>15:36:02</p>
      </Stack>
    </Section>
  );
}

const trusted = (account: string): string =>
  `{\n  "Effect": "Allow",\n  "Principal": { "AWS": "arn:aws:iam::${account}:root" },\n  "Action": "sts:AssumeRole"\n}`;

export function MarksSection() {
  return (
    <Section title="Sandbox, permission cells, two kinds of diff" wide>
      <div className={styles['band']}>
        <SandboxBand trouble="throttling" onTrouble={nothing} onLeave={nothing} />
      </div>
      <PermissionKey cells={['none', 'some', 'all', 'risky', 'extra']} />
      <div className={styles['pair']}>
        <PolicyDiff
          title="A correction: red out, green in"
          kind="correction"
          before={trusted('111122223323')}
          after={trusted('111122223333')}
          copy={{ label: 'Copy corrected policy', what: 'the corrected policy', onCopy: pretendToCopy }}
        />
        <PolicyDiff
          title="Drift: stone was agreed, amber is now"
          kind="drift"
          before={'  "Action": "s3:GetObject"'}
          after={'  "Action": "s3:*"'}
        />
      </div>
    </Section>
  );
}

export function IconSection() {
  return (
    <Section title="Icons: 16 grid, 1.5 stroke" wide>
      <ul className={styles['icons']}>
        {iconNames.map((name) => (
          <li key={name} title={name}>
            <Icon name={name} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
