import { useState } from 'react';
import type { AppError, Remedy } from '../../../core/app-error';
import type { Cause, Diagnosis, TestResult } from '../../../core/domain/check';
import { messageFor } from '../../../core/domain/diagnosis/message';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CheckList, type CheckRow } from '../../ui/check-list';
import { Chip } from '../../ui/chip';
import { CopyButton } from '../../ui/copy-button';
import { ErrorPanel } from '../../ui/error-panel';
import { BadgeIcon, Icon } from '../../ui/icon';
import { Columns, Row, Stack } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';
import { CauseView } from './cause-view';
import { FixDialog } from './fix-dialog';
import { LookAtRole } from './look-at-role';
import styles from './test-failure.module.css';

interface TestFailureProps {
  /** the draft or connection that was tested */
  readonly subjectId: string;
  readonly result: TestResult;
  readonly rows: readonly CheckRow[];
  readonly roleArn: string;
  readonly onRemedy: (remedy: Remedy) => void;
  /** tests again from what failed: what passed stays */
  readonly onGoOn: () => void;
  /** the trust policy was changed: time to test again */
  readonly onFixed: () => void;
  /** takes the ARN that was meant; absent where the role is not to be changed */
  readonly onTakeRole?: ((roleArn: string) => void) | undefined;
}

/** Where the test stopped, what is behind it and how sure that is, whose hands must change what, and the button that does it. */
export function TestFailure(props: TestFailureProps) {
  const { onGoOn, onRemedy, result, rows } = props;
  const { diagnosis, error } = result;
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
        <div className={styles['goOn']}>
          <Button size="sm" icon="play" onPress={onGoOn}>
            Go on from {rows.find(({ state }) => state === 'failed')?.name ?? 'there'}
          </Button>
          <Text size="sm" tone="muted">
            What passed stays.
          </Text>
        </div>
      </Card>
      {diagnosis === undefined || isPlain(result) ? (
        error !== undefined && <ErrorPanel error={error} onRemedy={onRemedy} onCopyDetail={copyText} isDetailOpen />
      ) : (
        <Diagnosed {...props} diagnosis={diagnosis} />
      )}
    </Columns>
  );
}

/** Whoever has to act gets it; where that is nobody else, it is for one’s own notes. */
function messageName(needed: readonly Cause[]): string {
  const [who = 'account-owner'] = needed.map((cause) => cause.who);
  return who === 'organization-admin'
    ? 'message for the administrator'
    : who === 'account-owner'
      ? 'message for the owner'
      : 'summary';
}

/** The error says it all, with buttons of its own: no clock, no credentials, no network. */
function isPlain({ error }: TestResult): boolean {
  return error !== undefined && !['access-denied', 'not-possible'].includes(error.kind);
}

