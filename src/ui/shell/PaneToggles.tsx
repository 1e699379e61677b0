// Puts the panes beside the picture away, and back: a teacher wants the picture, an SRE wants the paste.
import { useWords } from '../context.ts';
import styles from './PaneToggles.module.css';

export interface Panes {
  readonly paste: boolean;
  readonly details: boolean;
}

interface PaneTogglesProps {
  readonly panes: Panes;
  readonly onChange: (panes: Panes) => void;
}

const SIDES = ['paste', 'details'] as const;

export function PaneToggles({ panes, onChange }: PaneTogglesProps) {
  const { t } = useWords();
  return SIDES.map((side) => {
    const label = t(panes[side] ? 'pane.hide' : 'pane.show', { pane: t(`pane.${side}`) });
    return (
      <button
        key={side}
        type="button"
        className={styles['toggle']}
        data-side={side}
        aria-expanded={panes[side]}
        aria-label={label}
        title={label}
        onClick={() => onChange({ ...panes, [side]: !panes[side] })}
      >
        {(side === 'paste') === panes[side] ? '‹' : '›'}
      </button>
    );
  });
}
