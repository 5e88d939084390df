import { lazy, startTransition, Suspense, useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import type { PressedShortcut } from '../../core/domain/shortcuts';
import { client, listen } from '../ipc/client';
import { isModalOpen } from '../ui/modal-open';
import { ErrorBoundary } from './error-boundary';
import { Frame } from './frame';
import { useFrameData } from './frame-data';
import { connectPath, numberedPlaces, placeOf, places, requestPath, welcomePath } from './places';
import { platformOf } from './platform';
import { RunningWork } from './running-work';
import { DropAnywhere } from './drop-anywhere';
import { PracticePanelContext, type PracticeTab } from './practice-panel';
import { answerShortcut, focusSearch } from './shortcut-acts';
import { keepTyped, type TypedAhead } from './typed-ahead';

/** Loaded when somebody opens it. */
const PracticePanel = lazy(async () => ({ default: (await import('../features/practice')).PracticePanel }));
const KeysSheet = lazy(async () => ({ default: (await import('../features/palette')).KeysSheet }));
const Palette = lazy(async () => {
  const module = await import('../features/palette');
  isPaletteThere = true;
  return { default: module.Palette };
});
let isPaletteThere = false;

const platform = platformOf(navigator.userAgent);

const nothingTyped: TypedAhead = () => '';

/** The frame around whatever page is open, with the ways between them. */
export function Root() {
  const data = useFrameData();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  /** What is typed for the palette before it is there; undefined until it was opened once, for it costs nothing before. */
  const [typed, setTyped] = useState<TypedAhead>();
  const [isSearching, setSearching] = useState(false);
  const [isShowingKeys, setShowingKeys] = useState(false);
  const [practiceTab, setPracticeTab] = useState<PracticeTab>();
  const doors = useMemo(
    () => ({
      go: (path: string) => void navigate(path),
      showKeys: () => {
        setShowingKeys(true);
      },
      openPractice: setPracticeTab,
    }),
    [navigate],
  );
  const { go } = doors;
  const openPalette = useCallback(() => {
    const open = (ahead: TypedAhead) => {
      setTyped(() => ahead);
      setSearching(true);
    };
    // a transition shows it as soon as it is there, and not only when React shows the next of what was waited for
    if (isPaletteThere) open(nothingTyped);
    else {
      const ahead = keepTyped();
      startTransition(() => {
        open(ahead);
      });
    }
  }, []);
  const current = placeOf(pathname);
  const isWelcome = pathname.startsWith(welcomePath);
  // brought up from the icon or a notification: the window stands, and what waits in it for an answer goes first
  const bringUp = useEffectEvent((what: 'search' | 'sessions') => {
    if (isWelcome || isModalOpen()) return;
    if (what === 'search') openPalette();
    else void navigate('/sessions');
  });
  useEffect(() => listen('show', ({ what }) => bringUp(what)), []);
  // what failed for want of a network need not wait for its next turn
  useEffect(() => {
    const online = () => void client.sessions.tryRenewals({});
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('online', online);
    };
  }, []);
  const sheetLabel = places.find((place) => place.id === current)?.label ?? (isWelcome ? 'Welcome' : 'Connect account');

  const press = (pressed: PressedShortcut): boolean => {
    if (answerShortcut(pressed)) return true;
    const { digit = 0, id } = pressed;
    if (id === 'search') return focusSearch();
    if (id === 'keys') {
      setShowingKeys(true);
      return true;
    }
    const path = { connect: connectPath, settings: '/settings', place: numberedPlaces[digit - 1]?.path };
    const wanted = id in path ? path[id as keyof typeof path] : undefined;
    if (wanted === undefined) return false;
    go(wanted);
    return true;
  };
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
        onOpenCommands={isWelcome ? undefined : openPalette}
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
      {typed !== undefined && (
        <Suspense>
          <Palette
            isOpen={isSearching}
            platform={platform}
            doors={doors}
            typed={typed}
            onClose={() => {
              setSearching(false);
            }}
          />
        </Suspense>
      )}
      {isShowingKeys && (
        <Suspense>
          <KeysSheet
            platform={platform}
            onClose={() => {
              setShowingKeys(false);
            }}
          />
        </Suspense>
      )}
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
