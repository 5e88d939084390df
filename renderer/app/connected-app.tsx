import { useEffect } from 'react';
import type { AppError } from '../../core/app-error';
import type { Snapshot } from '../../core/contract/app';
import type { SourceView } from '../../core/contract/sources';
import { wizardSteps } from '../../core/domain/wizard-steps';
import { client } from '../ipc/client';
import { useAsk } from '../ipc/queries';
import type { MenuGroup } from '../ui/menu';
import { isModalOpen, onceNoModal } from '../ui/modal-open';
import { showToast } from '../ui/toast';
import { App } from './app';
import { setClockOffset } from './clock';
import type { FrameData } from './frame-data';
import { requestPath } from './places';
import { sentText, type SentFile } from './sent-file';
import type { createAppRouter } from './routes';
import { switchWorkspace } from './switch-workspace';

interface ConnectedAppProps {
  readonly router: ReturnType<typeof createAppRouter>;
  /** the workspace that was chosen when the page was loaded; the first snapshot comes after the first drawing */
  readonly begunIn: Snapshot['workspace'];
}

/** The app with what main knows: the frame's facts, and the time at AWS. */
export function ConnectedApp({ begunIn, router }: ConnectedAppProps) {
  const snapshot = useAsk('app', 'app', 'getSnapshot', {}).data;
  const workspace = snapshot === undefined ? begunIn : snapshot.workspace;
  // to ask opens a workspace: not before one was chosen
  const hasWorkspace = workspace !== undefined;
  const sources = useAsk('sources', 'sources', 'list', {}, { enabled: hasWorkspace }).data?.sources ?? [];
  const offset = snapshot?.clockOffset;
  useEffect(() => {
    if (offset !== undefined) setClockOffset(offset);
  }, [offset]);
  const hasArrived = snapshot?.hasArrivedFile === true;
  // a second file may come while the first is being taken: each snapshot is looked at anew
  const revision = snapshot?.revision;
  useEffect(() => {
    // who has not said yet where to start is asked that first
    if (!hasArrived || !hasWorkspace) return undefined;
    return onceNoModal(() => {
      void client.app.takeArrivedFile({}).then((answer) => {
        if (!answer.ok) return;
        const { problem, text } = answer.value;
        if (problem !== undefined) void router.navigate(requestPath, { state: problemOf(problem) });
        else if (text !== undefined) void router.navigate(requestPath, { state: sentText(text) });
      });
    });
  }, [hasArrived, hasWorkspace, revision, router]);
  useEffect(() => {
    if (!hasArrived || !hasWorkspace || !isModalOpen()) return undefined;
    return showToast({
      title: 'Something was sent to you',
      detail: 'It is shown once this dialog is closed.',
      icon: 'file',
    });
  }, [hasArrived, hasWorkspace]);
  const frame = toFrame(snapshot, workspace, sources, (path) => void router.navigate(path));
  return <App router={router} frame={frame} />;
}

function problemOf({ message, whatToDo }: AppError): SentFile {
  return { problem: { message, whatToDo } };
}

/** Finish is the step after those of the draft. */
const stepCount = wizardSteps.length + 1;

function toFrame(
  snapshot: Snapshot | undefined,
  workspace: Snapshot['workspace'],
  sources: readonly SourceView[],
  go: (path: string) => void,
): FrameData {
  const isPractice = workspace === 'practice';
  const [draft, ...others] = [...(snapshot?.drafts ?? [])].sort((a, b) => b.updatedAt - a.updatedAt);
  return {
    identity: identity(snapshot, isPractice),
    identityMenu: identityMenu(sources, isPractice, go),
    sandbox: isPractice
      ? { trouble: troubleSummary(snapshot?.trouble ?? []), onLeave: () => void switchWorkspace('aws', go) }
      : undefined,
    counts: snapshot?.counts ?? {},
    draft:
      draft === undefined
        ? undefined
        : {
            id: draft.id,
            others: others.length,
            name: draft.title,
            step: wizardSteps.indexOf(draft.step) + 1,
            steps: stepCount,
          },
  };
}

/** The first, and how many more. */
function troubleSummary([first, ...more]: readonly string[]): string | undefined {
  return first === undefined || more.length === 0 ? first : `${first} and ${String(more.length)} more`;
}

function identity(snapshot: Snapshot | undefined, isPractice: boolean): FrameData['identity'] {
  const source = snapshot?.source;
  if (snapshot?.workspace === undefined) return undefined;
  if (source === undefined) {
    return { name: 'No source identity', kind: 'none', isPractice, trouble: 'choose one' };
  }
  return {
    name: source.identity?.name.replace(/^(user|role)\//, '') ?? source.label,
    accountId: source.identity?.accountId,
    kind: source.label,
    isPractice,
    trouble: source.error === undefined ? undefined : 'not usable now',
  };
}

function identityMenu(sources: readonly SourceView[], isPractice: boolean, go: (path: string) => void): MenuGroup[] {
  return [
    {
      id: 'sources',
      heading: 'Call AWS as',
      entries: sources.map(({ source, selected, identity: known }) => ({
        id: source.id,
        label: source.label,
        detail: known === undefined ? undefined : known.accountId,
        icon: selected ? ('check' as const) : ('user' as const),
        onAction: () => void client.sources.select({ sourceId: source.id }),
      })),
    },
    {
      id: 'more',
      entries: [
        { id: 'settings', label: 'Source identities…', icon: 'sliders', onAction: () => go('/settings') },
        isPractice
          ? { id: 'aws', label: 'Leave the sandbox', icon: 'link', onAction: () => void switchWorkspace('aws', go) }
          : {
              id: 'practice',
              label: 'Practice in the sandbox',
              icon: 'sandbox',
              onAction: () => void switchWorkspace('practice', go),
            },
      ],
    },
  ];
}
