/** Icons of rows in the theme's own colours. An icon's shape and the words beside it say the same as its colour. */
import type { Phase } from '../model/phase';
import { phaseIcon } from './messages/phase';

/** The meaning of an icon's colour. */
export type Tone = 'failed' | 'degraded' | 'behind' | 'running' | 'waiting' | 'fine';

export interface RowIcon {
  /** The name of a codicon. */
  readonly icon: string;
  /** Absent: the icon has the colour of the text. */
  readonly tone?: Tone;
}

/** Colours that every theme defines, including high-contrast themes. */
export const TONE_COLORS: Readonly<Record<Tone, string>> = {
  failed: 'list.errorForeground',
  // `charts.orange` can hardly be seen in VS Code's own dark theme.
  degraded: 'list.warningForeground',
  behind: 'charts.yellow',
  running: 'charts.blue',
  waiting: 'charts.purple',
  fine: 'testing.iconPassed',
};

/**
 * The icon of a thing in a phase.
 * @param status AWS's own word: among the things in the phase `failed`, one that still runs, but with faults
 * (`DEGRADED`), has another icon.
 * @param ready the icon of a thing without problems.
 */
export function statusIcon(phase: Phase, status: string, ready: RowIcon): RowIcon {
  switch (phase) {
    case 'ready':
      return ready;
    case 'failed':
      return status === 'DEGRADED'
        ? { icon: 'warning', tone: 'degraded' }
        : { icon: phaseIcon(phase, ready.icon), tone: 'failed' };
    case 'busy':
      return { icon: phaseIcon(phase, ready.icon), tone: 'running' };
    case 'gone':
    case 'unknown':
      return { icon: phaseIcon(phase, ready.icon) };
  }
}
