import { useLocation } from 'react-router';
import { EmptyState } from '../ui/empty-state';
import { Page as Sheet } from '../ui/page';
import { placeOf, places } from './places';

/** Stands where a feature has no page of its own yet. */
export function Page() {
  const { pathname } = useLocation();
  const place = places.find((known) => known.id === placeOf(pathname));
  const title = place?.label ?? 'Sallyport';
  return (
    <Sheet title={title} focusKey={pathname}>
      <EmptyState title={`No ${title.toLowerCase()} yet`}>They are shown here as soon as there are some.</EmptyState>
    </Sheet>
  );
}
