import { useNavigate } from 'react-router';
import { isLeaving } from '../../../core/domain/departure';
import { Button } from '../../ui/button';
import { Note } from '../../ui/note';
import { Text } from '../../ui/text';
import { useDepartureOf } from './use-departure';

/** Beside an account's ID: that it is closed, or being closed. Nothing where it is not. */
export function DepartureMark({ accountId }: { readonly accountId: string }) {
  const departure = useDepartureOf(accountId);
  if (departure === undefined || !(departure.state === 'closed' || isLeaving(departure))) return null;
  return (
    <Text tone="muted" size="sm">
      {departure.state === 'closed' ? 'account closed' : 'account closing'}
    </Text>
  );
}

/** On the page of something in the account: why nothing works there any more. */
export function DepartureNote({ accountId }: { readonly accountId: string }) {
  const departure = useDepartureOf(accountId);
  const navigate = useNavigate();
  if (departure === undefined) return null;
  return (
    <Note
      tone={departure.state === 'stopped' ? 'info' : 'warning'}
      title={titles[departure.state]}
      action={
        <Button variant="link" onPress={() => void navigate(`/organization/departures/${departure.id}`)}>
          See how it went
        </Button>
      }
    >
      {departure.state === 'closed'
        ? 'Roles in it let nobody in. The record stays, in case AWS Support opens the account again.'
        : 'Closing an account is not revoking: what was issued before may still be valid.'}
    </Note>
  );
}

const titles = {
  asking: 'The account is being closed.',
  closing: 'The account is being closed.',
  closed: 'The account is closed.',
  stopped: 'The account was to be closed, and that stopped.',
  unwatched: 'The account is being closed, and AWS takes long.',
} as const;
