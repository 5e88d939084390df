import { Route, Routes, useParams } from 'react-router';
import { RevocationPage } from './revocation-page';
import { RevocationsPage } from './revocations-page';

/** The list, and the page of each revocation, which lives on. */
export function RevocationsRoutes() {
  return (
    <Routes>
      <Route index element={<RevocationsPage />} />
      <Route path=":revocationId" element={<KeyedRevocationPage />} />
    </Routes>
  );
}

function KeyedRevocationPage() {
  const { revocationId = '' } = useParams();
  return <RevocationPage key={revocationId} revocationId={revocationId} />;
}
