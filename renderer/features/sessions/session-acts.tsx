import type { Session } from '../../../core/domain/session';
import type { CopyOutcome } from '../../ui/copy-button';
import { Button, IconButton } from '../../ui/button';
import { CopyButton } from '../../ui/copy-button';
import { Row } from '../../ui/layout';
import { Menu } from '../../ui/menu';

/** What people do with a session. */
export type SessionActions = {
  readonly openConsole: (session: Session) => void;
  readonly copyEnvironment: (session: Session) => Promise<CopyOutcome>;
  readonly handOff: (session: Session) => void;
  readonly renew: (session: Session) => void;
  readonly setRenewal: (session: Session, renewal: Session['renewal']) => void;
  readonly keep: (session: Session) => void;
  readonly startAnother: (session: Session) => void;
  readonly openConnection: (session: Session) => void;
  readonly end: (session: Session) => void;
};

interface SessionActsProps {
  readonly session: Session;
  readonly isRenewing: boolean;
  /** Icons in place of the words of the two buttons. */
  readonly isCompact: boolean;
  readonly actions: SessionActions;
}

const unusable: Partial<Readonly<Record<Session['credentials'], string>>> = {
  'out-of-reach': 'The keychain does not hand out these credentials',
  gone: 'These credentials are no longer on this computer',
};

/** The two acts of every day as buttons, the others in a menu. */
export function SessionActs({ actions, isCompact, isRenewing, session }: SessionActsProps) {
  const { connectionName: name, credentials, renewal, request } = session;
  const reason = unusable[credentials];
  const asksForCode = request.mfaSerial !== undefined;
  const isAutomatic = renewal === 'automatic';
  return (
    <Row gap="sm" justify="end">
      {isCompact ? (
        <IconButton
          size="sm"
          variant="secondary"
          icon="external"
          label="Open console"
          disabledReason={reason}
          onPress={() => actions.openConsole(session)}
        />
      ) : (
        <Button size="sm" icon="external" disabledReason={reason} onPress={() => actions.openConsole(session)}>
          Open console
        </Button>
      )}
      <CopyButton
        what={`environment of ${name}`}
        label={isCompact ? undefined : 'Copy environment'}
        onCopy={() => actions.copyEnvironment(session)}
        disabledReason={reason}
      />
      <Menu
        label={`More for ${name}`}
        trigger={<IconButton icon="more" size="sm" variant="ghost" label={`More for ${name}`} />}
        placement="bottom end"
        groups={[
          {
            id: 'use',
            entries: [
              {
                id: 'hand-off',
                label: 'Hand off…',
                icon: 'send',
                isDisabled: reason !== undefined,
                onAction: () => actions.handOff(session),
              },
            ],
          },
          {
            id: 'renewal',
            entries: [
              {
                id: 'renew',
                label: asksForCode ? 'Renew now…' : 'Renew now',
                icon: 'refresh',
                isDisabled: isRenewing,
                onAction: () => actions.renew(session),
              },
              {
                id: 'automatic',
                label: isAutomatic ? 'Stop renewing it' : 'Renew it automatically',
                icon: 'timer',
                isDisabled: asksForCode,
                ...(asksForCode ? { detail: 'Not with an MFA code' } : {}),
                onAction: () => actions.setRenewal(session, isAutomatic ? 'off' : 'automatic'),
              },
            ],
          },
          {
            id: 'session',
            entries: [
              { id: 'keep', label: 'Keep as a favourite…', icon: 'bolt', onAction: () => actions.keep(session) },
              { id: 'again', label: 'Start another…', icon: 'play', onAction: () => actions.startAnother(session) },
              {
                id: 'page',
                label: 'Open connection',
                icon: 'link',
                onAction: () => actions.openConnection(session),
              },
              { id: 'end', label: 'End…', icon: 'stop', tone: 'danger', onAction: () => actions.end(session) },
            ],
          },
        ]}
      />
    </Row>
  );
}
