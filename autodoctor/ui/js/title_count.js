// The tab's title counts: `(2) Requests · Auto Doctor`.
import { useEffect } from "react";

export function useTitleCount(count) {
  useEffect(() => {
    const plain = document.title.replace(/^\(\d+\) /, "");
    document.title = count > 0 ? `(${count}) ${plain}` : plain;
    return () => {
      document.title = document.title.replace(/^\(\d+\) /, "");
    };
  }, [count]);
}
