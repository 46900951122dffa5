import type { Shell } from '../invocation.ts';

/** The completion script of each shell, in this folder. */
export const COMPLETION_FILES: Readonly<Record<Shell, string>> = {
  bash: 'bash.sh',
  zsh: 'zsh.zsh',
  fish: 'fish.fish',
  powershell: 'powershell.ps1',
  kubectl: 'kubectl.sh',
};
