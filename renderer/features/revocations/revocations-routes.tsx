import { Route, Routes, useParams } from 'react-router';
import { BatchPage } from './batch-page';
import { RevocationPage } from './revocation-page';
import { RevocationsPage } from './revocations-page';

/** The list, the page of each revocation, which lives on, and the one of those that were taken back together. */
export function RevocationsRoutes() {
  return (
    <Routes>
      <Route index element={<RevocationsPage />} />
      <Route path="batch/:batchId" element={<KeyedBatchPage />} />
      <Route path=":revocationId" element={<KeyedRevocationPage />} />
    </Routes>
  );
}

function KeyedRevocationPage() {
  const { revocationId = '' } = useParams();
  return <RevocationPage key={revocationId} revocationId={revocationId} />;
}

function KeyedBatchPage() {
  const { batchId = '' } = useParams();
  return <BatchPage key={batchId} batchId={batchId} />;
}
