import type { Watched } from '../../../core/contract/permissions';
import { lintTrust } from '../../../core/domain/risk/lint-trust';
import { Card } from '../../ui/card';
import { Folded } from '../../ui/folded';
import { Icon } from '../../ui/icon';
import { Row } from '../../ui/layout';
import { Findings } from './findings';
import { watchWords } from './words';

interface TrustWatchProps {
  /** the trust policy that was agreed */
  readonly trust: string;
  /** seconds */
  readonly maxSessionDuration: number;
}

/** Before a test: what to look at in the trust policy, as a line that opens; open by itself where it is dangerous. */
export function TrustWatch({ maxSessionDuration, trust }: TrustWatchProps) {
  const findings = lintTrust({ text: trust, maxSessionDuration }).map(
    ({ id, line, message, narrow, pointer, severity }): Watched => ({
      id: `${id} ${pointer}`,
      severity,
      document: 'Trust policy',
      line,
      message,
      narrow,
    }),
  );
  if (findings.length === 0) return null;
  const isDanger = findings.some(({ severity }) => severity === 'danger');
  return (
    <Card padding="sm">
      <Folded
        startsOpen={isDanger}
        level={2}
        title={
          <Row>
            <Icon name={isDanger ? 'x-circle' : 'alert'} tone={isDanger ? 'danger' : 'warning'} />
            {watchWords(findings, 'the trust policy')}
          </Row>
        }
      >
        <Findings label="To watch in the trust policy" findings={findings} />
      </Folded>
    </Card>
  );
}
