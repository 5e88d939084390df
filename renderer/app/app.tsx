import { I18nProvider } from 'react-aria-components/I18nProvider';
import { RouterProvider, type createMemoryRouter } from 'react-router';
import { FrameDataContext, type FrameData } from './frame-data';

interface AppProps {
  readonly router: ReturnType<typeof createMemoryRouter>;
  readonly frame: FrameData;
}

/** Everything under one roof. Who pushes `frame` is decided where this is drawn. */
export function App({ router, frame }: AppProps) {
  return (
    <I18nProvider locale="en-GB">
      <FrameDataContext value={frame}>
        <RouterProvider router={router} />
      </FrameDataContext>
    </I18nProvider>
  );
}
