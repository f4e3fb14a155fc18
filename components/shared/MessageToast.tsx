import { lazy, Suspense, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { currentMessage, dismissMessage, watchMessages, type Message } from './page-message.ts';
import { toastContainer } from './toast-container.ts';

// Loaded with the first message: most visits of the popup show none.
const Toast = lazy(() => import('./Toast.tsx').then((file) => ({ default: file.Toast })));

function shown(message: Message) {
  return (
    <Suspense fallback={null}>
      <Toast
        key={message.number}
        tone={message.tone}
        leaves={message.tone === 'done'}
        onLeave={() => {
          dismissMessage(message);
        }}
      >
        <p>{message.text}</p>
      </Toast>
    </Suspense>
  );
}

/** The page's own message. Its live regions exist before the message, so that screen readers announce it. */
export function MessageToast() {
  const message = useSyncExternalStore(watchMessages, currentMessage);
  return createPortal(
    <>
      <div role="status" className="toast-region">
        {message?.tone === 'done' && shown(message)}
      </div>
      <div role="alert" className="toast-region">
        {message?.tone === 'error' && shown(message)}
      </div>
    </>,
    toastContainer(),
  );
}