function Diagnosed({
  diagnosis,
  onFixed,
  onRemedy,
  onTakeRole,
  result,
  roleArn,
  subjectId,
}: TestFailureProps & { readonly diagnosis: Diagnosis }) {
  const [isFixing, setFixing] = useState(false);
  const { error, fixWith } = result;
  const needed = diagnosis.causes.filter((cause) => isNeeded(cause, diagnosis));
  const possible = diagnosis.causes.filter((cause) => !needed.includes(cause));
  const correction = needed.find(({ correction: one }) => one?.of === 'trust-policy')?.correction;
  const suggested = needed.find(({ suggestedRoleArn }) => suggestedRoleArn !== undefined)?.suggestedRoleArn;
  const roleName = roleArn.slice(roleArn.lastIndexOf('/') + 1);
  const partition = roleArn.split(':')[1] ?? 'aws';
  const canFix = correction !== undefined && fixWith !== undefined;
  const shown = needed.filter((cause, index) => !isShownBefore(cause, needed.slice(0, index)));

  return (
    <Card padding="none">
      <div className={styles['head']}>
        <BadgeIcon name="door-shut" tone="danger" size="lg" />
        <div>
          <h2>{headline(error)}</h2>
          <Text as="p" tone="soft">
            {error?.kind === 'access-denied' ? (
              <>
                AWS answered <Mono>{error.code ?? 'AccessDenied'}</Mono>. Nothing changed in either account.
              </>
            ) : (
              error?.whatDidNotChange
            )}
          </Text>
        </div>
      </div>
      <div className={styles['body']}>
        {needed.length === 0 ? (
          <Undecided diagnosis={diagnosis} />
        ) : (
          <>
            {needed.length > 1 && (
              <Text as="p" size="sm" tone="muted">
                {needed.length} things have to change
              </Text>
            )}
            {needed.map((cause) => (
              <CauseView
                key={cause.id}
                cause={cause}
                evidence={diagnosis.evidence}
                isOnly={needed.length === 1}
                showCorrection={shown.includes(cause)}
              />
            ))}
          </>
        )}
        <Row gap="sm" wrap>
          {canFix && (
            <Button variant="primary" onPress={() => setFixing(true)}>
              Fix it with {fixWith.label}…
            </Button>
          )}
          {suggested !== undefined && onTakeRole !== undefined && (
            <Button variant="primary" icon="play" onPress={() => onTakeRole(suggested)}>
              Test {suggested.slice(suggested.lastIndexOf('/') + 1)} instead
            </Button>
          )}
          {error !== undefined && needed.length > 0 && needed.every(({ who }) => who === 'deployer') && (
            <Button icon="sliders" onPress={() => onRemedy({ kind: 'choose-source' })}>
              Choose another source
            </Button>
          )}
          <CopyButton
            what={messageName(needed)}
            label={`Copy a ${messageName(needed)}`}
            size="md"
            onCopy={() => copyText(messageFor(diagnosis, roleArn, error?.requestId))}
          />
          <Button
            icon="console"
            onPress={() => void client.app.openLink({ linkId: 'iam-role-page', roleName, partition })}
          >
            Open the role in AWS
          </Button>
        </Row>
        {diagnosis.look !== undefined && <LookAtRole subjectId={subjectId} look={diagnosis.look} />}
        <AlsoConsidered diagnosis={diagnosis} possible={needed.length === 0 ? [] : possible} />
        {error?.detail !== undefined && (
          <Stack gap="xs">
            <Text size="sm" tone="muted">
              What AWS said
            </Text>
            <Mono>{error.detail}</Mono>
          </Stack>
        )}
      </div>
      {isFixing && canFix && (
        <FixDialog
          subjectId={subjectId}
          correction={correction}
          fixWith={fixWith}
          onClose={() => setFixing(false)}
          onFixed={() => {
            setFixing(false);
            onFixed();
          }}
        />
      )}
    </Card>
  );
}

function headline(error: AppError | undefined): string | undefined {
  return error?.kind === 'access-denied' ? 'AWS did not let you in' : error?.message;
}

/** What has to change: everything that was seen, and one that is likeliest by far. */
function isNeeded(cause: Cause, { causes, toldApart }: Diagnosis): boolean {
  return cause.certainty === 'certain' || (toldApart && cause === causes[0]) || cause.probability >= 0.8;
}

function isShownBefore({ correction }: Cause, before: readonly Cause[]): boolean {
  return correction !== undefined && before.some((cause) => cause.correction?.after === correction.after);
}

/** AWS gives the same answer for all of these: a list with its odds, and nothing that claims to know. */
function Undecided({ diagnosis }: { readonly diagnosis: Diagnosis }) {
  return (
    <section>
      <h3 className={styles['cause']}>It cannot be told apart from here</h3>
      <Text as="p" size="sm" tone="muted">
        {diagnosis.evidence} Somebody in the target account can see which it is.
      </Text>
      <ul className={styles['odds']}>
        {diagnosis.causes.map(({ id, probability, reasoning, title }) => (
          <li key={id} className={styles['odd']}>
            <span className={styles['percent']}>{Math.round(probability * 100)} %</span>
            <span>
              {title}
              <Text as="p" size="sm" tone="muted">
                {reasoning}
              </Text>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function AlsoConsidered({
  diagnosis,
  possible,
}: {
  readonly diagnosis: Diagnosis;
  readonly possible: readonly Cause[];
}) {
  if (diagnosis.ruledOut.length === 0 && possible.length === 0) return null;
  return (
    <section className={styles['others']}>
      <h3 className={styles['othersTitle']}>Also considered</h3>
      <ul>
        {possible.map(({ id, reasoning, title }) => (
          <li key={id} className={styles['other']}>
            <Icon name="question" tone="muted" />
            <span>{title}</span>
            <Text tone="muted">Possible: {reasoning}</Text>
          </li>
        ))}
        {diagnosis.ruledOut.map(({ because, title }) => (
          <li key={title} className={styles['other']}>
            <Icon name="x" tone="muted" />
            <span>{title}</span>
            <Text tone="muted">Ruled out: {because}</Text>
          </li>
        ))}
      </ul>
    </section>
  );
}
