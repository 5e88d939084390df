import type { ReactNode } from 'react';
import type { ProofEntry, Revocation } from '../../../core/domain/revocation';
import { copyText } from '../../ipc/copy';
import { Card } from '../../ui/card';
import { CopyButton } from '../../ui/copy-button';
import { formatClock } from '../../ui/format';
import { Icon, type Tone } from '../../ui/icon';
import type { IconName } from '../../ui/icon-names';
import { Row } from '../../ui/layout';
import { Mono, Text } from '../../ui/text';
import styles from './proof-log.module.css';

interface ProofLogProps {
  readonly revocation: Revocation;
  readonly entries: readonly ProofEntry[];
  /** Where the proof stopped: puts the questions again. */
  readonly again?: ReactNode;
}

const looks: Readonly<Record<ProofEntry['answer'], { readonly icon: IconName; readonly tone: Tone }>> = {
  done: { icon: 'check', tone: 'info' },
  'let-in': { icon: 'door-open', tone: 'warning' },
  refused: { icon: 'door-shut', tone: 'success' },
  unclear: { icon: 'question', tone: 'muted' },
};

/** Every question that was put to AWS, with its answer to the second: what an auditor reads. */
export function ProofLog({ revocation, entries, again }: ProofLogProps) {
  return (
    <Card title="Proof log" actions={<ProofSummary revocation={revocation} />} padding="none">
      {entries.length === 0 ? (
        <p className={styles['none']}>
          {revocation.proofState === 'not-asked' ? 'No proof was asked for.' : 'Nothing has been asked yet.'}
        </p>
      ) : (
        <div className={styles['scroll']}>
          <table className={styles['table']}>
            <thead>
              <tr>
                <th scope="col">Time at AWS</th>
                <th scope="col">Call</th>
                <th scope="col">As</th>
                <th scope="col">Answer</th>
                <th scope="col" className={styles['end']}>
                  Request
                </th>
              </tr>
            </thead>
            <tbody>
              {entries.map((entry, index) => (
                <tr key={index}>
                  <td>
                    <Text numeric>{formatClock(entry.at)}</Text>
                  </td>
                  <td>
                    <Mono>{entry.call}</Mono>
                  </td>
                  <td>
                    <Text tone="muted">{entry.asLabel}</Text>
                  </td>
                  <td>
                    <Row gap="xs">
                      <Icon name={looks[entry.answer].icon} tone={looks[entry.answer].tone} />
                      <Text tone={looks[entry.answer].tone}>{entry.code}</Text>
                    </Row>
                  </td>
                  <td className={styles['end']}>
                    {entry.requestId === '' ? (
                      <Text tone="muted">none</Text>
                    ) : (
                      <Row gap="xs" justify="end">
                        <Mono>
                          {entry.requestId.slice(0, 4)}…{entry.requestId.slice(-4)}
                        </Mono>
                        <CopyButton
                          what={`request ID of ${formatClock(entry.at)}`}
                          variant="ghost"
                          onCopy={() => copyText(entry.requestId)}
                        />
                      </Row>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {(revocation.proofNote !== undefined || again !== undefined) && (
        <div className={styles['note']}>
          {revocation.proofNote} {again}
        </div>
      )}
    </Card>
  );
}

function ProofSummary({ revocation }: { readonly revocation: Revocation }) {
  const refusals = revocation.proof.filter(({ answer }) => answer === 'refused').length;
  switch (revocation.proofState) {
    case 'complete':
      return (
        <Row gap="xs">
          <Icon name="check-circle" tone="success" />
          <Text tone="success">Complete: {refusals} refusals seen</Text>
        </Row>
      );
    case 'running':
      return <Text tone="info">Asking AWS every 5 s, {refusals} refusals so far</Text>;
    case 'stopped':
      return <Text tone="warning">Incomplete</Text>;
    case 'impossible':
      return <Text tone="warning">Nobody could be asked</Text>;
    case 'not-asked':
      return null;
  }
}
