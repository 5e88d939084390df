import type { Remedy } from '../../../core/app-error';
import type { Cause, TestResult } from '../../../core/domain/check';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList, type CheckRow } from '../../ui/check-list';
import { Chip } from '../../ui/chip';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { BadgeIcon, Icon } from '../../ui/icon';
import { Columns, Grow, Row, Stack } from '../../ui/layout';
import { PolicyDiff } from '../../ui/policy-view';
import { SureMeter } from '../../ui/sure-meter';
import { Mono, Text, TwoLine } from '../../ui/text';
import styles from './test-failure.module.css';

interface TestFailureProps {
  readonly result: TestResult;
  readonly rows: readonly CheckRow[];
  readonly roleName: string;
  readonly onRemedy: (remedy: Remedy) => void;
}

/** Where the test stopped, what is the likeliest cause and how sure that is, and whose hands must change what. */
export function TestFailure({ result, rows, roleName, onRemedy }: TestFailureProps) {
  const { error, diagnosis } = result;
  return (
    <Columns layout="side-left">
      <Card
        title="Test"
        padding="none"
        actions={
          <Chip tone="danger" icon="x-circle">
            Failed
          </Chip>
        }
      >
        <CheckList label="Checks of the connection" rows={rows} layout="narrow" />
      </Card>
      {diagnosis === undefined ? (
        error !== undefined && <ErrorPanel error={error} onRemedy={onRemedy} onCopyDetail={copyText} isDetailOpen />
      ) : (
        <Card padding="none">
          <div className={styles['head']}>
            <BadgeIcon name="door-shut" tone="danger" size="lg" />
            <div>
              <h2>{error?.kind === 'access-denied' ? 'AWS did not let you in' : error?.message}</h2>
              <Text as="p" tone="soft">
                {error?.kind === 'access-denied' ? (
                  <>
                    AssumeRole answered <Mono>{error.code ?? 'AccessDenied'}</Mono>. No session was opened, and nothing
                    changed in either account.
                  </>
                ) : (
                  error?.whatDidNotChange
                )}
              </Text>
            </div>
          </div>
          <div className={styles['body']}>
            <Row align="start" justify="between" gap="lg">
              <Grow>
                <Text as="p" size="sm" tone="muted">
                  Likeliest cause
                </Text>
                <h3 className={styles['cause']}>{diagnosis.likeliest.title}</h3>
                <Text as="p" size="sm" tone="muted">
                  {diagnosis.likeliest.reasoning} {diagnosis.evidence}
                </Text>
              </Grow>
              <SureMeter certainty={diagnosis.likeliest.certainty} caption="How sure" />
            </Row>
            <Correction cause={diagnosis.likeliest} roleName={roleName} />
            <Who cause={diagnosis.likeliest} />
            <Row gap="sm" wrap>
              <CopyButton
                what="message for the owner"
                label="Copy a message for the owner"
                size="md"
                onCopy={() => copyText(message(diagnosis.likeliest, roleName, error?.requestId))}
              />
              <Button icon="console" onPress={() => void client.app.openLink({ linkId: 'iam-role-page', roleName })}>
                Open the role in AWS
              </Button>
            </Row>
            {diagnosis.others.length > 0 && (
              <section className={styles['others']}>
                <h3 className={styles['othersTitle']}>Also considered</h3>
                <ul>
                  {diagnosis.others.map(({ title, verdict, ruledOut }) => (
                    <li key={title} className={styles['other']}>
                      <Icon name={ruledOut ? 'x' : 'question'} tone="muted" />
                      <span>{title}</span>
                      <Text tone="muted">{verdict}</Text>
                    </li>
                  ))}
                </ul>
              </section>
            )}
            {error?.detail !== undefined && (
              <Stack gap="xs">
                <Text size="sm" tone="muted">
                  What AWS said
                </Text>
                <Mono>{error.detail}</Mono>
              </Stack>
            )}
          </div>
        </Card>
      )}
    </Columns>
  );
}

function Correction({ cause, roleName }: { readonly cause: Cause; readonly roleName: string }) {
  const { correction } = cause;
  if (correction === undefined) return null;
  return (
    <PolicyDiff
      title={`Trust policy of ${roleName}`}
      before={tidy(correction.before)}
      after={correction.after}
      kind="correction"
      copy={{ label: 'Copy corrected policy', what: 'corrected policy', onCopy: () => copyText(correction.after) }}
    />
  );
}

/** The role's policy laid out like ours, so that only what differs in meaning differs on screen. */
function tidy(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), null, 2);
  } catch {
    return policy;
  }
}

const whoMustAct: Readonly<Record<Cause['who'], readonly [string, string]>> = {
  'account-owner': [
    'The account owner must change it',
    'in the target account, with the right iam:UpdateAssumeRolePolicy',
  ],
  deployer: ['It is on this side', 'a policy of the source identity must allow sts:AssumeRole on the role'],
  'organization-admin': ['Whoever administers the organization must change it', 'in the management account'],
  nobody: ['Nobody needs to change anything', ''],
};

function Who({ cause }: { readonly cause: Cause }) {
  const [title, detail] =
    cause.id === 'role-missing'
      ? ['The account owner must create it', 'or you paste the ARN of the role that is there']
      : whoMustAct[cause.who];
  return (
    <Row gap="md">
      <BadgeIcon name="user" />
      <TwoLine title={title} detail={detail} />
    </Row>
  );
}

function message(cause: Cause, roleName: string, requestId: string | undefined): string {
  return [
    `Hello, the role ${roleName} does not let us in yet.`,
    `Likeliest cause: ${cause.title}. ${cause.reasoning}`,
    ...(cause.correction === undefined ? [] : ['This trust policy would be right:', '', cause.correction.after, '']),
    ...(requestId === undefined ? [] : [`Request ID: ${requestId}`]),
  ].join('\n');
}
