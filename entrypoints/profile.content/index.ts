import { defineContentScript } from 'wxt/utils/define-content-script';
import { pageMatches } from '../../lib/platforms/index.ts';
import { beginLife } from './script-lifetime.ts';
import { runSession } from './session.ts';

export default defineContentScript({
  matches: [...pageMatches],
  runAt: 'document_idle',
  main() {
    const life = beginLife();
    if (life !== null) runSession(life);
  },
});
