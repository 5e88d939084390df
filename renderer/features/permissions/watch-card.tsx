import { Card } from '../../ui/card';
import { Folded } from '../../ui/folded';
import { formatQuantity } from '../../ui/format';
import { Icon } from '../../ui/icon';
import { Row } from '../../ui/layout';
import { Text } from '../../ui/text';
import { Findings } from './findings';
import styles from './permissions.module.css';
import { useRolePermissions } from './use-role-permissions';
import { sourceWords } from './words';

/** The most dangerous stand first; the rest is folded. */
const mostShown = 5;

/** What somebody should look at in the trust and the policies of a role. Shown once they are read. */
export function WatchCard({ connectionId, now }: { readonly connectionId: string; readonly now: number }) {
  const { data } = useRolePermissions(connectionId);
  if (data === undefined || data.from === 'nowhere') return null;
  const { findings } = data;
  const more = findings.slice(mostShown);
  return (
    <Card
      title="To watch"
      subtitle={
        findings.length === 0
          ? sourceWords(data, now)
          : `${formatQuantity(findings.length, 'finding')}, ${sourceWords(data, now)}`
      }
      padding={findings.length === 0 ? 'md' : 'none'}
    >
      {findings.length === 0 ? (
        <Row>
          <Icon name="check-circle" tone="success" />
          <Text>Nothing to watch in its trust and policies.</Text>
        </Row>
      ) : (
        <>
          <Findings label="To watch" findings={findings.slice(0, mostShown)} />
          {more.length > 0 && (
            <div className={styles['more']}>
              <Folded title={`${formatQuantity(more.length, 'finding')} more`}>
                <Findings label="More to watch" findings={more} />
              </Folded>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
