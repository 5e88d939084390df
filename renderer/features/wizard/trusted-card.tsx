import { Card } from '../../ui/card';
import { CopyButton, type CopyOutcome } from '../../ui/copy-button';
import { AccountId, Text } from '../../ui/text';
import styles from './trusted-card.module.css';

interface TrustedCardProps {
  readonly trusted: { readonly accountId: string; readonly arn: string } | undefined;
  readonly externalId: string | undefined;
  /** They came in a connection request instead of being worked out here. */
  readonly isFromRequest?: boolean | undefined;
  readonly onCopy: (text: string) => Promise<CopyOutcome>;
}

/** Beside the place where they are needed: the trusted account's ID and the external ID, both to copy, neither to type. */
export function TrustedCard({ trusted, externalId, isFromRequest = false, onCopy }: TrustedCardProps) {
  return (
    <Card padding="sm">
      <dl className={styles['list']}>
        <div className={styles['item']}>
          <dt className={styles['term']}>
            <b>Trusted account ID</b> <Text tone="muted">{isFromRequest ? 'from the request' : 'computed'}</Text>
          </dt>
          <dd className={styles['account']}>
            {trusted === undefined ? <Text tone="muted">not known yet</Text> : <AccountId id={trusted.accountId} />}
          </dd>
          {trusted !== undefined && (
            <dd className={styles['act']}>
              <CopyButton what="trusted account ID" label="Copy" onCopy={() => onCopy(trusted.accountId)} />
            </dd>
          )}
          {trusted !== undefined && (
            <dd className={styles['warning']}>
              {isFromRequest
                ? 'Compare it with who asked you: a wrong one lets a stranger in.'
                : 'Copy it, never type it: a wrong one lets a stranger in.'}
            </dd>
          )}
        </div>
        {externalId !== undefined && (
          <div className={styles['item']}>
            <dt className={styles['term']}>
              <b>External ID</b> <Text tone="muted">made for this role only</Text>
            </dt>
            <dd className={styles['external']}>{externalId}</dd>
            <dd className={styles['act']}>
              <CopyButton what="external ID" label="Copy" onCopy={() => onCopy(externalId)} />
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}
