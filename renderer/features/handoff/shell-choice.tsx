import type { Shell } from '../../../core/domain/shells';
import { SegmentedControl } from '../../ui/segmented-control';

const options = [
  { value: 'bash', label: 'bash, zsh' },
  { value: 'fish', label: 'fish' },
  { value: 'powershell', label: 'PowerShell' },
  { value: 'cmd', label: 'cmd' },
] as const;

export const shellWords: Readonly<Record<Shell, string>> = {
  bash: 'bash and zsh',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd',
};

interface ShellChoiceProps {
  readonly label: string;
  readonly value: Shell;
  readonly onChange: (shell: Shell) => void;
}

export function ShellChoice({ label, onChange, value }: ShellChoiceProps) {
  return <SegmentedControl label={label} options={options} value={value} onChange={onChange} />;
}
