// A question before what can't be undone. The browser's own dialog keeps the focus inside and gives it back.
import { useCallback, useId, useRef } from "react";

export function ConfirmDialog({ question, words, confirmLabel, dismissLabel, onConfirm, children }) {
  const dialog = useRef(null);
  const id = useId();
  const open = useCallback((event) => {
    if (event.target.closest("button, a")) dialog.current.showModal();
  }, []);
  const close = useCallback(() => dialog.current.close(), []);
  const agree = useCallback(() => {
    dialog.current.close();
    onConfirm?.();
  }, [onConfirm]);

  return (
    <>
      <span className="dialog-trigger" onClick={open}>
        {children}
      </span>
      <dialog ref={dialog} className="dialog" role="alertdialog" aria-labelledby={`${id}-question`} aria-describedby={`${id}-words`}>
        <div className="dialog-content">
          <h2 className="heading2" id={`${id}-question`}>
            {question}
          </h2>
          <p id={`${id}-words`}>{words}</p>
          <div className="dialog-buttons">
            <button type="button" className="button button-secondary" autoFocus onClick={close}>
              {dismissLabel}
            </button>
            <button type="button" className="button button-primary" onClick={agree}>
              {confirmLabel}
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}
