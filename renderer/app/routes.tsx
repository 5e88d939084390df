import type { ComponentType } from 'react';
import { createMemoryRouter, Navigate, type RouteObject } from 'react-router';
import { Root } from './root';
import { connectPath, places, welcomePath, type PlaceId } from './places';

type PageModule = { readonly Page: ComponentType };

/** One for each place; `connect` is the wizard, `welcome` the first run. What is a function is loaded when somebody goes there. */
export type Pages = Readonly<Record<PlaceId | 'connect' | 'welcome', PageModule | (() => Promise<PageModule>)>>;

/** Memory mode: the window has no address bar, and app:// none of its own to keep. */
export function createAppRouter(pages: Pages, startPath: string): ReturnType<typeof createMemoryRouter> {
  const children: RouteObject[] = [
    ...places.map((place) => route(`${place.path}/*`, pages[place.id])),
    route(`${connectPath}/*`, pages.connect),
    route(welcomePath, pages.welcome),
    { path: '*', element: <Navigate to="/sessions" replace /> },
  ];
  return createMemoryRouter([{ element: <Root />, children }], {
    initialEntries: [startPath],
  });
}

function route(path: string, page: Pages[keyof Pages]): RouteObject {
  if (typeof page !== 'function') return { path, Component: page.Page };
  return {
    path,
    lazy: async () => {
      const { Page } = await page();
      return { Component: Page };
    },
  };
}
