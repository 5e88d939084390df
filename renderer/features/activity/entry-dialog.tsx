import { useNavigate } from 'react-router';
import type { ActivityEntry } from '../../../core/domain/activity';
import { Button } from '../../ui/button';
import { Facts } from '../../ui/card';
import { Dialog } from '../../ui/dialog';
import { formatClock, formatDate } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { AccountId, Mono } from '../../ui/text';
import { entryWords, factName, linksOf } from './entry-words';

interface EntryDialogProps {
  readonly entry: ActivityEntry;
  readonly onOnly: (filter: { readonly connection: string } | { readonly account: string }) => void;
  readonly onClose: () => void;
}

/** A line of the log whole, and the ways from it. */
export function EntryDialog({ entry, onClose, onOnly }: EntryDialogProps) {
  const navigate = useNavigate();
  const { accountId, connection, facts, subject, time } = entry;
  const shown = [
    ...(time === undefined ? [] : [{ term: 'Time', value: `${formatDate(time)} ${formatClock(time)}` }]),
    ...(connection === undefined ? [] : [{ term: 'Connection', value: connection.name }]),
    ...(accountId === undefined ? [] : [{ term: 'Account', value: <AccountId id={accountId} /> }]),
    ...(subject === '' ? [] : [{ term: 'Done to', value: <Mono>{subject}</Mono> }]),
    ...facts
      .filter(({ name }) => name !== 'accountId' && (name !== 'connectionId' || connection === undefined))
      .map(({ name, value }) => ({ term: factName(name), value: <Mono>{value}</Mono> })),
    ...(entry.act === '' ? [] : [{ term: 'In the log', value: <Mono>{entry.act}</Mono> }]),
  ];
  return (
    <Dialog
      isOpen
      onClose={onClose}
      escape="safe"
      title={entryWords(entry)}
      footer={
        <Button variant="primary" onPress={onClose}>
          Close
        </Button>
      }
    >
      <Stack gap="md">
        {entry.isTorn === true && (
          <p>
            Sallyport or the computer stopped while this line was written. What it said is lost; the lines around it are
            whole.
          </p>
        )}
        <Facts facts={shown} />
        <Row wrap>
          {linksOf(entry).map(({ label, path }) => (
            <Button key={path} size="sm" icon="arrow-right" onPress={() => void navigate(path)}>
              {label}
            </Button>
          ))}
          {connection !== undefined && (
            <Button size="sm" icon="filter" onPress={() => onOnly({ connection: connection.id })}>
              Only this connection
            </Button>
          )}
          {accountId !== undefined && (
            <Button size="sm" icon="filter" onPress={() => onOnly({ account: accountId })}>
              Only this account
            </Button>
          )}
        </Row>
      </Stack>
    </Dialog>
  );
}
