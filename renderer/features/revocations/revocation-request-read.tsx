import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { parseRoleArn } from '../../../core/domain/arn';
import type { RevocationRequest } from '../../../core/domain/revocation-request';
import { FrameSide } from '../../app/frame';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card, Facts } from '../../ui/card';
import { ErrorPanel } from '../../ui/error-panel';
import { formatDate, formatShortClock } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { Stepper } from '../../ui/stepper';
import { AccountId, Mono } from '../../ui/text';
import { RevokeDialog } from './revoke-dialog';
import { wayWords } from './way-words';

interface RevocationRequestReadProps {
  readonly text: string;
  readonly request: RevocationRequest;
  /** Under everything: that the file is sound, and the way to another one. */
  readonly foot: ReactNode;
}

/** Somebody asks the owner of a role to take it back. Shown in words; only the dialog, with credentials of the owner, acts. */
export function RevocationRequestRead({ foot, request, text }: RevocationRequestReadProps) {
  const asked = useAsk('connections', 'revocation', 'readRequest', { text });
  const [isOpen, setOpen] = useState(false);
  const navigate = useNavigate();
  const { accountId, askedAt, askedBy, roleArn, roleName, stack, way, why } = request;
  const words = wayWords[way];
  const target = asked.data;
  return (
    <>
      <FrameSide>
        <Stepper
          steps={[
            { id: 'request', name: 'Request', detail: 'What is asked for', state: 'current' },
            { id: 'revoke', name: 'Revoke', detail: 'With credentials of yours', state: 'later' },
            { id: 'proof', name: 'Proof', state: 'later' },
          ]}
          onLeave={() => void navigate('/sessions')}
        />
      </FrameSide>
      <Page
        title="Open a request to revoke"
        lead="Somebody asks you to take back a role in an account of yours. See what they ask for before anything is touched."
        focusKey="revocation-request"
        footer={
          <WizardFooter
            actions={
              <Button
                variant="primary"
                trailingIcon="arrow-right"
                disabledReason={target === undefined ? 'The request is being read' : undefined}
                onPress={() => setOpen(true)}
              >
                Look at what it would do…
              </Button>
            }
          >
            Nothing is changed by looking.
          </WizardFooter>
        }
      >
        <Stack gap="md">
          {asked.error !== undefined && (
            <ErrorPanel
              error={asked.error}
              onRemedy={() => asked.again()}
              onCopyDetail={copyText}
              emphasis="secondary"
            />
          )}
          <Card
            title={`${askedBy} asks you to revoke ${roleName}`}
            subtitle={`on ${formatDate(askedAt)} at ${formatShortClock(askedAt)}`}
            padding="md"
          >
            <Facts
              facts={[
                { term: 'Account', value: <AccountId id={accountId} /> },
                { term: 'Role ARN', value: <Mono>{roleArn}</Mono> },
                { term: 'How', value: `${words.name}: ${lower(words.detail)}` },
                ...(stack === undefined ? [] : [{ term: 'Stack', value: `${stack.name} in ${stack.region}` }]),
                { term: 'Who notices', value: words.hits },
                { term: 'Why', value: why === '' ? 'They did not say' : why },
              ]}
            />
          </Card>
          <Note tone="info" title="A file says who it is from. It does not prove it.">
            {target?.isConnection === true
              ? 'The role is one of your connections here.'
              : 'You can choose another way, and who does it.'}
          </Note>
          <Row>{foot}</Row>
        </Stack>
      </Page>
      {isOpen && target !== undefined && (
        <RevokeDialog
          target={{
            id: target.targetId,
            name: roleName,
            roleName,
            accountId,
            partition: parseRoleArn(roleArn)?.partition ?? 'aws',
          }}
          isForeign={!target.isConnection}
          wish={{ way, ...(stack === undefined ? {} : { stack }) }}
          onClose={() => setOpen(false)}
          onStarted={(revocationId) => void navigate(`/revocations/${revocationId}`)}
        />
      )}
    </>
  );
}

function lower(words: string): string {
  return words.slice(0, 1).toLowerCase() + words.slice(1);
}
