import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { ReviewDetail as Detail } from '../../../core/contract/reviews';
import type { ReviewItem } from '../../../core/domain/review';
import { useNowEvery } from '../../app/clock';
import { sayFailure } from '../../app/session-uses';
import { client } from '../../ipc/client';
import { useAct, useAsk } from '../../ipc/queries';
import { Button, IconButton } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDate, formatMoment } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { AccountId, Text } from '../../ui/text';
import { RevokeDialog } from '../revocations';
import { ReviewHistory } from './review-history';
import { itemName, reasonLooks } from './review-words';
import styles from './reviews.module.css';

interface ReviewDetailProps {
  readonly subjectId: string;
  readonly onKeep: (item: ReviewItem) => void;
  readonly onSnooze: (item: ReviewItem) => void;
  readonly onClose: () => void;
}

/** Everything that somebody wants to know before they decide, and the four decisions. */
export function ReviewDetail({ onClose, onKeep, onSnooze, subjectId }: ReviewDetailProps) {
  const asked = useAsk('reviews', 'reviews', 'get', { subjectId });
  const navigate = useNavigate();
  const detail = asked.data;
  if (detail === undefined) {
    return (
      <Card title="Review" padding="md" actions={<IconButton icon="x" size="sm" label="Close" onPress={onClose} />}>
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={() => asked.again()} isBare />}
      </Card>
    );
  }
  const { isClosed, item, reasons, reviews, waiting } = detail;
  const look = () => void navigate(placeOf(item));
  return (
    <Card
      title={itemName(item)}
      padding="md"
      actions={<IconButton icon="x" size="sm" label={`Close ${itemName(item)}`} onPress={onClose} />}
    >
      <Stack gap="lg">
        {!isClosed && <Acts item={item} onKeep={() => onKeep(item)} onSnooze={() => onSnooze(item)} />}
        <ul className={styles['reasons']} aria-label="Why it is due">
          {reasons.map(({ key, kind, seen, since }) => (
            <Reason
              key={key}
              kind={kind}
              when={`${reasonLooks[kind].since} ${formatDate(since)}`}
              seen={seen}
              onLook={look}
            />
          ))}
          {waiting.map(({ reason: { key, kind, seen }, until }) => (
            <Reason
              key={key}
              kind={kind}
              when={until === undefined ? 'decided' : `waits until ${formatDate(until)}`}
              seen={seen}
              onLook={look}
            />
          ))}
          {reasons.length + waiting.length === 0 && (
            <li>
              <Text tone="muted">
                {isClosed ? 'Its access is closed: there is nothing to review.' : 'Nothing is due for it.'}
              </Text>
            </li>
          )}
        </ul>
        <Known detail={detail} />
        {reviews.length > 0 && <ReviewHistory reviews={reviews} most={3} />}
      </Stack>
    </Card>
  );
}

interface ReasonProps {
  readonly kind: Detail['reasons'][number]['kind'];
  readonly when: string;
  readonly seen: string;
  readonly onLook: () => void;
}

function Reason({ kind, onLook, seen, when }: ReasonProps) {
  const { icon, tone, where, word } = reasonLooks[kind];
  return (
    <li>
      <Row gap="sm" wrap>
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
        <Text tone="muted" size="sm">
          {when}
        </Text>
      </Row>
      <Text as="p" size="sm">
        {seen}{' '}
        {where !== undefined && (
          <Button variant="link" size="sm" onPress={onLook}>
            {where}
          </Button>
        )}
      </Text>
    </li>
  );
}

/** Where what was seen of it can be looked at. */
function placeOf({ kind, of, sourceId = '', subjectId }: ReviewItem): string {
  return kind === 'connection'
    ? `/connections/${subjectId}`
    : `/identities/users/${encodeURIComponent(of)}?source=${encodeURIComponent(sourceId)}`;
}

