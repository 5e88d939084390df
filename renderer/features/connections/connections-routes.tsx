import { Route, Routes, useParams } from 'react-router';
import { ConnectionPage } from './connection-page';
import { ConnectionsPage } from './connections-page';
import { NarrowingPage } from '../narrowing';

/** The list, and a page for each connection. */
export function ConnectionsRoutes() {
  return (
    <Routes>
      <Route index element={<ConnectionsPage />} />
      <Route path=":connectionId" element={<KeyedConnectionPage />} />
      <Route path=":connectionId/narrow" element={<KeyedNarrowingPage />} />
    </Routes>
  );
}

function KeyedConnectionPage() {
  const { connectionId = '' } = useParams();
  return <ConnectionPage key={connectionId} connectionId={connectionId} />;
}

function KeyedNarrowingPage() {
  const { connectionId = '' } = useParams();
  return <NarrowingPage key={connectionId} connectionId={connectionId} />;
}
