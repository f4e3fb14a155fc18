import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { currentMessage, dismissMessage, watchMessages, type Message } from './page-message.ts';
import { Toast } from './Toast.tsx';
import { toastContainer } from './toast-container.ts';

function shown(message: Message) {
  return (
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
