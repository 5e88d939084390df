import { noTrouble, troubleWords, type SandboxTrouble } from '../../../core/domain/practice-trouble';
import { copyText } from '../../ipc/copy';
import { useAct } from '../../ipc/queries';
import { Button } from '../../ui/button';
import { ErrorPanel } from '../../ui/error-panel';
import { Grow, Row, Stack } from '../../ui/layout';
import { Select } from '../../ui/select';
import { Text } from '../../ui/text';
import { showToast } from '../../ui/toast';
import styles from './practice.module.css';
import { levelOf, troubleControls, type TroubleControl } from './trouble-levels';

interface MakeTroubleProps {
  readonly trouble: SandboxTrouble;
}

/** What goes wrong, each kind by its own control. A change counts from the next request on. */
export function MakeTrouble({ trouble }: MakeTroubleProps) {
  const change = useAct('practice', 'setTrouble');
  const recreate = useAct('practice', 'recreateDeployer');
  const words = troubleWords(trouble);
  const error = change.error ?? recreate.error;
  const set = (next: SandboxTrouble) => void change.run({ trouble: next });
  return (
    <Stack gap="lg">
      {error === undefined ? null : (
        <ErrorPanel
          error={error}
          onRemedy={() => {
            change.reset();
            recreate.reset();
          }}
          onCopyDetail={copyText}
          isBare
        />
      )}
      <div className={styles['controls']}>
        {troubleControls.map((control) => (
          <Control key={control.id} control={control} trouble={trouble} onChange={set} />
        ))}
      </div>
      <Row>
        <Grow>
          <Text tone="muted" size="sm">
            {words.length === 0 ? 'All is well in the sandbox.' : `Now: ${words.join(', ')}.`}
          </Text>
        </Grow>
        <Button
          icon="user"
          busy={recreate.busy ? { label: 'Making it anew' } : undefined}
          onPress={() =>
            void recreate.run({}).then((answer) => {
              if (answer === undefined) return;
              showToast({
                title: 'The deployer is another user now',
                detail: 'Same name, another ID. A trust policy that named the old one trusts nobody.',
                icon: 'user',
              });
            })
          }
        >
          Delete and recreate the deployer
        </Button>
        <Button
          icon="check"
          disabledReason={words.length === 0 ? 'Nothing is wrong' : undefined}
          onPress={() => set({ ...noTrouble, seed: trouble.seed })}
        >
          All well again
        </Button>
      </Row>
    </Stack>
  );
}

interface ControlProps extends MakeTroubleProps {
  readonly control: TroubleControl;
  readonly onChange: (trouble: SandboxTrouble) => void;
}

const asScenario = 'as-the-scenario';

function Control({ control, trouble, onChange }: ControlProps) {
  const { help, label, levels } = control;
  const current = levelOf(control, trouble);
  const options = levels.map((level) => ({ value: level.id, label: level.label }));
  return (
    <Select
      label={label}
      help={help}
      options={current === undefined ? [{ value: asScenario, label: 'As the scenario has it' }, ...options] : options}
      value={current?.id ?? asScenario}
      onChange={(id) => {
        const chosen = levels.find((level) => level.id === id);
        if (chosen !== undefined) onChange({ ...trouble, ...chosen.change });
      }}
    />
  );
}
