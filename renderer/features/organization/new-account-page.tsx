import { useEffect, useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { subAccountWishSchema, type SubAccountWish } from '../../../core/domain/sub-account';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct, useAsk } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { BeforeAfter } from './before-after';
import { Consequences } from './consequences';
import { leaveAccountWish, leftAccountWish, plainAccountWish, type AccountWish } from './left-account-wish';
import { NewUnitDialog } from './new-unit-dialog';
import { plusAddress } from './plus-address';
import { PreflightCard } from './preflight-card';
import { usePreflight } from './use-preflight';
import { useSourceChoice } from './use-source-choice';
import { WishFields } from './wish-fields';

/** What is wished for, why, whether it can be had, and the one button that asks AWS. */
export function NewAccountPage() {
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const choice = useSourceChoice();
  const { sourceId } = choice;
  const asked = useAsk(
    'organization',
    'organization',
    'view',
    { sourceId: sourceId ?? '' },
    { enabled: sourceId !== undefined },
  );
  const view = asked.data?.kind === 'management' ? asked.data : undefined;
  const [form, setForm] = useState<AccountWish>(() => {
    const unitId = address.get('unit') ?? undefined;
    return unitId === undefined ? leftAccountWish() : { ...leftAccountWish(), unitId };
  });
  const [isNamingUnit, setNamingUnit] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [since, setSince] = useState<number>();
  const create = useAct('organization', 'createAccount');
  const managementEmail = view?.accounts.find(({ isManagement }) => isManagement)?.email;
  const proposed = managementEmail === undefined ? undefined : plusAddress(managementEmail, form.name);
  // the root is no unit, and one that is not there was left from another organization
  const isUnit = view?.units.some(({ id }) => id === form.unitId) ?? true;
  const unitId = isUnit ? form.unitId : undefined;
  const wish = useMemo(() => wishOf(form, proposed, unitId), [form, proposed, unitId]);
  const preflight = usePreflight(sourceId, wish);
  const remedy = useRemedy({ retry: asked.again });

  useEffect(() => leaveAccountWish(form), [form]);

  const run = async () => {
    if (sourceId === undefined || wish === undefined) return;
    setSince(currentTime());
    const answer = await create.run({ sourceId, wish });
    if (answer === undefined) return;
    setForm(plainAccountWish);
    leaveAccountWish(plainAccountWish);
    void navigate(`/organization/accounts/${answer.subAccountId}`);
  };
  const createRemedy = useRemedy({ retry: () => void run() });
  const close = () => {
    setAsking(false);
    create.reset();
  };
  return (
    <Page
      title="New sub-account"
      lead="An AWS account of its own, made through your organization."
      crumbs={[{ label: 'Organization', onGo: () => void navigate('/organization') }, { label: 'New sub-account' }]}
      focusKey="new-sub-account"
      footer={
        <WizardFooter
          back={<Button onPress={() => void navigate('/organization')}>Back</Button>}
          actions={
            <Button
              variant="primary"
              size="lg"
              icon="send"
              disabledReason={wish === undefined ? 'Name it and give it an e-mail address first' : preflight.notYet}
              onPress={() => setAsking(true)}
            >
              Ask AWS for this account…
            </Button>
          }
        >
          {wish === undefined || preflight.notYet === undefined
            ? 'Nothing is made before you confirm.'
            : `${preflight.notYet}. Nothing is made before you confirm.`}
        </WizardFooter>
      }
    >
      <Stack gap="md">
        {asked.error !== undefined && <ErrorPanel error={asked.error} onRemedy={remedy} onCopyDetail={copyText} />}
        {choice.asked.data !== undefined && choice.sources.length === 0 && (
          <Note
            tone="warning"
            title="No source identity yet."
            action={
              <Button variant="link" onPress={() => void navigate('/settings')}>
                Add one in the settings
              </Button>
            }
          >
            Accounts are made as somebody in the management account.
          </Note>
        )}
        {asked.data !== undefined && view === undefined && (
          <Note
            tone="warning"
            title="This source does not manage an organization."
            action={
              <Button variant="link" onPress={() => void navigate('/organization')}>
                Look at the organization
              </Button>
            }
          >
            Accounts are made from the management account.
          </Note>
        )}
        <Columns layout="side-right">
          <Stack gap="md">
            <WishFields
              form={form}
              onChange={setForm}
              proposedEmail={proposed}
              managementEmail={managementEmail}
              view={view}
              unitId={unitId}
              choice={choice}
              onNewUnit={() => setNamingUnit(true)}
            />
            <PreflightCard preflight={preflight} canCheck={wish !== undefined && sourceId !== undefined} />
          </Stack>
          <Stack>
            <Card title="Why an account of its own" padding="md">
              <BeforeAfter name={form.name} />
            </Card>
          </Stack>
        </Columns>
      </Stack>
      {isNamingUnit && view !== undefined && sourceId !== undefined && (
        <NewUnitDialog
          view={view}
          sourceId={sourceId}
          parentId={view.rootId}
          onMade={(made) => setForm((known) => ({ ...known, unitId: made }))}
          onClose={() => setNamingUnit(false)}
        />
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={`Ask AWS for “${wish?.name ?? ''}”?`}
        description={`Its root user gets ${wish?.email ?? ''}.`}
        confirmLabel="Ask AWS for this account"
        tone="primary"
        width="md"
        busy={create.busy ? { label: 'Asking AWS', since } : undefined}
        onConfirm={() => void run()}
        onCancel={close}
      >
        <Stack gap="lg">
          <Consequences title="What follows from it" items={consequences} />
          {create.error !== undefined && (
            <ErrorPanel error={create.error} onRemedy={createRemedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
        </Stack>
      </ConfirmDialog>
    </Page>
  );
}

const consequences = [
  'AWS is asked once. If the answer is lost it is looked for, and not asked again.',
  'The account costs nothing by itself. What is made in it does, on the management account’s bill.',
  'It cannot be undone within days: a closed account stays for 90 days, and its e-mail address cannot be used again.',
] as const;

/** What would be sent; undefined until it is complete. What AWS would not take of it the preflight says. */
function wishOf(
  { accessRoleName, email, name }: AccountWish,
  proposed: string | undefined,
  unitId: string | undefined,
): SubAccountWish | undefined {
  const parsed = subAccountWishSchema.safeParse({
    name,
    email: email ?? proposed ?? '',
    accessRoleName,
    ...(unitId !== undefined && { unitId }),
  });
  return parsed.success ? parsed.data : undefined;
}
