import { Route, Routes, useParams } from 'react-router';
import { NewAccountPage } from './new-account-page';
import { OrganizationPage } from './organization-page';
import { DeparturePage } from './departure-page';
import { ListPage } from './list-page';
import { NewListPage } from './new-list-page';
import { PlacePage } from './place-page';
import { SubAccountPage } from './sub-account-page';

/** The organization as a source sees it, its places, the wish for an account in it, and how each that was asked for went. */
export function OrganizationRoutes() {
  return (
    <Routes>
      <Route index element={<OrganizationPage />} />
      <Route path="new" element={<NewAccountPage />} />
      <Route path="places/:targetId" element={<KeyedPlacePage />} />
      <Route path="places/:targetId/close" element={<KeyedPlacePage isClosing />} />
      <Route path="lists/new" element={<NewListPage />} />
      <Route path="lists/:listId" element={<KeyedListPage />} />
      <Route path="departures/:departureId" element={<KeyedDeparturePage />} />
      <Route path="accounts/:subAccountId" element={<KeyedSubAccountPage />} />
    </Routes>
  );
}

function KeyedSubAccountPage() {
  const { subAccountId = '' } = useParams();
  return <SubAccountPage key={subAccountId} subAccountId={subAccountId} />;
}

function KeyedPlacePage({ isClosing }: { readonly isClosing?: boolean }) {
  const { targetId = '' } = useParams();
  return <PlacePage key={targetId} targetId={targetId} isClosing={isClosing} />;
}

function KeyedDeparturePage() {
  const { departureId = '' } = useParams();
  return <DeparturePage key={departureId} departureId={departureId} />;
}

function KeyedListPage() {
  const { listId = '' } = useParams();
  return <ListPage key={listId} listId={listId} />;
}
