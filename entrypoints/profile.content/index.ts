import { defineContentScript } from 'wxt/utils/define-content-script';
import { pageMatches } from '../../lib/platforms/index.ts';
import { runSession } from './session.ts';

export default defineContentScript({
  matches: [...pageMatches],
  runAt: 'document_idle',
  // The message it would post names the extension to the page.
  noScriptStartedPostMessage: true,
  main: runSession,
});
