import { useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../core/app-error';
import type { ConnectionSummary } from '../../../core/domain/connection';
import type { Session } from '../../../core/domain/session';
import { currentTime } from '../../app/clock';
import { useRemedy } from '../../app/use-remedy';
import { client } from '../../ipc/client';
import { copyText } from '../../ipc/copy';
import { useAsk } from '../../ipc/queries';
import { Checkbox } from '../../ui/checkbox';
import { ErrorPanel } from '../../ui/error-panel';
import { Folded } from '../../ui/folded';
import { FormDialog } from '../../ui/form-dialog';
import { formatDuration } from '../../ui/format';
import { Columns, Stack } from '../../ui/layout';
import { Note } from '../../ui/note';
import { Select } from '../../ui/select';
import { groupAccountId } from '../../ui/text';
import { TextField } from '../../ui/text-field';
import { showToast } from '../../ui/toast';
import { CodeField } from './code-field';
import { leaveWish, leftWish } from './left-wish';
import { isWrongCode } from './mfa-words';
import { MoreWays } from './more-ways';
import { SessionRoad } from './session-road';
import {
  deviceOf,
  hasMoreWays,
  inputOf,
  plainWish,
  problemsOf,
  type Plan,
  type Problems,
  type Wish,
} from './session-wish';

export interface StartSessionProps {
  /** The connection it is for; without one it is chosen in the dialog. */
  readonly connectionId: string | undefined;
  readonly onClose: () => void;
  readonly onStarted: (session: Session) => void;
}

const durations = [900, 1800, 3600, 7200, 14_400, 28_800, 43_200];

/** Which connection, for how long, and by “More ways” all that STS takes besides; it says which limits are whose. */
export function StartSessionForm({ connectionId, onClose, onStarted }: StartSessionProps) {
  const connections = useAsk('connections', 'connections', 'list', {}).data?.connections ?? [];
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const usable = connections.filter(({ status }) => status !== 'revoked' && status !== 'closing');
  const [wish, setWish] = useState<Wish>(() => leftWish(connectionId) ?? { ...plainWish, connectionId });
  const [since, setSince] = useState<number>();
  const [error, setError] = useState<AppError>();
  const [tries, setTries] = useState(0);
  const [isCodeUsed, setCodeUsed] = useState(false);
  const body = useRef<HTMLDivElement>(null);
  const chosen =
    usable.find(({ id }) => id === wish.connectionId) ?? (wish.connectionId === undefined ? usable[0] : undefined);
  const { plan, planError, planAgain } = usePlan(chosen?.id, wish.hops);
  const device = deviceOf(wish, plan);
  const longest = plan?.longest ?? chosen?.maxSessionDuration ?? 43_200;
  const problems = problemsOf(wish, plan);
  const shownProblems = tries === 0 ? whileTyping(wish, problems) : problems;
  const change = (next: Partial<Wish>) => setWish((before) => ({ ...before, ...next }));
  const remedy = useRemedy({ retry: () => void run(), setDuration: (durationSeconds) => change({ durationSeconds }) });

  // the first field that is not right, also of what was folded away
  useEffect(() => {
    if (tries > 0) body.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [tries]);

  async function run(): Promise<void> {
    if (chosen === undefined) return;
    setError(undefined);
    if (Object.keys(problems).length > 0) {
      setTries(tries + 1);
      return;
    }
    setSince(currentTime());
    // SECURITY(S-13): asked directly and not through a query client, which would remember the code that it was called with
    const answer = await client.sessions.start(inputOf(wish, chosen.id, plan));
    setSince(undefined);
    if (!answer.ok) {
      // AWS saw the code, whatever else it said
      if (device.isAsked && answer.error.requestId !== undefined) {
        change({ tokenCode: '' });
        setCodeUsed(true);
        if (isWrongCode(answer.error)) setTries(tries + 1);
      }
      setError(answer.error);
      return;
    }
    leaveWish(undefined);
    if (wish.isFavourite) await keep(answer.value.session.id);
    onStarted(answer.value.session);
  }

  async function keep(sessionId: string): Promise<void> {
    const { favouriteName: name, isAtLaunch } = wish;
    const kept = await client.sessions.keepFavourite({ sessionId, name, atLaunch: isAtLaunch && !device.isAsked });
    if (kept.ok) return;
    showToast({ title: 'The favourite was not kept', detail: kept.error.message, icon: 'alert', tone: 'warning' });
  }

  const close = () => {
    leaveWish(hasMoreWays(wish) ? { ...wish, connectionId: chosen?.id } : undefined);
    onClose();
  };

  return (
    <FormDialog
      title="Start a session"
      description="Temporary credentials of one role. They end by themselves."
      width="md"
      submitLabel="Start session"
      submitIcon="play"
      busy={since === undefined ? undefined : { label: 'Starting', since }}
      disabledReason={chosen === undefined ? 'Choose a connection first' : undefined}
      onSubmit={() => void run()}
      onClose={close}
    >
      <div ref={body}>
        <Stack gap="lg">
          <Columns layout="even">
            <Select
              label="Connection"
              options={usable.map(toOption)}
              value={chosen?.id ?? null}
              onChange={(id) => change({ connectionId: id, hops: wish.hops.filter((hop) => hop !== id) })}
              placeholder="Choose a connection"
            />
            <Select
              label="Duration"
              help={limitWords(plan, wish)}
              options={durationsUpTo(longest).map((seconds) => ({
                value: String(seconds),
                label: formatDuration(seconds * 1000),
              }))}
              value={String(Math.min(wish.durationSeconds, longest))}
              onChange={(value) => change({ durationSeconds: Number(value) })}
            />
          </Columns>
          {plan !== undefined && <SessionRoad road={plan.road} />}
          {planError !== undefined && <ErrorPanel error={planError} onRemedy={planAgain} emphasis="secondary" isBare />}
          {device.isAsked && (
            <Columns layout="even">
              <CodeField
                value={wish.tokenCode}
                onChange={(tokenCode) => change({ tokenCode })}
                error={
                  wish.tokenCode === '' && error !== undefined && isWrongCode(error)
                    ? 'AWS did not take that code.'
                    : shownProblems.tokenCode
                }
                isUsed={isCodeUsed && wish.tokenCode === ''}
              />
              <TextField
                label="MFA device"
                help={
                  plan?.mfaSerial === undefined ? 'Its ARN, or the number on it.' : 'As the source identity has it.'
                }
                value={device.serial}
                onChange={(mfaSerial) => change({ mfaSerial })}
                error={shownProblems.mfaSerial}
                placeholder="arn:aws:iam::111122223333:mfa/name"
                maxLength={256}
                mono
              />
            </Columns>
          )}
          <Checkbox
            isSelected={wish.isRenewed && !device.isAsked}
            onChange={(isRenewed) => change({ isRenewed })}
            isDisabled={device.isAsked}
            detail={
              device.isAsked
                ? 'Not with an MFA code: somebody has to type a new one.'
                : 'Before it ends, until you end it or AWS refuses.'
            }
          >
            Renew it automatically
          </Checkbox>
          {error !== undefined && (
            <div ref={bringIntoView}>
              <ErrorPanel error={error} onRemedy={remedy} onCopyDetail={copyText} emphasis="secondary" isBare />
            </div>
          )}
          {/* opened again where something in it is not right */}
          <Folded key={tries} title="More ways" startsOpen={hasMoreWays(wish)}>
            <MoreWays
              wish={wish}
              plan={plan}
              usable={usable.filter(({ id }) => id !== chosen?.id)}
              problems={shownProblems}
              onChange={change}
            />
          </Folded>
          {snapshot?.keychain.state === 'memory' && (
            <Note tone="warning" title="This session will live in memory only.">
              It is lost when Sallyport quits.
            </Note>
          )}
        </Stack>
      </div>
    </FormDialog>
  );
}

/** The road as it is now; while it is worked out anew, the one before stays. */
function usePlan(connectionId: string | undefined, hops: readonly string[]) {
  const asked = useAsk(
    'sources',
    'sessions',
    'plan',
    { connectionId: connectionId ?? '', hops: [...hops] },
    { enabled: connectionId !== undefined },
  );
  const [last, setLast] = useState<Plan>();
  if (asked.data !== undefined && asked.data !== last) setLast(asked.data);
  return { plan: asked.data ?? last, planError: asked.error, planAgain: asked.again };
}

/** What is folded out below may be long: what AWS answered is looked at first. */
function bringIntoView(panel: HTMLElement | null): void {
  panel?.scrollIntoView({ block: 'nearest' });
}

/** What helps before anything was pressed: a policy is long, and its mistakes are hard to see. */
function whileTyping(wish: Wish, { document }: Problems): Problems {
  return wish.document === '' || document === undefined ? {} : { document };
}

function durationsUpTo(longest: number): readonly number[] {
  const within = durations.filter((seconds) => seconds <= longest);
  return within.includes(longest) ? within : [...within, longest];
}

function toOption({ id, name, accountId, roleName }: ConnectionSummary) {
  return { value: id, label: name, detail: `${groupAccountId(accountId).join(' ')} · ${roleName}` };
}

function limitWords(plan: Plan | undefined, wish: Wish): string {
  if (plan === undefined) return '';
  const most = `${formatDuration(plan.longest * 1000)} at most`;
  if (plan.because === 'role') return `The role allows ${most}.`;
  return wish.hops.length > 0
    ? `${most}: the role is reached through another one, and AWS sets this limit for chains.`
    : `${most}: the source identity is itself a role session, and AWS sets this limit for chains.`;
}
