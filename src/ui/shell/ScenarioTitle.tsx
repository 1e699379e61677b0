// What the case is called: a sample by its title, a person's own by a name that can be written here.
import { isWay } from '../carry/ways.ts';
import { useSession, useSessionState, useWords } from '../context.ts';
import styles from './Header.module.css';
import type { OverlayName } from './overlay.ts';

export function ScenarioTitle({ onShow }: { readonly onShow: (overlay: OverlayName) => void }) {
  const { t, locale } = useWords();
  const session = useSession();
  const origin = useSessionState((state) => state.origin);
  const { title, pods } = useSessionState((state) => state.scenario);
  if (!origin)
    return (
      <input
        className={styles['rename']}
        key={title}
        defaultValue={title}
        placeholder={t('header.untitled')}
        aria-label={t('header.title')}
        onBlur={(event) => {
          if (event.target.value !== title) session.rename(event.target.value.trim());
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
    );
  const before = origin.scenario.pods.map(({ paste }) => paste);
  const edited = String(pods.map(({ paste }) => paste)) !== String(before);
  return (
    <>
      <p className={styles['title']}>
        {origin.title[locale]} {edited && t('header.edited')}
      </p>
      {isWay(origin.id) && (
        <button type="button" className={`link ${styles['ways']}`} onClick={() => onShow('carry')}>
          {t('carry.all')}
        </button>
      )}
    </>
  );
}
