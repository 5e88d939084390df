import { useNavigate } from 'react-router';
import type { IdentityAct } from '../../../core/domain/identity-acts';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Chip } from '../../ui/chip';
import { ErrorPanel } from '../../ui/error-panel';
import { Page } from '../../ui/page';
import { AccountId } from '../../ui/text';
import { actLook, actName, actTitle, rolePath, userPath } from './identity-words';
import { RemovalAct } from './removal-act';
import { RotationAct } from './rotation-act';

/** How something that is done to an identity goes. It can be left: it goes on in main. */
export function ActPage({ actId }: { readonly actId: string }) {
  const asked = useAsk('identities', 'identities', 'get', { actId });
  const navigate = useNavigate();
  const act = asked.data?.act;
  if (act === undefined) {
    return (
      <Page title="Identities">
        {asked.error !== undefined && (
          <ErrorPanel error={asked.error} onRemedy={() => void navigate('/identities')} onCopyDetail={copyText} />
        )}
      </Page>
    );
  }
  const { icon, tone, word } = actLook(act);
  return (
    <Page
      title={actTitle(act)}
      mark={
        <Chip tone={tone} icon={icon}>
          {word}
        </Chip>
      }
      lead={
        <>
          In account <AccountId id={act.accountId} />
        </>
      }
      crumbs={[
        { label: 'Identities', onGo: () => void navigate(`/identities?source=${encodeURIComponent(act.sourceId)}`) },
        { label: actName(act), onGo: () => void navigate(pathOf(act)) },
        { label: act.kind === 'rotation' ? 'Rotation' : act.mode === 'delete' ? 'Deleting' : 'Deactivating' },
      ]}
      focusKey={actId}
    >
      {act.kind === 'rotation' ? <RotationAct one={act} /> : <RemovalAct one={act} />}
    </Page>
  );
}

function pathOf(act: IdentityAct): string {
  const isRole = act.kind === 'removal' && act.subject === 'role';
  return isRole ? rolePath(act.name, act.sourceId) : userPath(actName(act), act.sourceId);
}
