import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Page } from '../../ui/page';
import type { UnitNode } from './organization-tree';
import { placePath } from './place';

interface PlaceFrameProps {
  readonly id: string;
  readonly title: string;
  readonly mark?: ReactNode;
  readonly lead?: ReactNode;
  readonly above: readonly UnitNode[];
  readonly sourceId: string;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** The page of a place, with the way to it from the root on top. */
export function PlaceFrame({ above, actions, children, id, lead, mark, sourceId, title }: PlaceFrameProps) {
  const navigate = useNavigate();
  return (
    <Page
      title={title}
      mark={mark}
      lead={lead}
      crumbs={[
        {
          label: 'Organization',
          onGo: () => void navigate(`/organization?source=${encodeURIComponent(sourceId)}`),
        },
        ...above.map((unit) => ({ label: unit.name, onGo: () => void navigate(placePath(unit.id, sourceId)) })),
        { label: title },
      ]}
      focusKey={id}
      actions={actions}
    >
      {children}
    </Page>
  );
}
