// Writes the scenario to the address bar and copies the link; only when asked.
import { useState } from 'react';
import { encodeScenario } from '../../permalink/fragment.ts';
import { useSession, useWords } from '../context.ts';

type Shared = 'idle' | 'copied' | 'written';

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

export function ShareButton() {
  const { t } = useWords();
  const session = useSession();
  const [shared, setShared] = useState<Shared>('idle');
  async function share(): Promise<void> {
    history.replaceState(null, '', encodeScenario(session.store.getState().scenario));
    setShared((await copy(location.href)) ? 'copied' : 'written');
    setTimeout(() => setShared('idle'), 2500);
  }
  return (
    <button
      type="button"
      className="button"
      data-primary
      onClick={() => void share()}
      title={t('share.title')}
    >
      <span aria-live="polite">{t(`share.${shared}`)}</span>
    </button>
  );
}
