// A file that somebody sent: a small picture or a line with its name, and the whole of it in a dialog above the page.
import { memo, useCallback, useId, useRef, useState } from "react";
import { say } from "./words.js";

const WORDS = { image: say("Picture"), video: say("Video"), pdf: say("PDF"), file: say("File") };

/** Without our script, with a modifier key and where the browser can't show the kind, it is a plain link to the file. */
export const FilePreview = memo(function FilePreview({ name, url, thumbUrl = "", kind = "file", size = "" }) {
  const dialog = useRef(null);
  const [open, setOpen] = useState(false);
  const id = useId();

  const show = useCallback(
    (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button > 0 || !isShown(kind)) return;
      event.preventDefault();
      setOpen(true);
      dialog.current.showModal();
    },
    [kind],
  );
  const close = useCallback(() => dialog.current.close(), []);
  const dismissOutside = useCallback((event) => event.target === dialog.current && close(), [close]);

  return (
    <>
      <a className="file-preview" href={url} target="_blank" rel="noopener" aria-haspopup={kind === "file" ? undefined : "dialog"} onClick={show}>
        {kind === "image" && thumbUrl ? (
          <img className="file-picture" src={thumbUrl} alt={name} loading="lazy" />
        ) : (
          <span className="file-paper">
            <span className="file-kind">{WORDS[kind]}</span>
            <span className="file-name">{name}</span>
            <span className="file-size">{size}</span>
          </span>
        )}
      </a>
      {kind !== "file" && (
        <dialog ref={dialog} className="file-dialog" aria-labelledby={id} onClick={dismissOutside} onClose={() => setOpen(false)}>
          <div className="file-dialog-bar">
            <h2 id={id}>{name}</h2>
            <a className="button button-quiet" href={url} target="_blank" rel="noopener">
              {say("Open in a new tab")}
            </a>
            <button type="button" className="button button-secondary" autoFocus onClick={close}>
              {say("Close")}
            </button>
          </div>
          {open && <Whole kind={kind} name={name} url={url} />}
        </dialog>
      )}
    </>
  );
});

/** The link is kept as it was when the dialog opened: a fresh one would begin the video anew. */
function Whole({ kind, name, url }) {
  const [source] = useState(url);
  if (kind === "image") return <img className="file-dialog-whole" src={source} alt={name} />;
  if (kind === "video") return <video className="file-dialog-whole" src={source} controls playsInline />;
  return <iframe className="file-dialog-whole file-dialog-paper" src={source} title={name} />;
}

/** Phones' browsers have no reader for PDF inside a page. */
function isShown(kind) {
  return kind === "image" || kind === "video" || (kind === "pdf" && navigator.pdfViewerEnabled);
}
