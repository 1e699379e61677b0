// Name, scenario, gallery, share, language and theme.
import { useState } from 'react';
import { samples } from '../../samples/samples.ts';
import { LOCALES, THEMES, type Theme } from '../../session/settings.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import { Gallery } from './Gallery.tsx';
import styles from './Header.module.css';
import { ShareButton } from './ShareButton.tsx';

export function Header() {
  const { t } = useWords();
  const [galleryOpen, setGalleryOpen] = useState(false);
  return (
    <header className={styles['header']}>
      <h1 className={styles['name']}>Sidetrace</h1>
      <ScenarioTitle />
      <div className={styles['tools']}>
        <button type="button" className="button" onClick={() => setGalleryOpen(true)}>
          {t('header.gallery')}
        </button>
        <LanguageSwitch />
        <ThemeSwitch />
        <ShareButton />
      </div>
      <Gallery open={galleryOpen} onClose={() => setGalleryOpen(false)} />
    </header>
  );
}

function ScenarioTitle() {
  const { t, locale } = useWords();
  const { title, pods } = useSessionState((state) => state.scenario);
  const sample = samples.find((each) => each.scenario.title === title);
  if (!sample) return <p className={styles['title']}>{title}</p>;
  const edited =
    String(pods.map(({ paste }) => paste)) !== String(sample.scenario.pods.map(({ paste }) => paste));
  return (
    <p className={styles['title']}>
      {sample.title[locale]} {edited && t('header.edited')}
    </p>
  );
}

const LANGUAGE_NAMES = { en: 'English', zh: '中文' };

function LanguageSwitch() {
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
