import { Route, Routes, useParams } from 'react-router';
import { NewAccountPage } from './new-account-page';
import { OrganizationPage } from './organization-page';
import { SubAccountPage } from './sub-account-page';

/** The organization as a source sees it, the wish for an account in it, and how each that was asked for went. */
export function OrganizationRoutes() {
  return (
    <Routes>
      <Route index element={<OrganizationPage />} />
      <Route path="new" element={<NewAccountPage />} />
      <Route path="accounts/:subAccountId" element={<KeyedSubAccountPage />} />
    </Routes>
  );
}

function KeyedSubAccountPage() {
  const { subAccountId = '' } = useParams();
  return <SubAccountPage key={subAccountId} subAccountId={subAccountId} />;
}
