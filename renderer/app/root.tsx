import { lazy, Suspense, useEffect, useState } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { client, listen } from '../ipc/client';
import { CommandList, type Command } from './command-list';
import { ErrorBoundary } from './error-boundary';
import { Frame } from './frame';
import { useFrameData } from './frame-data';
import { connectPath, placeOf, places, requestPath, welcomePath } from './places';
import { platformOf, writeShortcut } from './platform';
import { RunningWork } from './running-work';
import { DropAnywhere } from './drop-anywhere';
import { PracticePanelContext, type PracticeTab } from './practice-panel';

/** Loaded when somebody opens it. */
const PracticePanel = lazy(async () => ({ default: (await import('../features/practice')).PracticePanel }));

const platform = platformOf(navigator.userAgent);

/** The frame around whatever page is open, with the ways between them. */
export function Root() {
  const data = useFrameData();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const [isSearching, setSearching] = useState(false);
  const [practiceTab, setPracticeTab] = useState<PracticeTab>();
  const go = (path: string): void => {
    void navigate(path);
  };
  // brought up from the icon or a notification
  useEffect(
    () =>
      listen('show', ({ what }) => {
        if (what === 'search') setSearching(true);
        else void navigate('/sessions');
      }),
    [navigate],
  );
  // what failed for want of a network need not wait for its next turn
  useEffect(() => {
    const online = () => void client.sessions.tryRenewals({});
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
    };
  }, []);
  const current = placeOf(pathname);
  const isWelcome = pathname.startsWith(welcomePath);
  const sheetLabel = places.find((place) => place.id === current)?.label ?? (isWelcome ? 'Welcome' : 'Connect account');

  const press = (key: string): boolean => {
    const numbered = places.filter((place) => place.id !== 'settings')[Number(key) - 1];
    const path = key === 'n' ? connectPath : key === ',' ? '/settings' : numbered?.path;
    if (path === undefined) return false;
    go(path);
    return true;
  };

  const commands: readonly Command[] = [
    ...places.map((place) => ({ id: place.id, label: place.label, icon: place.icon, onRun: () => go(place.path) })),
    {
      id: 'connect',
      label: 'Connect account',
      icon: 'plus',
      keys: writeShortcut(platform, 'N'),
      onRun: () => go(connectPath),
    },
    { id: 'import', label: 'Import connections…', icon: 'download', onRun: () => go('/connections?import=yes') },
    { id: 'revoke-many', label: 'Revoke everything…', icon: 'door-shut', onRun: () => go('/revocations?many=1') },
    {
      id: 'new-sub-account',
      label: 'New sub-account…',
      icon: 'account',
      onRun: () => go('/organization/new'),
    },
    { id: 'open-file', label: 'Open a request or a reply', icon: 'file', onRun: () => go(requestPath) },
  ];

  return (
    <PracticePanelContext value={setPracticeTab}>
      <Frame
        platform={platform}
        identity={data.identity}
        identityMenu={data.identityMenu}
        sandbox={
          data.sandbox === undefined
            ? undefined
            : {
                ...data.sandbox,
                onTrouble: () => {
                  setPracticeTab('trouble');
                },
              }
        }
        sheetLabel={sheetLabel}
        side={
          current === undefined
            ? { kind: isWelcome ? 'picture' : 'steps' }
            : {
                kind: 'places',
                current,
                counts: data.counts,
                draft: data.draft,
                onGo: (place) => go(place.path),
                onConnect: () => go(connectPath),
                onContinueDraft: (id) => go(`${connectPath}/${encodeURIComponent(id)}`),
                onListDrafts: () => go(`${connectPath}/drafts`),
              }
        }
        onOpenCommands={
          isWelcome
            ? undefined
            : () => {
                setSearching(true);
              }
        }
        onShortcut={isWelcome ? undefined : press}
        work={<RunningWork />}
      >
        <ErrorBoundary resetKey={pathname}>
          <Suspense>
            <Outlet />
          </Suspense>
        </ErrorBoundary>
      </Frame>
      <DropAnywhere onFile={(file) => void navigate(requestPath, { state: file })} />
      <CommandList
        isOpen={isSearching}
        commands={commands}
        onClose={() => {
          setSearching(false);
        }}
      />
      {practiceTab === undefined ? null : (
        <Suspense>
          <PracticePanel
            tab={practiceTab}
            onClose={() => {
              setPracticeTab(undefined);
            }}
          />
        </Suspense>
      )}
    </PracticePanelContext>
  );
}
