import { useState } from 'react';
import type { AccessKey } from '../../../core/domain/identities';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { Chip } from '../../ui/chip';
import { formatDate } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Columns, Stack } from '../../ui/layout';
import { Mono, Text, TwoLine } from '../../ui/text';
import { KeyAge, UsedAt } from './identity-columns';
import { ActsCard, IdentityFrame, NamesCard, TagsCard } from './identity-frame';
import styles from './identities.module.css';
import { PartText } from './part-text';
import { RotateDialog } from './rotate-dialog';
import { useReading } from './use-reading';

/** Everything of one user, and its keys with their rotation. */
export function UserPage({ name }: { readonly name: string }) {
  const account = useReading();
  const { reading, sourceId } = account;
  const user = reading?.users.find((one) => one.name === name);
  const [rotated, setRotated] = useState<string>();
  return (
    <IdentityFrame account={account} subject="user" name={name} arn={user?.arn}>
      {user !== undefined && reading !== undefined && (
        <Columns layout="side-right">
          <Stack>
            <Card title="Access keys" subtitle="A user has two at most">
              <PartText part={user.keys}>
                {(keys) =>
                  keys.length === 0 ? (
                    <ul className={styles['items']}>
                      <li>
                        <Text tone="muted">none</Text>
                      </li>
                    </ul>
                  ) : (
                    <ul className={styles['items']} aria-label="Access keys">
                      {keys.map((key) => (
                        <KeyLine key={key.accessKeyId} of={key} onRotate={() => setRotated(key.accessKeyId)} />
                      ))}
                    </ul>
                  )
                }
              </PartText>
            </Card>
            <ActsCard accountId={reading.accountId} name={name} />
            <NamesCard title="Attached policies" names={user.attached} none="none" />
            <NamesCard title="Inline policies" names={user.inline} none="none" />
          </Stack>
          <Stack>
            <Card title="Signing in" padding="sm">
              <Facts
                facts={[
                  {
                    term: 'Console',
                    value: (
                      <PartText part={user.password}>
                        {({ createdAt }) =>
                          createdAt === undefined ? (
                            <Text tone="muted">no password</Text>
                          ) : (
                            `password since ${formatDate(createdAt)}`
                          )
                        }
                      </PartText>
                    ),
                  },
                  { term: 'Password used', value: <UsedAt at={user.passwordLastUsedAt} /> },
                  {
                    term: 'MFA',
                    value: (
                      <PartText part={user.mfa}>
                        {(devices) =>
                          devices.length === 0 ? (
                            <Text tone="warning">no device</Text>
                          ) : (
                            devices.map(({ serialNumber }) => serialNumber.split('/').at(-1)).join(', ')
                          )
                        }
                      </PartText>
                    ),
                  },
                  { term: 'Path', value: <Mono>{user.path}</Mono> },
                  { term: 'Made', value: formatDate(user.createdAt) },
                ]}
              />
            </Card>
            <NamesCard title="Groups" names={user.groups} none="in none" />
            <TagsCard tags={user.tags} />
          </Stack>
        </Columns>
      )}
      {rotated !== undefined && sourceId !== undefined && user?.keys?.read === true && (
        <RotateDialog
          sourceId={sourceId}
          userName={name}
          accessKeyId={rotated}
          keys={user.keys.value}
          onClose={() => setRotated(undefined)}
        />
      )}
    </IdentityFrame>
  );
}

function KeyLine({ of: key, onRotate }: { readonly of: AccessKey; readonly onRotate: () => void }) {
  return (
    <li>
      <span className={styles['grow']}>
        <TwoLine
          icon={<Icon name="key" />}
          title={<Mono>{key.accessKeyId}</Mono>}
          detail={
            <>
              <KeyAge createdAt={key.createdAt} /> old, used{' '}
              <PartText part={key.use}>{({ at }) => <UsedAt at={at} />}</PartText>
            </>
          }
        />
      </span>
      {!key.active && <Chip icon="lock">off</Chip>}
      <Button
        size="sm"
        icon="refresh"
        disabledReason={key.active ? undefined : 'It is off. Switch it on first, or delete it'}
        onPress={onRotate}
      >
        Rotate…
      </Button>
    </li>
  );
}
