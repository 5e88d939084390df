import { Route, Routes, useParams } from 'react-router';
import { ActPage } from './act-page';
import { IdentitiesPage } from './identities-page';
import { RolePage } from './role-page';
import { UserPage } from './user-page';

/** Who is in an account, each with a page, and what is done to them. */
export function IdentitiesRoutes() {
  return (
    <Routes>
      <Route index element={<IdentitiesPage />} />
      <Route path="users/:name" element={<KeyedUserPage />} />
      <Route path="roles/:name" element={<KeyedRolePage />} />
      <Route path="acts/:actId" element={<KeyedActPage />} />
    </Routes>
  );
}

function KeyedUserPage() {
  const { name = '' } = useParams();
  return <UserPage key={name} name={name} />;
}

function KeyedRolePage() {
  const { name = '' } = useParams();
  return <RolePage key={name} name={name} />;
}

function KeyedActPage() {
  const { actId = '' } = useParams();
  return <ActPage key={actId} actId={actId} />;
}
