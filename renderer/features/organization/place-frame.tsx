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
  /** The account that this is a page of. */
  readonly within?: { readonly label: string; readonly path: string } | undefined;
  readonly sourceId: string;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

/** The page of a place, with the way to it from the root on top. */
export function PlaceFrame(props: PlaceFrameProps) {
  const { above, actions, children, id, lead, mark, sourceId, title, within } = props;
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
        ...(within === undefined ? [] : [{ label: within.label, onGo: () => void navigate(within.path) }]),
        { label: title },
      ]}
      focusKey={id}
      actions={actions}
    >
      {children}
    </Page>
  );
}
