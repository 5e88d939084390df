import { parseRoleArn } from '../../../core/domain/arn';
import { callerOf } from '../../../core/domain/caller';
import type { Revocation } from '../../../core/domain/revocation';
import { whyNoRevocationScript, type RevocationGround } from '../../../core/render/revocation-acts';
import { revocationClicks, type RevocationClick } from '../../../core/render/revocation-clicks';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import styles from './hand-over.module.css';

/** The same by hand, for whoever sits at the AWS console: each step with what is pasted and where it is. */
export function ConsoleClicks({ revocation }: { readonly revocation: Revocation }) {
  const ground = useGround(revocation);
  const clicks = revocationClicks(ground);
  const partition = parseRoleArn(revocation.roleArn)?.partition;
  return (
    <Card title="In the AWS console">
      {clicks.length === 0 ? (
        <div className={styles['none']}>
          <Text tone="muted">{whyNoRevocationScript(ground) ?? 'There are no steps for it.'}</Text>
        </div>
      ) : (
        <ol className={styles['clicks']} aria-label="Steps in the AWS console">
          {clicks.map((click, index) => (
            <li key={click.id}>
              <Text weight="medium">{`${String(index + 1)}. ${click.title}`}</Text>
              <p>{click.text}</p>
              <Row wrap>
                {click.copies.map(({ label, value }) => (
                  <CopyButton key={label} what={label} label={`Copy ${label}`} onCopy={() => copyText(value)} />
                ))}
                <PageButton click={click} partition={partition} />
              </Row>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

interface PageButtonProps {
  readonly click: RevocationClick;
  readonly partition: string | undefined;
}

function PageButton({ click: { linkId, roleName }, partition }: PageButtonProps) {
  if (linkId === undefined) return null;
  return (
    <Button
      size="sm"
      icon="external"
      onPress={() =>
        void client.app.openLink({
          linkId,
          ...(partition === undefined ? {} : { partition }),
          ...(roleName === undefined ? {} : { roleName }),
        })
      }
    >
      Open the page
    </Button>
  );
}

/** What the steps are written from; of whoever calls, as AWS named them here. */
function useGround({ connectionId, roleArn, stack, way }: Revocation): RevocationGround {
  const connection = useAsk('connections', 'connections', 'get', { connectionId }).data?.connection;
  const sources = useAsk('sources', 'sources', 'list', {}).data?.sources ?? [];
  const identity = sources.find(({ source }) => source.id === connection?.sourceId)?.identity;
  const caller = callerOf(identity?.arn ?? '');
  return {
    roleArn,
    way,
    region: connection?.region ?? 'us-east-1',
    ...(stack === undefined ? {} : { stack }),
    ...(identity === undefined || caller === undefined ? {} : { caller: { ...caller, accountId: identity.accountId } }),
  };
}
