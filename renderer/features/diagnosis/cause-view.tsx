import type { Cause } from '../../../core/domain/check';
import { copyText } from '../../ipc/copy';
import { BadgeIcon } from '../../ui/icon';
import { Grow, Row, Stack } from '../../ui/layout';
import { CopyButton } from '../../ui/copy-button';
import { Note } from '../../ui/note';
import { PolicyDiff } from '../../ui/policy-view';
import { SureMeter } from '../../ui/sure-meter';
import { Text, TwoLine } from '../../ui/text';
import styles from './test-failure.module.css';

interface CauseViewProps {
  readonly cause: Cause;
  /** how it was found */
  readonly evidence: string;
  readonly isOnly: boolean;
  /** several causes may share one change of a policy, which is shown once */
  readonly showCorrection: boolean;
}

/** One cause: what it is, how sure, which line to change, and whose hands change it. */
export function CauseView({ cause, evidence, isOnly, showCorrection }: CauseViewProps) {
  return (
    <Stack gap="md">
      <Row align="start" justify="between" gap="lg">
        <Grow>
          {isOnly && (
            <Text as="p" size="sm" tone="muted">
              {cause.certainty === 'certain' ? 'The cause' : 'Likeliest cause'}
            </Text>
          )}
          <h3 className={styles['cause']}>{cause.title}</h3>
          <Text as="p" size="sm" tone="muted">
            {cause.reasoning} {isOnly ? evidence : ''}
          </Text>
        </Grow>
        <SureMeter certainty={cause.certainty} caption="How sure" />
      </Row>
      {showCorrection && <CorrectionView cause={cause} />}
      {cause.risk !== undefined && (
        <Note tone="warning" title="Not to be left like this.">
          {cause.risk}
        </Note>
      )}
      <Row gap="md" justify="between">
        <Row gap="md">
          <BadgeIcon name="user" />
          <TwoLine
            title={cause.id === 'role-missing' ? 'The account owner must create it' : whoMustAct[cause.who]}
            detail={cause.remedy}
          />
        </Row>
        {showCorrection && cause.command !== undefined && (
          <CopyButton
            what="line for the AWS CLI"
            label="Copy the line for the AWS CLI"
            variant="ghost"
            onCopy={() => copyText(cause.command ?? '')}
          />
        )}
      </Row>
    </Stack>
  );
}

function CorrectionView({ cause: { correction } }: { readonly cause: Cause }) {
  if (correction === undefined) return null;
  const title =
    correction.of === 'trust-policy' ? `Trust policy of ${correction.owner}` : `New policy of ${correction.owner}`;
  return (
    <PolicyDiff
      title={title}
      before={correction.before === '' ? '' : tidy(correction.before)}
      after={tidy(correction.after)}
      kind="correction"
      copy={{ label: 'Copy corrected policy', what: 'corrected policy', onCopy: () => copyText(correction.after) }}
    />
  );
}

/** Both laid out alike, so that only what differs in meaning differs on screen. */
export function tidy(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), null, 2);
  } catch {
    return policy;
  }
}

const whoMustAct: Readonly<Record<Cause['who'], string>> = {
  'account-owner': 'The account owner must change it',
  deployer: 'It is on this side',
  'organization-admin': 'Whoever administers the organization must change it',
  nobody: 'Nobody needs to change anything',
};
