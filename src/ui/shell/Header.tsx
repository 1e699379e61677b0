// Name, scenario, undo and redo, gallery, presenting, export, share, language and theme.
import { LOCALES, THEMES, type Theme } from '../../session/settings.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { Icon } from '../Icon.tsx';
import { PrivacyBadge } from '../share/PrivacyBadge.tsx';
import styles from './Header.module.css';
import { KernelBadge } from './KernelBadge.tsx';
import type { OverlayName } from './overlay.ts';
import { ScenarioTitle } from './ScenarioTitle.tsx';

interface HeaderProps {
  readonly onShow: (overlay: OverlayName) => void;
}

const SHOWN = ['gallery', 'whatIf', 'compare', 'present', 'export'] as const;
/** What a narrow header has no room for stands in a menu there. */
const MORE = ['compare', 'present', 'export'] as const;

export function Header({ onShow }: HeaderProps) {
  const { t } = useWords();
  return (
    <header className={styles['header']}>
      <h1 className={styles['name']}>Sidetrace</h1>
      <ScenarioTitle onShow={onShow} />
      <KernelBadge />
      <PrivacyBadge onClick={() => onShow('privacy')} />
      <div className={styles['tools']}>
        <UndoRedo />
        <Openers names={SHOWN} onShow={onShow} />
        <details className={styles['more']} name="popup">
          <summary className="button">{t('header.more')}</summary>
          <div>
            <Openers names={MORE} onShow={onShow} />
          </div>
        </details>
        <LanguageSwitch />
        <ThemeSwitch />
        <button type="button" className="button" data-primary onClick={() => onShow('share')}>
          {t('share.button')}
        </button>
      </div>
    </header>
  );
}

interface OpenersProps extends HeaderProps {
  readonly names: readonly (typeof SHOWN)[number][];
}

function Openers({ names, onShow }: OpenersProps) {
  const { t } = useWords();
  return names.map((name) => (
    <button
      key={name}
      type="button"
      className="button"
      data-tour={name}
      data-name={name}
      onClick={() => onShow(name)}
    >
      {t(`header.${name}`)}
    </button>
  ));
}

function UndoRedo() {
  const { t } = useWords();
  const session = useSession();
  const past = useSessionState((state) => state.history.past.length);
  const future = useSessionState((state) => state.history.future.length);
  if (past + future === 0) return null;
  return (
    <span className={styles['undo']}>
      <button
        type="button"
        className="button"
        disabled={past === 0}
        aria-label={t('header.undo')}
        title={t('header.undo')}
        onClick={() => session.undo()}
      >
        <Icon name="undo" />
      </button>
      <button
        type="button"
        className="button"
        disabled={future === 0}
        aria-label={t('header.redo')}
        title={t('header.redo')}
        onClick={() => session.redo()}
      >
        <Icon name="redo" />
      </button>
    </span>
  );
}

const LANGUAGE_NAMES = { en: 'English', zh: '中文' };

export function LanguageSwitch() {
  const { locale } = useWords();
  const session = useSession();
  const other = LOCALES.find((each) => each !== locale) ?? 'en';
  return (
    <button
      type="button"
      className="button"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => session.set({ locale: other })}
    >
      {LANGUAGE_NAMES[other]}
    </button>
  );
}

const THEME_SIGNS: Readonly<Record<Theme, string>> = { system: '◐', light: '☀', dark: '☾' };

function ThemeSwitch() {
  const { t } = useWords();
  const session = useSession();
  const theme = useSessionState((state) => state.settings.theme);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const label = t('header.theme', { theme: t(`theme.${theme}`) });
  return (
    <button
      type="button"
      className="button"
      title={label}
      aria-label={label}
      onClick={() => session.set({ theme: next })}
    >
      {THEME_SIGNS[theme]}
    </button>
  );
}
