import { defineContentScript } from 'wxt/utils/define-content-script';
import { pageMatches } from '../../lib/platforms/index.ts';
import { startLifetime } from './script-lifetime.ts';
import { runSession } from './session.ts';

export default defineContentScript({
  matches: [...pageMatches],
  runAt: 'document_idle',
  main() {
    const lifetime = startLifetime();
    if (lifetime !== null) runSession(lifetime);
  },
});
