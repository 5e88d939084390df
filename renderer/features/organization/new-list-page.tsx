import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { madeAtOnce, mostLines } from '../../../core/domain/account-list';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { ErrorPanel } from '../../ui/error-panel';
import { formatQuantity } from '../../ui/format';
import { Row, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Page, WizardFooter } from '../../ui/page';
import { TextArea } from '../../ui/text-field';
import { LineStateMark, verdictStates } from './account-list-words';
import { Consequences } from './consequences';
import { leaveAccountList, leftAccountList } from './left-account-list';
import { LinesTable } from './lines-table';
import { SourceSelect } from './source-select';
import { useSourceChoice } from './use-source-choice';

/** Characters; main takes no more. */
const longest = 300_000;

/** Many accounts at once: the list, what each line comes to, and the one button that begins. */
export function NewListPage() {
  const navigate = useNavigate();
  const choice = useSourceChoice();
  const { sourceId = '' } = choice;
  const [text, setText] = useState(leftAccountList);
  const [planned, setPlanned] = useState<{ readonly text: string; readonly sourceId: string }>();
  const [isAsking, setAsking] = useState(false);
  const [since, setSince] = useState<number>();
  const [unread, setUnread] = useState<string>();
  const plan = useAct('accountLists', 'plan');
  const start = useAct('accountLists', 'start');
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof plan.run>>>();
  useEffect(() => leaveAccountList(text), [text]);
  // the plan of another text or source is not shown as this one's
  const shown = planned?.text === text && planned.sourceId === sourceId ? answer : undefined;
  const wanted = shown?.kind === 'plan' ? shown.lines.filter(({ verdict }) => verdict === 'make').length : 0;
  const wrong = shown?.kind === 'plan' ? shown.lines.filter(({ verdict }) => verdict === 'wrong') : [];
  const makePlan = async () => {
    setSince(currentTime());
    const made = await plan.run({ sourceId, text });
    setAnswer(made);
    setPlanned({ text, sourceId });
  };
  const begin = async () => {
    if (shown?.kind !== 'plan') return;
    setSince(currentTime());
    const begun = await start.run({ planId: shown.planId });
    if (begun === undefined) return;
    leaveAccountList('');
    setText('');
    void navigate(`/organization/lists/${begun.listId}`);
  };
  const remedy = useRemedy({ retry: () => void makePlan() });
  const startRemedy = useRemedy({ retry: () => void begin() });
  const back = () => void navigate(`/organization?source=${encodeURIComponent(sourceId)}`);
  return (
    <Page
      title="Many sub-accounts"
      lead="From a list: a plan first, then AWS makes five at a time."
      crumbs={[{ label: 'Organization', onGo: back }, { label: 'Many sub-accounts' }]}
      focusKey="new-list"
      footer={
        <WizardFooter
          back={<Button onPress={back}>Back</Button>}
          actions={
            <Button
              variant="primary"
              size="lg"
              icon="send"
              disabledReason={
                shown?.kind !== 'plan' ? 'Make the plan first' : wanted === 0 ? 'No line makes an account' : undefined
              }
              onPress={() => setAsking(true)}
            >
              {wanted === 0 ? 'Make the accounts…' : `Make ${formatQuantity(wanted, 'account')}…`}
            </Button>
          }
        >
          Nothing is asked for before you confirm.
        </WizardFooter>
      }
    >
      <Stack gap="md">
        <Card title="The list" padding="md">
          <Stack gap="lg">
            <SourceSelect choice={choice} help="Accounts are made from the management account." />
            <TextArea
              label="Name, e-mail, unit, access role"
              value={text}
              onChange={(next) => setText(next.slice(0, longest))}
              rows={6}
              mono
              placeholder={'Team one,ops+one@example.com,Workloads/Test\nTeam two,ops+two@example.com'}
              help={`Comma-separated, at most ${String(mostLines)} lines; unit and role may be left out. A unit that is missing is made.`}
              error={shown?.kind === 'fault' ? `Line ${String(shown.line)}: ${shown.message}` : undefined}
            />
            {unread !== undefined && (
              <Note tone="warning" title={`“${unread}” could not be read.`}>
                The list above stays as it is. Choose the file again, or paste its lines.
              </Note>
            )}
            <Row>
              <FileTrigger
                acceptedFileTypes={['.csv', 'text/csv', 'text/plain']}
                onSelect={(files) => {
                  const [file] = files ?? [];
                  if (file !== undefined)
                    void file
                      .slice(0, longest * 4)
                      .text()
                      .then(
                        (read) => {
                          setUnread(undefined);
                          setText(read.slice(0, longest));
                        },
                        () => setUnread(file.name),
                      );
                }}
              >
                <Button icon="file">Open a CSV…</Button>
              </FileTrigger>
              <Button
                variant={shown?.kind === 'plan' ? 'secondary' : 'primary'}
                icon="list"
                busy={plan.busy ? { label: 'Reading the organization', since } : undefined}
                disabledReason={
                  text.trim() === '' ? 'There is no list yet' : sourceId === '' ? 'Choose a source identity' : undefined
                }
                onPress={() => void makePlan()}
              >
                Make the plan
              </Button>
            </Row>
          </Stack>
        </Card>
        {plan.error !== undefined && planned?.text === text && (
          <ErrorPanel error={plan.error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" />
        )}
        {shown?.kind === 'plan' && (
          <>
            {shown.newUnits.length > 0 && (
              <Note tone="info" title={`${formatQuantity(shown.newUnits.length, 'unit')} will be made:`}>
                {shown.newUnits.slice(0, 12).join(', ')}
                {shown.newUnits.length > 12 && ', and more'}
              </Note>
            )}
            {wrong.length > 0 && (
              <Note
                tone="warning"
                title={`${formatQuantity(wrong.length, 'line is', 'lines are')} wrong and left out.`}
              >
                {wrong
                  .slice(0, 5)
                  .map(({ line, why = '' }) => `Line ${String(line)}: ${why}`)
                  .join(' ')}
                {wrong.length > 5 && ' The others say why below.'}
              </Note>
            )}
            <Card title="The plan" subtitle={planWords(shown.lines.length, wanted)}>
              <LinesTable
                label="The plan"
                lines={shown.lines}
                state={({ verdict }) => (
                  <LineStateMark
                    state={verdictStates[verdict]}
                    word={verdict === 'make' ? 'Will be made' : undefined}
                  />
                )}
                why={({ why }) => why ?? ''}
              />
            </Card>
          </>
        )}
      </Stack>
      <ConfirmDialog
        isOpen={isAsking}
        title={`Make ${formatQuantity(wanted, 'account')}?`}
        description="AWS asks nothing for an account by itself."
        confirmLabel={`Make ${formatQuantity(wanted, 'account')}`}
        tone="primary"
        busy={start.busy ? { label: 'Beginning', since } : undefined}
        onConfirm={() => void begin()}
        onCancel={() => {
          setAsking(false);
          start.reset();
        }}
      >
        <Stack gap="lg">
          <Consequences
            title="What follows from it"
            items={[
              `${String(madeAtOnce)} at a time, some minutes each. You can stop it, quit, and go on later.`,
              'An account cannot be taken back: closing it takes AWS 90 days, and its e-mail address is used up.',
              'What would stop all of them, as a quota, stops the list. A line that fails alone does not.',
            ]}
          />
          {start.error !== undefined && (
            <ErrorPanel error={start.error} onRemedy={startRemedy} onCopyDetail={copyText} emphasis="secondary" />
          )}
        </Stack>
      </ConfirmDialog>
    </Page>
  );
}

function planWords(all: number, wanted: number): string {
  return all === wanted
    ? formatQuantity(all, 'line')
    : `${String(wanted)} of ${formatQuantity(all, 'line')} will be made`;
}
