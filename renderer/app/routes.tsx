import type { ComponentType } from 'react';
import { createMemoryRouter, Navigate, type RouteObject } from 'react-router';
import { Root } from './root';
import { connectPath, places, welcomePath, type PlaceId } from './places';

/** A page's module, loaded when somebody goes there. */
export type PageLoader = () => Promise<{ readonly Page: ComponentType }>;

/** One loader for each place; `connect` is the wizard, `welcome` the first run. */
export type Pages = Readonly<Record<PlaceId | 'connect' | 'welcome', PageLoader>>;

/** Memory mode: the window has no address bar, and app:// none of its own to keep. */
export function createAppRouter(pages: Pages, startPath: string): ReturnType<typeof createMemoryRouter> {
  const children: RouteObject[] = [
    ...places.map((place) => lazyRoute(`${place.path}/*`, pages[place.id])),
    lazyRoute(`${connectPath}/*`, pages.connect),
    lazyRoute(welcomePath, pages.welcome),
    { path: '*', element: <Navigate to="/sessions" replace /> },
  ];
  return createMemoryRouter([{ element: <Root />, HydrateFallback: Nothing, children }], {
    initialEntries: [startPath],
  });
}

function lazyRoute(path: string, load: PageLoader): RouteObject {
  return {
    path,
    lazy: async () => {
      const { Page } = await load();
      return { Component: Page };
    },
  };
}

/** While the first page's module is on its way the ground is drawn by the window itself. */
function Nothing() {
  return null;
}
