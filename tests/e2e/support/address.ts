import type { Page } from 'playwright';

/** As much of the window's router as tests drive. */
type Router = {
  readonly state: { readonly location: { readonly pathname: string } };
  navigate(to: string | number): Promise<void>;
};

/**
 * The window has no address bar, and nothing in the app may be told where to go from outside. Its router is found where
 * React keeps what it drew, so that no door is made for tests.
 */
async function withRouter(page: Page, to?: string | number): Promise<string> {
  return await page.evaluate(async (given) => {
    type Fiber = { readonly child: Fiber | null; readonly memoizedProps: { readonly router?: Router } | null };
    type Container = { readonly stateNode: { readonly current: Fiber } };
    const root = document.getElementById('root') as unknown as Record<string, Container>;
    const container = Object.keys(root).find((name) => name.startsWith('__reactContainer$')) ?? '';
    // What was drawn last; each has one child down to the component that holds the router.
    let fiber: Fiber | null = root[container]?.stateNode.current ?? null;
    while (fiber !== null && fiber.memoizedProps?.router === undefined) fiber = fiber.child;
    const router = fiber?.memoizedProps?.router;
    if (router === undefined) throw new Error('The window’s router is not where React 19 has it');
    if (given !== undefined) await router.navigate(given);
    return router.state.location.pathname;
  }, to);
}

/** Where the window is, such as `/sessions`. */
export function addressOf(page: Page): Promise<string> {
  return withRouter(page);
}

/** Goes to an address; a number goes back (-1) or forward (1). */
export async function goToAddress(page: Page, to: string | number): Promise<void> {
  await withRouter(page, to);
}
