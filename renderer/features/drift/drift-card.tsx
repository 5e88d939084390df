import { useState } from 'react';
import { changedParts, isWholeKind, unseenParts, type DriftPart } from '../../../core/domain/drift/difference';
import { tidyPolicy } from '../../../core/domain/drift/tidy-policy';
import type { Agreement } from '../../../core/domain/drift/agreement';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useOperationOn } from '../../ipc/operations';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { Icon } from '../../ui/icon';
import { Grow, Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { PolicyDiff, PolicyView } from '../../ui/policy-view';
import { Text } from '../../ui/text';
import { AcceptDialog } from './accept-dialog';
import { agreedWords, countWords, kindWords, lookOf, seenWords, severityLooks } from './drift-words';
import { PasteLookDialog } from './paste-look-dialog';
import { PutBackDialog } from './put-back-dialog';
import { PutBackProgress } from './put-back-progress';
import styles from './drift-card.module.css';

/** Milliseconds for which a change back that is over is shown with its way back. */
const undoShownMs = 86_400_000;

/** What was agreed of the role beside what AWS has, and what can be done about a difference. */
export function DriftCard({ connectionId, now }: { readonly connectionId: string; readonly now: number }) {
  const asked = useAsk('drift', 'drift', 'ofConnection', { connectionId });
  const operation = useOperationOn('drift', `drift ${connectionId}`);
  const look = useAct('drift', 'lookAt');
  const confirm = useAct('drift', 'accept');
  const [chosenId, setChosenId] = useState<string>();
  const [asking, setAsking] = useState<'accept' | 'put-back' | 'paste'>();
  const run = () => void look.run({ connectionIds: [connectionId] });
  const remedy = useRemedy({ retry: run });
  const { agreement, look: seen, putBack: latest } = asked.data ?? {};
  const parts = inOrder(seen?.parts ?? []);
  const changed = changedParts(parts);
  const chosen = parts.find(({ id }) => id === chosenId) ?? changed[0] ?? parts[0];
  const isLooking = operation?.state === 'running' || look.busy;
  const error = look.error ?? operation?.error ?? asked.error ?? (seen?.state === 'blind' ? seen.error : undefined);
  const isGone = parts.some(({ id, state }) => id === 'role' && state === 'removed');
  return (
    <Card
      title="Agreed and now"
      subtitle={seen?.seenAt === undefined ? 'not looked at yet' : countWords(parts)}
      actions={
        <>
          {(seen?.state === 'blind' || seen?.eyes?.kind === 'pasted') && (
            <Button size="sm" onPress={() => setAsking('paste')}>
              Ask the owner…
            </Button>
          )}
          <Button
            size="sm"
            icon="eye"
            busy={isLooking ? { label: 'Looking', since: operation?.startedAt } : undefined}
            onPress={run}
          >
            Look for drift
          </Button>
        </>
      }
      foot={
        changed.length === 0 ? undefined : (
          <div className={styles['foot']}>
            <Grow>
              <Text tone="muted">
                {isGone
                  ? 'A role that is gone cannot be put back. Connect the account anew, or forget this connection.'
                  : 'Nothing is changed until you choose.'}
              </Text>
            </Grow>
            {!isGone && (
              <>
                <Button onPress={() => setAsking('accept')}>Accept as agreed…</Button>
                <Button icon="undo" onPress={() => setAsking('put-back')}>
                  Put back what was agreed…
                </Button>
              </>
            )}
          </div>
        )
      }
    >
      {error !== undefined && !isLooking && (
        <ErrorPanel
          error={error}
          title={error === seen?.error ? 'It cannot be seen' : undefined}
          onRemedy={remedy}
          onCopyDetail={copyText}
          emphasis="secondary"
          isBare
        />
      )}
      {latest !== undefined && now - (latest.finishedAt ?? now) < undoShownMs && <PutBackProgress record={latest} />}
      {agreement?.basis === 'first-look' && agreement.confirmedAt === undefined && (
        <div className={styles['note']}>
          <Note
            tone="info"
            title="Nobody has agreed to this yet."
            action={
              <Button variant="link" onPress={() => void confirm.run({ connectionId, partIds: [] })}>
                This is what was agreed
              </Button>
            }
          >
            The role was not made here, so what AWS had at the first look stands for it.
          </Note>
          {confirm.error !== undefined && (
            <ErrorPanel error={confirm.error} onRemedy={() => confirm.reset()} emphasis="secondary" isBare />
          )}
        </div>
      )}
      {parts.length === 0 ? (
        error === undefined && (
          <div className={styles['empty']}>
            <Text tone="muted">AWS was not asked yet whether the role still is what was agreed.</Text>
          </div>
        )
      ) : (
        <div className={styles['body']}>
          <ul className={styles['parts']} aria-label="Parts of the role">
            {parts.map((part) => (
              <li key={part.id}>
                <PartButton part={part} isChosen={part === chosen} onChoose={() => setChosenId(part.id)} />
              </li>
            ))}
          </ul>
          {chosen !== undefined && (
            <div className={styles['view']}>
              <p className={styles['legend']}>
                <span>
                  <span className={styles['agreed']} aria-hidden="true">
                    −
                  </span>
                  {agreement === undefined ? 'Agreed' : agreedWords(agreement)}
                </span>
                <span>
                  <span className={styles['now']} aria-hidden="true">
                    +
                  </span>
                  {seenWords(seen?.seenAt, seen?.state === 'blind' ? undefined : seen?.eyes, now)}
                </span>
              </p>
              <PartView part={chosen} agreement={agreement} />
              <Differences part={chosen} />
            </div>
          )}
        </div>
      )}
      {asking === 'paste' && <PasteLookDialog connectionId={connectionId} onClose={() => setAsking(undefined)} />}
      {asking === 'accept' && (
        <AcceptDialog
          connectionId={connectionId}
          parts={changed}
          first={firstOf(chosen, changed)}
          onClose={() => setAsking(undefined)}
        />
      )}
      {asking === 'put-back' && (
        <PutBackDialog
          connectionId={connectionId}
          parts={changed}
          first={firstOf(chosen, changed)}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Card>
  );
}

/** What differs comes first; otherwise as the role is read. */
function inOrder(parts: readonly DriftPart[]): readonly DriftPart[] {
  return [...changedParts(parts), ...unseenParts(parts), ...parts.filter(({ state }) => state === 'same')];
}

/** What a dialog begins with: what is looked at, where that differs. */
function firstOf(chosen: DriftPart | undefined, changed: readonly DriftPart[]): string | undefined {
  return (changed.find((part) => part === chosen) ?? changed[0])?.id;
}

interface PartButtonProps {
  readonly part: DriftPart;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function PartButton({ isChosen, onChoose, part }: PartButtonProps) {
  const { icon, tone, word } = lookOf(part);
  return (
    <button type="button" className={styles['part']} aria-current={isChosen || undefined} onClick={onChoose}>
      <Icon name={icon} size="sm" tone={tone} />
      <span className={styles['words']}>
        <span className={styles['title']}>{part.title}</span>
        <span className={styles['kind']}>{kindWords(part)}</span>
      </span>
      <span className={styles['word']} data-tone={tone}>
        {word}
      </span>
    </button>
  );
}

function PartView({ agreement, part }: { readonly part: DriftPart; readonly agreement: Agreement | undefined }) {
  const { after, before, of, state, title } = part;
  if (state === 'same') {
    const text = textAgreed(part, agreement);
    if (text !== undefined) return <PolicyView label={title} text={text} />;
    return (
      <p className={styles['plain']}>
        <Text>{plainAgreed(part, agreement)}</Text>
      </p>
    );
  }
  if (state === 'unseen') {
    return (
      <>
        <p className={styles['plain']}>
          <Text tone="muted">
            {isWholeKind(part)
              ? `The last look did not show the ${of} policies. Whether there are more than were agreed is not known.`
              : 'The last look did not show this part. Whether it still is as agreed is not known.'}
          </Text>
        </p>
        {before !== undefined && of !== 'boundary' && <PolicyView label={`${title}, as agreed`} text={before} />}
      </>
    );
  }
  if (of === 'trust' || of === 'managed' || of === 'inline') {
    if (before === undefined && after === undefined) {
      return (
        <p className={styles['plain']}>
          <Text tone="muted">Its text cannot be shown: nobody here may read it, or it is too long.</Text>
        </p>
      );
    }
    return (
      <PolicyDiff title={`${title}: agreed and now`} before={before ?? ''} after={after ?? ''} kind="drift" isBare />
    );
  }
  return (
    <PolicyDiff
      title={`${title}: agreed and now`}
      before={before ?? ''}
      after={after ?? ''}
      kind="drift"
      context={0}
      isBare
    />
  );
}

function textAgreed({ id, of }: DriftPart, agreement: Agreement | undefined): string | undefined {
  if (of === 'trust') return agreement && tidyPolicy(agreement.role.trustPolicy);
  const inline = of === 'inline' ? agreement?.role.inline.find(({ name }) => id === `inline ${name}`) : undefined;
  return inline && tidyPolicy(inline.document);
}

function plainAgreed({ id, of, title }: DriftPart, agreement: Agreement | undefined): string {
  const role = agreement?.role;
  switch (of) {
    case 'session':
      return `${String((role?.maxSessionDuration ?? 3600) / 3600)} h at most, as agreed.`;
    case 'managed': {
      const version = role?.managed.find(({ arn }) => id === `managed ${arn}`)?.versionId;
      return `${title} is attached${version === undefined ? '' : `, version ${version}`}, as agreed.`;
    }
    case 'boundary':
      return `${role?.boundary?.arn ?? title} is set, as agreed.`;
    case 'tags':
      return `${(role?.tags ?? []).map(({ key, value }) => `${key} = ${value}`).join(', ')}, as agreed.`;
    case 'inline':
    case 'role':
    case 'trust':
      return 'As agreed.';
  }
}

function Differences({ part }: { readonly part: DriftPart }) {
  if (part.differences.length === 0) return null;
  return (
    <ul className={styles['differences']} aria-label={`Why ${part.title} matters`}>
      {part.differences.map(({ kind, line, message, severity }, index) => {
        const { icon, tone, word } = severityLooks[severity];
        return (
          <li key={`${kind} ${String(index)}`} data-kind={kind}>
            <Icon name={icon} tone={tone} />
            <Stack gap="xs">
              <Text>{message}</Text>
              <Row gap="sm">
                <Chip tone={tone}>{word}</Chip>
                {line !== undefined && (
                  <Text tone="muted" size="sm">
                    {`Line ${String(line)}`}
                  </Text>
                )}
              </Row>
            </Stack>
          </li>
        );
      })}
    </ul>
  );
}
