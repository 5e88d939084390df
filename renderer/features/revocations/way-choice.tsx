import { revocationWays, wayFacts, type RevocationWay } from '../../../core/domain/revocation-ways';
import { Door } from '../../ui/chip';
import { Folded } from '../../ui/folded';
import { Stack } from '../../ui/layout';
import { RadioTable } from '../../ui/radio-group';
import styles from './revoke-dialog.module.css';
import { wayWords } from './way-words';

/** Ways for special cases, which most people never need. */
const rare: ReadonlySet<RevocationWay> = new Set(['deny-all', 'boundary', 'scp', 'caller']);
const columns = ['How', 'Outer door: new sessions', 'Inner door: live sessions'];

interface WayChoiceProps {
  readonly way: RevocationWay;
  /** A stack made the role: then it is the stack that is deleted, and that comes first. */
  readonly isOfStack: boolean;
  readonly onChange: (way: RevocationWay) => void;
}

/** Each way beside what it does to both doors; those that few need are folded. */
export function WayChoice({ isOfStack, onChange, way }: WayChoiceProps) {
  const usual = revocationWays.filter((one) => !rare.has(one) && one !== 'delete-stack');
  return (
    <Stack gap="sm">
      <RadioTable<RevocationWay>
        label="How to revoke"
        columns={columns}
        tone="danger"
        value={way}
        onChange={onChange}
        rows={(isOfStack ? (['delete-stack', ...usual] as const) : usual).map(rowOf)}
      />
      <Folded title="More ways">
        <RadioTable<RevocationWay>
          label="More ways to revoke"
          columns={columns}
          hidesHead
          tone="danger"
          value={rare.has(way) ? way : null}
          onChange={onChange}
          rows={[...rare].map(rowOf)}
        />
      </Folded>
    </Stack>
  );
}

function rowOf(way: RevocationWay) {
  const { chip, detail, inner, innerDetail, name, outer } = wayWords[way];
  return {
    value: way,
    label: name,
    detail,
    tag: chip,
    cells: [
      <Door key="outer" state={wayFacts[way].outer} word={outer} size="md" />,
      <span key="inner" className={styles['inner']}>
        <Door state={wayFacts[way].inner} word={inner} size="md" />
        {innerDetail === undefined ? null : <small>{innerDetail}</small>}
      </span>,
    ],
  };
}
