import { I18nProvider } from 'react-aria-components/I18nProvider';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider, type createMemoryRouter } from 'react-router';
import { FrameDataContext, type FrameData } from './frame-data';

interface AppProps {
  readonly router: ReturnType<typeof createMemoryRouter>;
  readonly queryClient: QueryClient;
  readonly frame: FrameData;
}

/** Everything under one roof. Who pushes `frame` is decided where this is drawn. */
export function App({ router, queryClient, frame }: AppProps) {
  return (
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={queryClient}>
        <FrameDataContext value={frame}>
          <RouterProvider router={router} />
        </FrameDataContext>
      </QueryClientProvider>
    </I18nProvider>
  );
}
