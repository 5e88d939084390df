import { useEffect, useRef } from 'react';
import { Route, Routes, useNavigate, useParams, useSearchParams } from 'react-router';
import { useAct } from '../../ipc/queries';
import { ErrorPanel } from '../../ui/error-panel';
import { Page } from '../../ui/page';
import { DraftsPage } from './drafts-page';
import { FinishPage } from './finish-page';
import { RequestPage } from './request-page';
import { stepPath } from './step-address';
import { WizardPage } from './wizard-page';

/** `/connect` begins a wizard, `/connect?sub-account=ID` one for that account of the organization, `/connect?recipe=ID&account=ID` one for what is asked for and where, `/connect/drafts` lists those that are unfinished, `/connect/request` opens somebody’s request, `/connect/:draftId` goes on with one, `/connect/:draftId/:step` at that step, `/connect/done/:connectionId` is its end. */
export function WizardRoutes() {
  return (
    <Routes>
      <Route index element={<BeginDraft />} />
      <Route path="done/:connectionId" element={<FinishPage />} />
      <Route path="drafts" element={<DraftsPage />} />
      <Route path="request" element={<RequestPage />} />
      <Route path=":draftId/:step?" element={<KeyedWizardPage />} />
    </Routes>
  );
}

/** Another draft is another page: nothing typed in one may show in the other. */
function KeyedWizardPage() {
  const { draftId = '' } = useParams();
  return <WizardPage key={draftId} draftId={draftId} />;
}

function BeginDraft() {
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const start = useAct('onboarding', 'startDraft');
  const choose = useAct('onboarding', 'act');
  const begun = useRef(false);
  const begin = async () => {
    const subAccountId = address.get('sub-account');
    const accountId = address.get('account');
    const recipeId = address.get('recipe');
    const view = await start.run({
      ...(subAccountId !== null && { subAccountId }),
      ...(accountId !== null && { account: { accountId } }),
    });
    if (view === undefined) return;
    // without it the wizard begins where it always does
    const chosen =
      recipeId === null
        ? undefined
        : await choose.run({ draftId: view.draft.id, act: { kind: 'choose-recipe', recipeId } });
    const { draft } = chosen ?? view;
    void navigate(stepPath(draft.id, draft.state.step), { replace: true });
  };
  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    void begin();
  });
  return (
    <Page title="What should they be able to do?">
      {start.error !== undefined && <ErrorPanel error={start.error} onRemedy={() => void begin()} />}
    </Page>
  );
}