/** The facts that are known, each with since when it is known; nothing that was not seen. */
function Known({ detail }: { readonly detail: Detail }) {
  const now = useNowEvery(60_000);
  const { can, dueAt, item, key, lastTest, lastUse, notes, owner } = detail;
  const facts: { term: string; value: ReactNode }[] = [
    { term: 'Account', value: <AccountId id={item.accountId} /> },
    { term: key === undefined ? 'Role' : 'User', value: item.of },
  ];
  if (key !== undefined) facts.push({ term: 'Made', value: formatDate(key.createdAt) });
  else {
    facts.push(
      {
        term: 'Can',
        value:
          can === undefined ? (
            'Not known: nobody has looked'
          ) : (
            <>
              {can.words}
              <Text as="div" tone="muted" size="sm">
                {can.seenAt === undefined ? 'as it was agreed' : `as seen ${formatMoment(can.seenAt, now)}`}
              </Text>
            </>
          ),
      },
      {
        term: 'Last use',
        value:
          lastUse === undefined
            ? 'Not known: not seen'
            : lastUse.at === undefined
              ? 'None that IAM knows of'
              : formatDate(lastUse.at),
      },
      {
        term: 'Last test',
        value: lastTest === undefined ? 'Never' : `${testWords[lastTest.state]}, ${formatMoment(lastTest.at, now)}`,
      },
      { term: 'Review', value: dueAt === undefined ? 'Never by date' : formatDate(dueAt) },
    );
  }
  if (owner !== '') facts.push({ term: 'Owner', value: owner });
  if (notes !== '') facts.push({ term: 'Notes', value: notes });
  return <Facts facts={facts} />;
}

const testWords = {
  passed: 'Passed',
  warned: 'Passed with a warning',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const;

interface ActsProps {
  readonly item: ReviewItem;
  readonly onKeep: () => void;
  readonly onSnooze: () => void;
}

function Acts({ item, onKeep, onSnooze }: ActsProps) {
  const { kind, snoozedUntil, subjectId } = item;
  const navigate = useNavigate();
  const [isRevoking, setRevoking] = useState(false);
  const bringBack = useAct('reviews', 'bringBack');
  const onBringBack = () => void bringBack.run({ subjectId });
  const path = placeOf(item);
  return (
    <Stack gap="sm">
      {bringBack.error !== undefined && (
        <ErrorPanel error={bringBack.error} onRemedy={onBringBack} emphasis="secondary" isBare />
      )}
      <Row gap="sm" wrap>
        <Button size="sm" variant="primary" icon="check" onPress={onKeep}>
          Keep…
        </Button>
        <Button size="sm" icon="clock" onPress={onSnooze}>
          Put off…
        </Button>
        {snoozedUntil !== undefined && (
          <Button size="sm" icon="undo" onPress={onBringBack}>
            Bring back now
          </Button>
        )}
        {kind === 'connection' ? (
          <>
            <Button size="sm" icon="door-half" onPress={() => void navigate(`${path}/narrow`)}>
              Narrow…
            </Button>
            <Button size="sm" variant="danger-quiet" icon="door-shut" onPress={() => setRevoking(true)}>
              Revoke…
            </Button>
            <Button size="sm" variant="link" onPress={() => void navigate(path)}>
              Open the connection
            </Button>
          </>
        ) : (
          <Button size="sm" icon="refresh" onPress={() => void navigate(placeOf(item))}>
            Rotate…
          </Button>
        )}
      </Row>
      {isRevoking && <Revoke connectionId={subjectId} onClose={() => setRevoking(false)} />}
    </Stack>
  );
}

/** The dialog of every revocation; that it came out of a review is written down. */
function Revoke({ connectionId, onClose }: { readonly connectionId: string; readonly onClose: () => void }) {
  const connection = useAsk('connections', 'connections', 'get', { connectionId }).data?.connection;
  const navigate = useNavigate();
  if (connection === undefined) return null;
  return (
    <RevokeDialog
      target={connection}
      onClose={onClose}
      onStarted={(revocationId) => {
        void client.reviews.revoking({ connectionId, revocationId }).then((answer) => {
          sayFailure('It began. That this came out of a review is not on record', answer);
          void navigate(`/revocations/${revocationId}`);
        });
      }}
    />
  );
}
